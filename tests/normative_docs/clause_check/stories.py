"""Documents of 龙潭镇 whose draft has clauses that are hinted."""

from datetime import date

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.vocabulary import DocumentKind
from portal.demo.walking import cast_of

START = date(2026, 3, 2)
FEE = "摊主每月向集市管理办公室缴纳摊位管理费五十元。"
VAGUE = "对拒不整改的摊主，采取必要的行政手段。"
ARTICLES = ("为了规范集市秩序，制定本办法。", FEE, VAGUE, "摊主应当保持摊位整洁。")


def story(world, articles=ARTICLES, start=START) -> Journey:
    """A journey not yet begun: `story(world).walk("review")` sends it to the reviewer."""
    text = texts.draft("龙潭镇", "集市秩序管理", DocumentKind.MEASURES, "市场监管", articles)
    return Journey(cast_of(world, "longtan"), text, start)


def drafted(world, articles=ARTICLES) -> Journey:
    journey = story(world, articles)
    journey.open()
    return journey


def under_review(world, articles=ARTICLES) -> Journey:
    journey = story(world, articles)
    journey.walk("review", comments=texts.COMMENTS[:1])
    return journey
