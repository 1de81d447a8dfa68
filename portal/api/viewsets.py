"""Files by the interface: the scope of the pages, the filters of their register, steps, papers, limits, history."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from portal.accounts.authority import may
from portal.api import problems
from portal.api.pagination import NewestFirst
from portal.api.serializers import (
    DeadlineSerializer,
    HistoryEntrySerializer,
    PaperSerializer,
    PapersSerializer,
    StagedFileSerializer,
    UploadSerializer,
)
from portal.api.transitions import TransitionActions
from portal.audit.context import acting
from portal.deadlines.models import Suspension
from portal.documents.forms import handle_upload
from portal.documents.papers import file_index
from portal.documents.slots import OTHER, PaperSlot
from portal.workflow.handing_in import hand_in, reasons_kept
from portal.workflow.models import StagedFile


class ActingMixin:
    """What is recorded during the request is recorded as done by the one who asks; nothing is kept by caches."""

    def dispatch(self, request, *args, **kwargs):
        person = request.user if request.user.is_authenticated else None
        with acting(person, getattr(request, "request_id", "")):
            response = super().dispatch(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class CaseFileViewSet(ActingMixin, TransitionActions, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Files of one kind. A subclass names ``model``, its serializer, the register's FilterSet and its paper slots."""

    model: type[StagedFile]
    related: tuple[str, ...] = ()
    authority = "casefiles.see"
    handing_in = "casefiles.handle"
    serializer_class = StagedFileSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        files = self.model.objects.visible_to(getattr(self.request, "user", None))
        return files.select_related("organisation", "handling_unit", "opened_by", *self.related)

    def slots(self, file) -> tuple[PaperSlot, ...]:
        """The places for papers that this kind of file declares."""
        return ()

    def fresh(self, file):
        """The file after a step, with what the serializer shows; even if it has just left the person's scope."""
        return self.model.objects.select_related("organisation", "handling_unit", "opened_by", *self.related).get(
            pk=file.pk
        )

    @extend_schema(summary="材料", responses=PapersSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None, parser_classes=[MultiPartParser])
    def papers(self, request, public_id):
        """卷内各份材料的最新版本，以及应交材料的类别。"""
        file = self.get_object()
        return Response(self._papers(file))

    @extend_schema(summary="提交材料", request=UploadSerializer, responses={201: PaperSerializer})
    @papers.mapping.post
    def hand_in(self, request, public_id):
        """与网页同样的检查：内容与类型相符、大小不超限、不含宏和脚本。同一类别同一名称再次提交即为新版本。

        现在不得增加或者替换的材料（见“材料”中各类别的 open），返回 409。
        """
        file = self.get_object()
        if not may(request.user, self.handing_in, file.organisation):
            raise PermissionDenied("您没有在这件事项上提交材料的权限。")
        form, version = handle_upload(request, file, self._slots(file), take=hand_in)
        if version is None:
            return problems.invalid(problems.form_errors(form))
        return Response(PaperSerializer(version, context=self.get_serializer_context()).data, status=201)

    def _slots(self, file) -> tuple[PaperSlot, ...]:
        return (*(slot for slot in self.slots(file) if slot.applies(file)), OTHER)

    def _papers(self, file) -> dict:
        context = self.get_serializer_context()
        versions = [entry.version for entry in file_index(file)]
        slots = self._slots(file)
        kept = reasons_kept(file, [slot.code for slot in slots])
        return {
            "slots": [
                {
                    "code": slot.code,
                    "label": slot.label,
                    "basis": slot.basis,
                    "needed": slot.needed,
                    "open": not kept[slot.code],
                }
                for slot in slots
            ],
            "papers": PaperSerializer(versions, many=True, context=context).data,
        }

    @extend_schema(summary="期限", responses=DeadlineSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def deadlines(self, request, public_id):
        """各项期限，附“为什么是这一天”：规则、依据、起算、中止和逐步推算。"""
        stops = Prefetch("suspensions", Suspension.objects.order_by("from_on", "id"))
        clocks = self.get_object().deadlines.select_related("extension").prefetch_related(stops)
        return Response(DeadlineSerializer(clocks, many=True).data)

    @extend_schema(summary="办理全程", responses=HistoryEntrySerializer(many=True))
    @action(detail=True, filterset_class=None)
    def history(self, request, public_id):
        """案卷审计链，由新到旧；办理步骤附当时各项条件。"""
        file = self.get_object()
        page = NewestFirst()
        entries = page.paginate_queryset(file.audit_entries.exclude(verb="file.looked"), request, view=self)
        wanted = [entry.payload.get("record") for entry in entries if entry.verb == "file.moved"]
        records = file.transition_records.in_bulk(wanted)
        lines = [_entry(entry, records.get(entry.payload.get("record"))) for entry in entries]
        return page.get_paginated_response(HistoryEntrySerializer(lines, many=True).data)


def _entry(entry, record) -> dict:
    step = None
    if record is not None:
        gates = [_kept_gate(gate) for gate in record.gates]
        step = {
            "code": record.code, "source": record.source, "target": record.target, "note": record.note, "gates": gates,
        }  # fmt: skip
    return {
        "sequence": entry.sequence,
        "verb": entry.verb,
        "label": entry.label,
        "summary": entry.summary,
        "person_name": entry.person_name or "系统",
        "post": entry.post,
        "occurred_at": entry.occurred_at,
        "digest": entry.digest,
        "step": step,
    }


def _kept_gate(gate: dict) -> dict:
    """A gate as a record keeps it, in the words of the interface."""
    return {**gate, "remedy": gate.get("remedy_url", "")}
