"""Which limit of the law holds on a day, in a region. Pure: no database.

The rows live in ``law/*.toml`` with citation, dates of effect and confidence; a region's own values in
``law/regions/``. Nothing here is a number of the law.
"""

from datetime import date
from functools import cache

from portal.deadlines.law_files import read_law
from portal.deadlines.limits import (
    ACTIVE,
    UNCONFIRMED,
    LimitNotInForce,
    NoRuleOnDay,
    Region,
    TimeLimit,
    UnknownLimit,
)


class Registry:
    """All rows of the law, by code and region. A code may have several wordings, one after the other."""

    def __init__(self, limits: tuple[TimeLimit, ...], regions: tuple[Region, ...]):
        self._national: dict[str, list[TimeLimit]] = {}
        for row in limits:
            self._national.setdefault(row.code, []).append(row)
        self.regions = {region.slug: region for region in regions}
        self._regional = {
            region.slug: {
                code: [row for row in region.limits if row.code == code] for code in {r.code for r in region.limits}
            }
            for region in regions
        }

    def region(self, wanted: str) -> Region:
        """A profile by its slug or by the name of the county."""
        for region in self.regions.values():
            if wanted in (region.slug, region.name):
                return region
        raise UnknownLimit(f"没有地区“{wanted}”的规则；已载入：{'、'.join(r.name for r in self.regions.values())}。")

    def wordings(self, code: str, region: str | None = None) -> list[TimeLimit]:
        """The rows that decide for this region, oldest first; the region's own rows replace the national ones."""
        if region:
            own = self._regional[self.region(region).slug].get(code)
            if own:
                return own
        rows = self._national.get(code)
        if rows:
            return rows
        holders = [r.name for r in self.regions.values() if code in self._regional[r.slug]]
        if holders:
            raise UnknownLimit(f"期限“{code}”只在{'、'.join(holders)}的地方规则中有。")
        raise UnknownLimit(f"没有代码为“{code}”的期限。")

    def codes(self, region: str | None = None) -> list[str]:
        """Every code that can be named in this region."""
        own = self._regional[self.region(region).slug] if region else {}
        return sorted({*self._national, *own})


@cache
def registry() -> Registry:
    """The law as it stands in the data files, read once."""
    return Registry(*read_law())


def limit(code: str, region: str | None = None) -> TimeLimit:
    """The newest wording of a limit, whether or not it is switched on."""
    return registry().wordings(code, region)[-1]


def resolve(code: str, on: date, region: str | None = None) -> TimeLimit:
    """The rule that governs a period which starts on that day.

    Raises :class:`UnknownLimit`, :class:`LimitNotInForce` for a row that is loaded but off, and
    :class:`NoRuleOnDay` for a day outside the dates of effect: a newer rule is never applied backwards.
    """
    rows = registry().wordings(code, region)
    off = rows[-1]
    if off.state == UNCONFIRMED:
        raise LimitNotInForce(
            f"期限“{off.label}”（{code}）待核：出处{off.citation or '未注明'}尚未核对原文，"
            "由县司法局确认后才能启用，现在不能据以计算。"
        )
    if off.state != ACTIVE:
        raise LimitNotInForce(
            f"期限“{off.label}”（{code}）未启用：{off.citation or '各地规定'}只是地方或者行业规定的示例，"
            f"{'本地区' if region else '全国'}没有启用这一规则，不能据以计算。"
        )
    for row in rows:
        if row.in_force_on(on):
            return row
    raise NoRuleOnDay(
        f"该日无有效规则：{on} 不在“{off.label}”（{code}）的有效期间内，"
        f"{off.citation}自 {rows[0].valid_from} 起施行，不得以后来的规则代替。"
    )
