"""A published text as blocks with anchors: every article can be cited by its address."""

from dataclasses import dataclass

from portal.documents.rendering import Article, Chapter, Heading, Table, parse_blocks

CONTENTS_WORDS = 14
"""Characters of an article shown in the contents."""
LEAST_ENTRIES = 3
"""A text with fewer articles needs no contents."""


@dataclass(frozen=True)
class Shown:
    """One block as the page draws it: ``kind`` is chapter, article, heading, table or text."""

    kind: str
    text: str = ""
    label: str = ""
    anchor: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class OfficialText:
    blocks: tuple[Shown, ...]
    contents: tuple[dict, ...]


def official_text(text: str) -> OfficialText:
    """Cut a plain text into blocks; articles (第一条) are anchored d1, d2 …, chapters c1, c2 …"""
    shown: list[Shown] = []
    contents: list[dict] = []
    articles = chapters = 0
    for block in parse_blocks(text):
        if isinstance(block, Chapter):
            chapters += 1
            shown.append(Shown("chapter", text=block.text, anchor=f"c{chapters}"))
            contents.append({"url": f"#c{chapters}", "label": block.text})
        elif isinstance(block, Article):
            articles += 1
            shown.append(Shown("article", text=block.text, label=block.label, anchor=f"d{articles}"))
            words = block.text[:CONTENTS_WORDS] + ("…" if len(block.text) > CONTENTS_WORDS else "")
            contents.append({"url": f"#d{articles}", "label": f"{block.label}　{words}"})
        elif isinstance(block, Heading):
            shown.append(Shown("heading", text=block.rest, label=block.text))
        elif isinstance(block, Table):
            shown.append(Shown("table", table=block))
        else:
            shown += [Shown("text", text=line) for line in block.lines()]
    return OfficialText(tuple(shown), tuple(contents) if len(contents) >= LEAST_ENTRIES else ())
