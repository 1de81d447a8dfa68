"""责任追究台账: who was held to account, on which ground, with which result."""

import django_filters
from django.urls import reverse

from portal.oversight.accountability.law import FOR_LIFE, Ground, Result
from portal.oversight.accountability.models import AccountabilityCase
from portal.oversight.accountability.scope import SEE
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell


class CaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="责任人", field_name="act__name", lookup_expr="icontains")
    ground = django_filters.ChoiceFilter(label="追责情形", choices=Ground.choices, empty_label="全部")
    result = django_filters.ChoiceFilter(label="处理结果", choices=Result.choices, empty_label="全部")

    class Meta:
        model = AccountabilityCase
        fields: list[str] = []


def _rows(person):
    found = AccountabilityCase.objects.visible_to(person)
    return found.select_related("act", "file", "organisation", "replaced_by")


def _number(case):
    return Cell(
        case.number, kind="title", sub=case.file.title, url=reverse("accountability:case", args=[case.public_id])
    )


REGISTER = register(
    Register(
        code="accountability_cases",
        label="责任追究台账",
        rows=_rows,
        filterset=CaseFilter,
        authority=SEE,
        columns=(
            RegisterColumn("number", "编号", lambda case: case.number, _number, kind="title"),
            RegisterColumn("file", "决策事项", lambda case: case.file.title, shown=False),
            RegisterColumn("organisation", "决策机关", lambda case: case.organisation.short_name, kind="nowrap"),
            RegisterColumn("person", "责任人", lambda case: case.act.name, kind="nowrap"),
            RegisterColumn("post", "当日职务", lambda case: case.act.post),
            RegisterColumn("ground", "追责情形", lambda case: case.get_ground_display()),
            RegisterColumn("for_life", "终身追究", lambda case: case.ground in FOR_LIFE, shown=False),
            RegisterColumn("result", "处理结果", lambda case: case.get_result_display()),
            RegisterColumn("decided_on", "处理日期", lambda case: case.decided_on, kind="date", order="decided_on"),
            RegisterColumn("replaced", "已更正", lambda case: getattr(case, "replaced_by", None) is not None),
        ),
        empty_text="县级对重大行政决策中的责任人员作出的处理。从一件决策的责任链上登记。",
    )
)  # fmt: skip
