"""Official paper (公文): one context, two renderings, the layout of GB/T 9704-2012.

`OfficialPaper` says what stands on the paper; `render_pdf` and `render_docx` set it. Nothing here knows the database.
"""

from .blocks import (
    Article,
    Block,
    Chapter,
    Heading,
    Labelled,
    Listing,
    Paragraph,
    Table,
    parse_blocks,
)
from .docx import render_docx
from .fonts import MissingCharacters, check_characters, missing_characters
from .paper import Attachment, Layout, OfficialPaper, paper_lines
from .pdf import render_pdf, render_together, set_before
from .titles import break_title

__all__ = [
    "Article",
    "Attachment",
    "Block",
    "Chapter",
    "Heading",
    "Labelled",
    "Layout",
    "Listing",
    "MissingCharacters",
    "OfficialPaper",
    "Paragraph",
    "Table",
    "break_title",
    "check_characters",
    "missing_characters",
    "paper_lines",
    "parse_blocks",
    "render_docx",
    "render_pdf",
    "render_together",
    "set_before",
]
