"""What stands on file in the demo county: decisions in every stage, seen from the given day."""

from datetime import date, timedelta

from decisions.demo import catalogues, texts
from decisions.demo.journey import DecisionJourney
from portal.demo.walking import cast_of
from portal.legal_review.models import Conclusion


def build(world, today: date) -> None:
    """The app's part of the demo, oldest first, so that numbers run in the order of time."""
    catalogues.begin(world, today)
    longtan, qinghe = cast_of(world, "longtan"), cast_of(world, "qinghe")

    def journey(cast, text, days, **more):
        return DecisionJourney(cast, text(cast.town.short_name), today - timedelta(days=days), **more)

    journey(longtan, texts.market, 210).walk("publish", comments=texts.COMMENTS)
    journey(longtan, texts.waterworks, 150, secret=True).walk("publish")
    journey(qinghe, texts.bus, 120).walk("decide", comments=texts.COMMENTS)
    _not_lawful(journey(longtan, texts.bus, 100))
    journey(qinghe, texts.market, 95).walk("opinion", comments=texts.COMMENTS[:2])
    journey(cast_of(world, "dongcheng"), texts.square, 12).walk("open")
    _open_with_comments(journey(longtan, texts.square, 14))
    journey(qinghe, texts.waterworks, 8, secret=True).walk("start")
    journey(longtan, texts.waterworks, 3, secret=True).walk("propose")
    catalogues.tie(world, today)


def _not_lawful(journey: DecisionJourney) -> None:
    """The review says that it must be changed first."""
    journey.walk("review", comments=texts.COMMENTS[:2])
    journey.workday(2)
    journey.find(
        clause="三、", problem="免费乘车的补贴没有预算安排，超越镇级事权。", basis="《中华人民共和国预算法》第十三条",
        suggestion="与县交通、财政部门协商后再定。",
    )  # fmt: skip
    journey.review_integrity()
    journey.conclude(Conclusion.AMEND, "第三项须与有关部门协商，修改后重新送审。")


def _open_with_comments(journey: DecisionJourney) -> None:
    journey.walk("open")
    journey.comment(*texts.COMMENTS[:2], days=2)
