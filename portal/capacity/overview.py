"""The room's first page: who stands ready, and what is missing."""

from django.db.models import Count, F, Func
from django.shortcuts import render
from django.urls import reverse

from portal.capacity.advisers.standing import Standing, standings
from portal.capacity.experts.models import Expert
from portal.capacity.experts.pool import in_sight
from portal.capacity.experts.vocabulary import Field
from portal.capacity.keeping import KEEP_ADVISERS, KEEP_EXPERTS, SEE_EXPERTS, as_day, kept_by, may_keep
from portal.capacity.pages import HERE, WORKBENCH, register_url
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.inside.access import InsideView
from portal.web.tables import Cell, Column, Row, Table


class Home(InsideView):
    """``/staff/capacity/``"""

    authority = SEE_EXPERTS

    def get(self, request):
        day, unit = today(), kept_by(request.user, SEE_EXPERTS)
        is_county = unit.parent_id is None
        towns = Organisation.objects.towns().within(unit).filter(valid_until__isnull=True).order_by("path")
        found = standings([unit, *towns] if is_county else [unit], day)
        experts = in_sight(request.user).in_force(day)
        context = {
            "title": HERE,
            "crumbs": [(WORKBENCH, reverse("inside:worklist")), (HERE, "")],
            "unit": unit,
            "is_county": is_county,
            "own": found[0],
            "tiles": self._tiles(found, experts, unit),
            "fields": _by_field(experts),
            "table": self._table(found, day) if is_county else None,
            "may_keep_experts": may_keep(request.user, KEEP_EXPERTS, unit),
            "may_keep_advisers": may_keep(request.user, KEEP_ADVISERS, unit),
        }
        return render(request, "capacity/home.html", context)

    @staticmethod
    def _tiles(found: list[Standing], experts, unit):
        missing, ending = sum(one.has_none for one in found), sum(len(one.ending) for one in found)
        current = register_url("advisers", state="current")
        tiles = [
            {"count": experts.count(), "label": "在聘专家", "url": register_url("experts", state="current"),
             "note": "县级专家库和各镇街自建的专家库" if unit.parent_id is None else "县级专家库和本级专家库"},
            {"count": sum(len(one.current) for one in found), "label": "在聘法律顾问", "url": current},
            {"count": ending, "label": "六十日内到期", "url": register_url("advisers", state="ending"),
             "kind": "soon" if ending else ""},
        ]  # fmt: skip
        if unit.parent_id is None:
            # To a town without an adviser a banner says so.
            kind = "late" if missing else ""
            tiles.append({"count": missing, "label": "没有法律顾问的机关", "url": "#advisers", "kind": kind})
        return tiles

    @staticmethod
    def _table(found: list[Standing], day) -> Table:
        pools = dict(
            Expert.objects.in_force(day)
            .filter(owner__in=[one.organisation for one in found])
            .order_by()
            .values_list("owner")
            .annotate(Count("id"))
        )
        rows = []
        for one in found:
            unit, last = one.organisation, min((a.last_day for a in one.current if a.last_day), default=None)
            named = "、".join(f"{adviser.name}（{adviser.firm}）" for adviser in one.current)
            rows.append(
                Row(
                    key=unit.code,
                    name=unit.name,
                    cells=[
                        Cell(unit.name, kind="title", url=register_url("advisers", organisation=unit.code)),
                        Cell(lamp=one.lamp),
                        Cell(named or "—", stack_label="在聘法律顾问"),
                        Cell(as_day(last), kind="date", stack_label="最早到期"),
                        Cell(pools.get(unit.pk, 0), kind="number", stack_label="自建专家库"),
                    ],
                )
            )
        return Table(
            label="各机关的法律顾问和专家库",
            columns=[
                Column("机关", kind="title"), Column("状态"), Column("在聘法律顾问"),
                Column("最早到期", kind="date"), Column("自建专家库（人）", kind="number"),
            ],
            rows=rows,
            count_text=f"共 {len(rows)} 个机关",
            stack=True,
        )  # fmt: skip


def _by_field(experts) -> list[dict]:
    """Every field with how many experts may be asked; a field without any is shown too, since it is the gap."""
    counted = dict(
        Expert.objects.filter(pk__in=experts.order_by().values("pk"))
        .annotate(one=Func(F("expertise"), function="unnest", set_returning=True))
        .order_by()
        .values_list("one")
        .annotate(Count("id"))
    )
    return [
        {"label": label, "count": counted.get(code, 0), "url": register_url("experts", field=code, state="current")}
        for code, label in Field.choices
    ]
