"""Catalogues of the demo county: last year's accounted for, this year's under way, towns that are late.

``begin`` runs before decisions are built, so that these are started from their items; ``tie`` ties what began earlier.
"""

from dataclasses import replace
from datetime import date, timedelta

from decisions.catalogue.linking import link
from decisions.catalogue.models import CatalogueEntry, DecisionCatalogue
from decisions.catalogue.rehearsal import CatalogueJourney
from decisions.catalogue.workflow import Stage
from decisions.demo import execution, texts
from decisions.demo.journey import DecisionJourney
from decisions.demo.texts import DecisionText
from decisions.models import MajorDecision
from portal.demo.walking import Cast, cast_of
from portal.moment import clock_set_to

_MEASURES = {
    "农贸市场": {"amount": 860, "people": 3200},
    "公交": {"people": 18000, "villages": 7},
    "充电": {"amount": 320, "people": 5600},
    "垃圾分类": {"amount": 640, "people": 26000, "villages": 9},
    "文化站": {"amount": 520, "area": 8},
}  # fmt: skip


def _plan(text: DecisionText, start: date) -> tuple[DecisionText, date, dict]:
    """What a unit names: the matter, when it is to start, and what can be measured of it."""
    measures = next((found for word, found in _MEASURES.items() if word in text.title), {})
    return text, start, measures


def of_last_year(cast: Cast) -> DecisionText:
    """The decision that last year's catalogue named, made and carried out within that year."""
    return _waste(cast.town.short_name)


def _waste(town: str) -> DecisionText:
    return replace(
        texts.bus(town), title=f"{town}生活垃圾分类收运体系建设方案", problem="收运点布局不均，清运不及时。",
        outline="新建收运点二十二处，统一收运。", matter="project", matter_reason="投资达到量化标准，涉及九个村。",
        basis="《固体废物污染环境防治法》第四十九条", summary="拟建设生活垃圾分类收运体系，现公开征求意见。",
        body="一、新建收运点二十二处。\n二、每日统一收运两次。\n三、分两年实施。",
    )  # fmt: skip


def _culture(town: str) -> DecisionText:
    return replace(
        texts.square(town), title=f"{town}综合文化站迁建方案", matter="project", matter_reason="投资达到量化标准。",
        basis="《公共文化服务保障法》第十五条",
    )  # fmt: skip


def begin(world, today: date) -> None:
    """Last year's catalogue of 龙潭镇 from first to last, and this year's of 龙潭镇 and 清河镇 as far as today."""
    longtan, qinghe = cast_of(world, "longtan"), cast_of(world, "qinghe")
    _last_year(longtan, today.year - 1)
    first = date(today.year, 1, 4)
    if today < first:
        return
    town = longtan.town.short_name
    plans = [
        _plan(text(town), today - timedelta(days=days))
        for text, days in ((texts.market, 210), (texts.bus, 100), (texts.square, 14))
    ]
    current = CatalogueJourney(longtan, today.year, first, *plans, _plan(_culture(town), date(today.year, 8, 1)))
    current.walk("file", last_day=today)
    if today >= date(today.year, 2, 1):
        late = CatalogueJourney(
            qinghe, today.year, date(today.year, 2, 1), _plan(texts.bus("清河镇"), date(today.year, 3, 1))
        )
        late.walk("submit", last_day=today)


def _last_year(cast: Cast, year: int) -> None:
    town = cast.town.short_name
    journey = CatalogueJourney(
        cast,
        year,
        date(year, 1, 6),
        _plan(of_last_year(cast), date(year, 3, 1)),
        _plan(_culture(town), date(year, 5, 1)),
    )
    journey.walk("file")
    decision = DecisionJourney(cast, of_last_year(cast), date(year, 5, 11))
    decision.walk("publish", comments=texts.COMMENTS[:2])
    execution.finish(decision)
    journey.day = date(year, 9, 8)
    journey.withdraw(journey.document.items.get(title=_culture(town).title), "迁建用地没有落实，列入下一年度研究。")
    journey.day = date(year, 12, 11)
    journey.account(
        "公开征求意见后根据群众意见增设收运点，重新核定投资，整体顺延。",
        "目录列入事项二项，完成一项，按程序调出一项。与计划时间的偏差已逐项说明。",
    )
    journey.workday(2)
    journey.close()


def tie(world, today: date) -> None:
    """Decisions that were under way when the catalogue of the year came out are tied to its items."""
    town = world.units["longtan"]
    catalogue = DecisionCatalogue.objects.filter(town=town, year=today.year, stage=Stage.CARRYING_OUT).first()
    if catalogue is None:
        return
    clerk = world["lt_clerk"]
    for item in catalogue.items.filter(entries__isnull=True):
        decision = MajorDecision.objects.filter(organisation=town, title=item.title, closed_on__isnull=True).first()
        if decision is not None and CatalogueEntry.objects.filter(decision=decision, item__isnull=True).exists():
            with clock_set_to(max(catalogue.published_on, decision.opened_on)):
                link(decision, item, by=clerk)
