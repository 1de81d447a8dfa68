"""Pages of a PDF through PDFium: counted, read and drawn.

PDFium keeps global state and must not run in two threads at once, so every use holds one lock.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pypdfium2
from PIL import Image

from portal.documents.content.archive import DAMAGED
from portal.documents.refusals import FileRefused

WIDTH = 1240
"""Pixels across a page image: A4 at 150 dots per inch."""
MAX_HEIGHT = 4 * WIDTH

_one_at_a_time = threading.Lock()


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[pypdfium2.PdfDocument]:
    stream.seek(0)
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(stream)
        except pypdfium2.PdfiumError as error:
            raise FileRefused(*DAMAGED) from error
        try:
            yield document
        finally:
            document.close()


def count(stream: BinaryIO) -> int:
    """Number of pages. Raises FileRefused when there is none or the file cannot be opened."""
    with _opened(stream) as document:
        number = len(document)
    if not number:
        raise FileRefused(*DAMAGED)
    return number


def texts(stream: BinaryIO) -> Iterator[str]:
    """The text of each page in turn; an unreadable page gives an empty string."""
    with _opened(stream) as document:
        for index in range(len(document)):
            yield _text_of(document, index)


def _text_of(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return ""
    try:
        text_page = page.get_textpage()
        try:
            return text_page.get_text_bounded()
        finally:
            text_page.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()


def image(stream: BinaryIO, number: int) -> Image.Image:
    """A picture of page `number` (from 1), `WIDTH` pixels across unless the page is extremely tall.

    Raises IndexError for a page that is not there, FileRefused for one that cannot be drawn.
    """
    with _opened(stream) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        try:
            page = document[number - 1]
            try:
                width, height = page.get_size()
                scale = min(WIDTH / max(width, 1), MAX_HEIGHT / max(height, 1))
                bitmap = page.render(scale=scale, may_draw_forms=False)
                try:
                    return bitmap.to_pil().convert("RGB")
                finally:
                    bitmap.close()
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise FileRefused(*DAMAGED) from error
