"""What is not about one kind of file: all files, work items, units, limits, figures, the session, the documentation."""

import re

import django_filters
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularAPIView
from rest_framework import mixins
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from portal.accounts.roles import ROLES, Sight
from portal.api import problems
from portal.api.pagination import InOrder
from portal.api.serializers import (
    CaseFileSerializer,
    FigureSerializer,
    IndicatorSerializer,
    OrganisationSerializer,
    ReckoningSerializer,
    SessionSerializer,
    TimeLimitSerializer,
    WorkItemSerializer,
)
from portal.api.viewsets import ActingMixin
from portal.casefiles.models import CaseFile
from portal.deadlines.asking import DEFAULT_REGION, NATION, ask
from portal.deadlines.rules import registry
from portal.indicators.registry import Scope, indicators
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from portal.workflow.models import WorkItem
from portal.workflow.registry import workflows
from portal.workflow.turns import my_turn

MOST_RECORDS = 500
YEARS = range(2000, 2100)
_TRUE, _FALSE = ("true", "1"), ("", "false", "0")


class PublicMixin:
    """Open to everybody: asks no session and may be kept by caches."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    seconds_kept = 300

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=self.seconds_kept)
        return response


class CaseFileFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="标题或案卷号", method="by_words", max_length=80)
    kind = django_filters.ChoiceFilter(label="类别", choices=lambda: [(w.code, w.label) for w in workflows.all()])
    is_closed = django_filters.BooleanFilter(
        label="是否办结", field_name="closed_on", lookup_expr="isnull", exclude=True
    )

    def by_words(self, queryset, name, value):
        return queryset.filter(title__icontains=value) | queryset.filter(number__icontains=value)


@extend_schema_view(list=extend_schema(summary="全部案卷"), retrieve=extend_schema(summary="一件案卷"))
class CaseFiles(ActingMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """本人可见的各类案卷；步骤、材料、期限在 url 所指的该类接口下。"""

    authority = "casefiles.see"
    serializer_class = CaseFileSerializer
    filterset_class = CaseFileFilter
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        files = CaseFile.objects.visible_to(getattr(self.request, "user", None))
        return files.select_related("organisation", "handling_unit", "opened_by")


class WorkItemFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="待办或者已办，不填为待办", choices=(("todo", "待办"), ("done", "已办")), method="by_state"
    )

    def filter_queryset(self, queryset):
        return self.by_state(queryset, "state", self.form.cleaned_data["state"] or "todo")

    def by_state(self, queryset, name, value):
        person = self.request.user
        return queryset.filter(closed_by=person) if value == "done" else queryset.filter(my_turn(person))


@extend_schema_view(list=extend_schema(summary="待办和已办"))
class WorkItems(ActingMixin, mixins.ListModelMixin, GenericViewSet):
    """轮到本人办理的事项（待办），或者本人办过的（已办）。"""

    authority = "casefiles.see"
    serializer_class = WorkItemSerializer
    filterset_class = WorkItemFilter
    queryset = WorkItem.objects.select_related(
        "file__organisation", "file__handling_unit", "file__opened_by", "deadline", "assignee"
    )


class OrganisationFilter(django_filters.FilterSet):
    level = django_filters.ChoiceFilter(label="层级", choices=OrganisationLevel.choices)
    kind = django_filters.ChoiceFilter(label="类别", choices=OrganisationKind.choices)


@extend_schema_view(list=extend_schema(summary="机构"), retrieve=extend_schema(summary="一个机构"))
class Organisations(PublicMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """县、乡镇（街道）、内设机构、村（社区）。"""

    queryset = Organisation.objects.select_related("parent")
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    pagination_class = InOrder
    lookup_field = "code"
    lookup_value_converter = "slug"


REGION = OpenApiParameter("region", description=f"县名，或者“{NATION}”只用全国规则；不填为{DEFAULT_REGION}。")


class TimeLimits(PublicMixin, APIView):
    """法定期限"""

    @extend_schema(summary="全部期限规则", parameters=[REGION], responses=TimeLimitSerializer(many=True))
    def get(self, request):
        """各项法定期限的代码、长度和依据。"""
        region = _text(request, "region") or DEFAULT_REGION
        slug = "" if region == NATION else registry().region(region).slug
        rows = [registry().wordings(code, slug or None)[-1] for code in registry().codes(slug or None)]
        return Response(TimeLimitSerializer(rows, many=True).data)


class TimeLimit(PublicMixin, APIView):
    """推算一个期限"""

    @extend_schema(
        summary="推算一个期限",
        parameters=[
            OpenApiParameter("start", OpenApiTypes.DATE, required=True, description="起算事件之日。"),
            OpenApiParameter("extend", bool, description="按法定最长天数延长一次。"),
            OpenApiParameter("suspend", str, many=True, description="中止期间 2026-09-22:2026-10-12，可以多次。"),
            REGION,
        ],
        responses=ReckoningSerializer,
    )
    def get(self, request, code):
        """按法定规则推算末日，逐步说明理由。"""
        start = _text(request, "start")
        if not start:
            raise ValidationError({"start": ["请填写起算日期，例如 2026-09-18。"]})
        extend = _text(request, "extend").lower()
        if extend not in (*_TRUE, *_FALSE):
            raise ValidationError({"extend": ["应当是 true 或者 false。"]})
        suspend = request.query_params.getlist("suspend")
        if len(suspend) > 20:
            raise ValidationError({"suspend": ["最多 20 段。"]})
        region = _text(request, "region") or DEFAULT_REGION
        try:
            reckoning = ask(code, start, extend=extend in _TRUE, suspend=suspend, region=region)
        except OverflowError as beyond:
            raise ValidationError({"start": ["日期超出可以推算的范围。"]}) from beyond
        return Response(reckoning.as_json())


class Indicators(ActingMixin, APIView):
    """统计指标"""

    authority = "casefiles.see"

    @extend_schema(summary="全部指标", responses=IndicatorSerializer(many=True))
    def get(self, request):
        """已登记的统计指标及其依据。"""
        return Response(IndicatorSerializer(indicators.all(), many=True).data)


class IndicatorFigure(ActingMixin, APIView):
    """一个指标"""

    authority = "casefiles.see"

    @extend_schema(
        summary="一个机构一年的指标值",
        parameters=[
            OpenApiParameter("organisation", required=True, description="机构代码。"),
            OpenApiParameter("year", int, required=True, description=f"年份，{YEARS[0]} 至 {YEARS[-1]}。"),
        ],
        responses=FigureSerializer,
    )
    def get(self, request, code):
        """本机构及其下级的数；records 是其中本人可见的案卷，最多 500 件。"""
        if code not in indicators:
            raise NotFound
        organisation = _organisation_in_sight(request)
        year = _text(request, "year")
        if not re.fullmatch(r"[0-9]{4}", year) or int(year) not in YEARS:
            raise ValidationError({"year": [f"应当是 {YEARS[0]} 至 {YEARS[-1]} 的年份。"]})
        entry = indicators[code]
        figure = entry.compute(Scope.of_year(organisation, int(year)))
        records, total = [], 0
        if figure.files is not None:
            counted = figure.files.order_by().values("pk")
            seen = CaseFile.objects.visible_to(request.user).filter(pk__in=counted)
            records = list(seen.order_by("id").values_list("public_id", flat=True)[:MOST_RECORDS])
            total = figure.files.order_by().count()
        answer = {
            "code": code, "label": entry.label, "unit": entry.unit, "basis": entry.basis,
            "organisation": organisation.code, "year": int(year), "value": figure.value, "of": figure.of,
            "records": records, "records_total": total,
        }  # fmt: skip
        return Response(FigureSerializer(answer).data)


def _organisation_in_sight(request) -> Organisation:
    """The unit asked for, if the person sees the figures of it; the county sees those of all its towns.

    :raises NotFound: unknown, or not the person's to see.
    """
    code = _text(request, "organisation")
    organisation = Organisation.objects.filter(code=code).first() if code else None
    for assignment in request.user.current_roles():
        sees = ROLES[assignment.role].sight in (Sight.ALL, Sight.ADDRESSED)
        if organisation is not None and sees and organisation.is_within(assignment.organisation):
            return organisation
    raise NotFound


class Session(ActingMixin, APIView):
    """当前登录"""

    authority = "casefiles.see"

    @extend_schema(summary="当前登录的人和 CSRF 令牌", responses=SessionSerializer)
    def get(self, request):
        """POST 须把 csrf_token 放在请求头 X-CSRFToken 中。"""
        person = request.user
        return Response(
            {
                "username": person.username,
                "full_name": person.full_name,
                "organisation": person.organisation.code,
                "roles": [assignment.get_role_display() for assignment in person.current_roles()],
                "csrf_token": get_token(request),
            }
        )


class Schema(PublicMixin, SpectacularAPIView):
    """OpenAPI 3 as YAML or, with ``?format=json``, as JSON."""


class UnknownAddress(PublicMixin, APIView):
    """Whatever no other address answers: 404 as problem details, whatever the method."""

    schema = None

    def http_method_not_allowed(self, request, *args, **kwargs):
        return problems.problem("not-found", problems.KINDS["not-found"].explanation)


@require_safe
def documentation(request):
    """The description to read and try, from files of this server; only reading can be tried from here."""
    response = render(request, "api/docs.html", {"title": "接口说明", "problems": problems.KINDS.values()})
    patch_cache_control(response, public=True, max_age=300)
    return response


def _text(request, name: str) -> str:
    """A query parameter; text that could not be stored is no answer. :raises ValidationError: on a NUL."""
    value = request.query_params.get(name, "").strip()
    if "\x00" in value:
        raise ValidationError({name: ["含有不能识别的字符。"]})
    return value
