"""Text of a DOCX in reading order: paragraphs and tables as they follow each other."""

from typing import BinaryIO

from portal.documents.content import archive
from portal.documents.kinds import DOCX
from portal.documents.refusals import FileRefused

_BODY = "word/document.xml"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def lines(stream: BinaryIO) -> list[str]:
    """One line per paragraph; the cells of a table row share a line, divided by tabs."""
    with archive.opened(stream, DOCX.label) as package:
        if _BODY not in package.namelist():
            raise FileRefused(*archive.DAMAGED)
        reader = _Body()
        archive.parse_xml(package, package.getinfo(_BODY), reader)
    return reader.lines


class _Body(archive.XmlReader):
    """Gathers what is shown: no deleted text, no field codes, no second copy kept for old programs."""

    def __init__(self):
        self.lines: list[str] = []
        self._paragraph: list[str] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._in_text = False
        self._in_fallback = 0
        self._in_deleted = 0

    def start(self, name, attributes):
        prefix, _, local = name.rpartition(":")
        if name == "mc:Fallback":
            self._in_fallback += 1
        elif prefix != "w":
            return
        elif local == "del":
            self._in_deleted += 1
        elif local == "t":
            self._in_text = True
        elif local in _BREAKS:
            self._add(_BREAKS[local])
        elif local == "tr":
            self._rows.append([])
        elif local == "tc":
            self._cells.append([])

    def text(self, content):
        if self._in_text:
            self._add(content)

    def end(self, name):
        prefix, _, local = name.rpartition(":")
        if name == "mc:Fallback":
            self._in_fallback -= 1
        elif prefix != "w":
            return
        elif local == "del":
            self._in_deleted -= 1
        elif local == "t":
            self._in_text = False
        elif local == "p":
            self._end_paragraph()
        elif local == "tc" and self._cells:
            cell = " ".join(filter(None, self._cells.pop()))
            if self._rows:
                self._rows[-1].append(cell)
        elif local == "tr" and self._rows:
            self._put("\t".join(self._rows.pop()))

    def _add(self, text: str) -> None:
        if not self._in_fallback and not self._in_deleted:
            self._paragraph.append(text)

    def _end_paragraph(self) -> None:
        if self._in_fallback:
            return
        self._put("".join(self._paragraph))
        self._paragraph = []

    def _put(self, line: str) -> None:
        """Into the innermost open cell, else to the end of the text."""
        if self._cells:
            self._cells[-1].append(line.strip())
        else:
            self.lines.append(line)
