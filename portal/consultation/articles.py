"""A draft cut into its articles, so that an opinion can say which one it is about. Pure text, no database."""

import re
from dataclasses import dataclass

_NUMERAL = "一二三四五六七八九十百零〇"
_ARTICLE = re.compile(rf"(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)[\s　]+(.*)")
_CHAPTER = re.compile(rf"第[{_NUMERAL}]+[编章节](?=[\s　]|$)")
_SECTION = re.compile(rf"([{_NUMERAL}]+)、(.*)")


@dataclass(frozen=True)
class Clause:
    """A paragraph of the draft.

    ``number`` stands at the first paragraph of an article (第三条; in a draft without articles 三、), ``anchor``
    is its place on the page; headings have neither number nor opinions.
    """

    anchor: str
    number: str
    text: str
    is_heading: bool = False


def clauses(text: str) -> list[Clause]:
    """Cut a draft into paragraphs: articles 第…条, or sections 一、 where it has no articles.

    >>> [clause.number for clause in clauses("第一条　目的。\\n第二条　范围。\\n解释。")]
    ['第一条', '第二条', '']
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    has_articles = any(_ARTICLE.match(line) for line in lines)
    found, taken = [], set()
    for place, line in enumerate(lines, start=1):
        number, rest = _numbered(line, has_articles)
        if number and number in taken:
            # The same number again is a quotation or a slip: two places cannot share one.
            number, rest = "", line
        taken.add(number)
        found.append(Clause(f"p{place}", number, rest, is_heading=bool(_CHAPTER.match(line))))
    return found


def _numbered(line: str, has_articles: bool) -> tuple[str, str]:
    if has_articles:
        match = _ARTICLE.match(line)
        return (match[1], match[2]) if match and match[2] else ("", line)
    match = _SECTION.match(line)
    return (f"{match[1]}、", match[2]) if match and match[2] else ("", line)


def article_numbers(text: str) -> list[str]:
    """What an opinion may be about, in the order of the draft."""
    return [clause.number for clause in clauses(text) if clause.number]
