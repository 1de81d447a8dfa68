"""A draft cut into its paragraphs, so that an opinion can say which one it is about. Pure text, no database."""

import re
from dataclasses import dataclass

FIRST_WORDS = 24

_NUMERAL = "一二三四五六七八九十百零〇"
_ARTICLE = re.compile(rf"(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)[\s　]+(.*)")
_CHAPTER = re.compile(rf"第[{_NUMERAL}]+[编章节](?=[\s　]|$)")
_SECTION = re.compile(rf"([{_NUMERAL}]+)、(.*)")


@dataclass(frozen=True)
class Clause:
    """A paragraph of the draft.

    ``number`` stands at the first paragraph of an article (第三条; in a draft without articles 三、), ``anchor``
    is its place on the page, ``label`` names it: 第三条, its second paragraph 第三条第2段. Headings have neither
    number nor label nor opinions.
    """

    anchor: str
    number: str
    text: str
    is_heading: bool = False
    label: str = ""

    @property
    def first_words(self) -> str:
        """Enough of it to be known again in a list of choices."""
        return self.text if len(self.text) <= FIRST_WORDS else f"{self.text[:FIRST_WORDS]}…"


def clauses(text: str) -> list[Clause]:
    """Cut a draft into paragraphs: articles 第…条, or sections 一、 where it has no articles.

    >>> [clause.number for clause in clauses("第一条　目的。\\n第二条　范围。\\n解释。")]
    ['第一条', '第二条', '']
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    has_articles = any(_ARTICLE.match(line) for line in lines)
    found, taken = [], set()
    article, nth = "", 0
    for place, line in enumerate(lines, start=1):
        if _CHAPTER.match(line):
            found.append(Clause(f"p{place}", "", line, is_heading=True))
            continue
        number, rest = _numbered(line, has_articles)
        if number and number in taken:
            # The same number again is a quotation or a slip: two places cannot share one.
            number, rest = "", line
        taken.add(number)
        article, nth = (number, 1) if number else (article, nth + 1)
        found.append(Clause(f"p{place}", number, rest, label=number or f"{article}第{nth}段"))
    return found


def _numbered(line: str, has_articles: bool) -> tuple[str, str]:
    if has_articles:
        match = _ARTICLE.match(line)
        return (match[1], match[2]) if match and match[2] else ("", line)
    match = _SECTION.match(line)
    return (f"{match[1]}、", match[2]) if match and match[2] else ("", line)


def paragraphs_of(text: str) -> dict[str, Clause]:
    """What an opinion may be about, by label, in the order of the draft."""
    return {clause.label: clause for clause in clauses(text) if clause.label}
