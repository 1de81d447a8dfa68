"""What the interface says of a file and of what hangs on it. Read-only: changes go through steps and papers."""

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from portal.api.router import endpoint_of
from portal.casefiles.models import CaseFile
from portal.deadlines.explain import why
from portal.deadlines.models import Deadline
from portal.documents.models import DocumentVersion
from portal.moment import today
from portal.organisations.models import Organisation
from portal.workflow.models import WorkItem
from portal.workflow.registry import workflows

FILE_FIELDS = (
    "public_id", "kind", "kind_label", "number", "title", "organisation", "handling_unit", "opened_on", "opened_by",
    "closed_on", "disclosure", "disclosure_label", "disclosure_reason", "url",
)  # fmt: skip

FIELD_TYPES = ("text", "boolean", "date", "integer", "number", "choice", "choices", "file")


class OrganisationSerializer(serializers.ModelSerializer):
    """A unit of government, by its code."""

    parent = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = Organisation
        fields = (
            "code", "name", "short_name", "level", "kind", "parent", "region", "document_mark", "valid_from",
            "valid_until", "address", "contact",
        )  # fmt: skip
        read_only_fields = fields


class UnitSerializer(serializers.ModelSerializer):
    """A unit as other objects name it."""

    class Meta:
        model = Organisation
        fields = ("code", "name")
        read_only_fields = fields


class CaseFileSerializer(serializers.ModelSerializer):
    """A file of any kind; ``url`` is its address among its own kind, where its steps and papers are."""

    kind_label = serializers.SerializerMethodField()
    organisation = UnitSerializer(read_only=True)
    handling_unit = UnitSerializer(read_only=True, allow_null=True)
    opened_by = serializers.CharField(source="opened_by.full_name", read_only=True)
    disclosure_label = serializers.CharField(source="get_disclosure_display", read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = CaseFile
        fields = FILE_FIELDS
        read_only_fields = fields

    def get_kind_label(self, file) -> str:
        return workflows[file.kind].label if file.kind in workflows else file.kind

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_url(self, file):
        basename = endpoint_of(file.kind)
        if basename is None:
            return None
        request = self.context.get("request")
        return reverse(f"api:{basename}-detail", kwargs={"public_id": file.public_id}, request=request)


class StagedFileSerializer(CaseFileSerializer):
    """A file on its way, with the stage it is in."""

    stage = serializers.CharField(read_only=True)
    stage_label = serializers.CharField(read_only=True)

    class Meta(CaseFileSerializer.Meta):
        fields = (*FILE_FIELDS, "stage", "stage_label")
        read_only_fields = fields


class LampSerializer(serializers.Serializer):
    """正常、临期、逾期: the word, and what stands beside it."""

    state = serializers.ChoiceField(choices=["late", "soon", "fine", "halt", "idle", "done"])
    text = serializers.CharField()


class DeadlineSerializer(serializers.ModelSerializer):
    """One clock with 「为什么是这一天」: rule, article, start, stops and every step of the count."""

    state_label = serializers.CharField(source="get_state_display", read_only=True)
    rule = serializers.SerializerMethodField()
    basis = serializers.CharField(source="citation", read_only=True)
    lamp = serializers.SerializerMethodField()
    stopped = serializers.SerializerMethodField()
    steps = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Deadline
        fields = (
            "code", "label", "about", "state", "state_label", "lamp", "start_on", "start_event", "nominal_end",
            "effective_end", "act_by", "provisional", "met_on", "finished_late_by", "rule", "basis", "stopped", "steps",
        )  # fmt: skip
        read_only_fields = fields

    def get_rule(self, deadline) -> str:
        return deadline.limit.wording

    @extend_schema_field(LampSerializer)
    def get_lamp(self, deadline):
        return LampSerializer(deadline.lamp(today())).data

    def get_stopped(self, deadline) -> str:
        return why(deadline, today()).deducted


class PaperSerializer(serializers.ModelSerializer):
    """A paper of a file by its newest version; ``url`` hands out the bytes to whoever may see the file."""

    public_id = serializers.UUIDField(source="document.public_id", read_only=True)
    slot = serializers.CharField(source="document.slot", read_only=True)
    label = serializers.CharField(source="document.label", read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)
    size = serializers.IntegerField(source="blob.size", read_only=True, help_text="字节")
    content_type = serializers.CharField(source="blob.content_type", read_only=True)
    digest = serializers.CharField(source="blob.digest", read_only=True, help_text="内容的摘要值")
    uploaded_by = serializers.SerializerMethodField()
    warning = serializers.CharField(read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = DocumentVersion
        fields = (
            "public_id", "slot", "label", "version", "name", "size", "content_type", "digest", "page_count",
            "uploaded_by", "uploaded_at", "warning", "url",
        )  # fmt: skip
        read_only_fields = fields

    def get_uploaded_by(self, version) -> str:
        return version.uploaded_by.full_name if version.uploaded_by else "系统"

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, version):
        place = {"public_id": version.document.public_id, "number": version.number, "name": version.name}
        return reverse("documents:download", kwargs=place, request=self.context.get("request"))


class WorkItemSerializer(serializers.ModelSerializer):
    """Somebody's turn on a file."""

    file = CaseFileSerializer(read_only=True)
    assignee = serializers.SerializerMethodField()
    due_on = serializers.DateField(source="deadline.effective_end", read_only=True, allow_null=True, default=None)
    lamp = serializers.SerializerMethodField()

    class Meta:
        model = WorkItem
        fields = ("file", "stage_label", "authority", "assignee", "opened_at", "closed_at", "due_on", "lamp")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "nullable": True})
    def get_assignee(self, item):
        return item.assignee.full_name if item.assignee else None

    @extend_schema_field(LampSerializer(allow_null=True))
    def get_lamp(self, item):
        return LampSerializer(item.deadline.lamp(today())).data if item.deadline else None


class GateSerializer(serializers.Serializer):
    """One line of 还缺什么: where a condition stands, by which article, and where it is put right."""

    code = serializers.CharField()
    label = serializers.CharField()
    basis = serializers.CharField()
    binding = serializers.ChoiceField(choices=["statute", "reference", "local"])
    state = serializers.ChoiceField(choices=["not_started", "in_progress", "met", "not_required"])
    state_label = serializers.CharField()
    explain = serializers.CharField(allow_blank=True)
    remedy = serializers.CharField(allow_blank=True, help_text="补上这一项的网页地址")


class FieldSerializer(serializers.Serializer):
    """One field that a step asks for."""

    name = serializers.CharField()
    label = serializers.CharField()
    type = serializers.ChoiceField(choices=FIELD_TYPES)
    required = serializers.BooleanField()
    help_text = serializers.CharField(allow_blank=True)
    max_length = serializers.IntegerField(allow_null=True)
    choices = inline_serializer(
        "FieldChoice", {"value": serializers.CharField(), "label": serializers.CharField()}, many=True
    )


class TransitionSerializer(serializers.Serializer):
    """A step that leaves the present stage: whether you may take it, and whether the file is ready."""

    code = serializers.CharField()
    label = serializers.CharField()
    target = serializers.CharField(help_text="办理后的环节")
    target_label = serializers.CharField()
    is_main = serializers.BooleanField(help_text="是否计入待办的主要步骤")
    help = serializers.CharField(allow_blank=True)
    authority = serializers.CharField(help_text="办理所需的权限")
    authority_held = serializers.BooleanField()
    barred = serializers.CharField(allow_blank=True, help_text="不能由您办理的原因")
    is_ready = serializers.BooleanField(help_text="各项条件是否均已具备")
    expects = serializers.IntegerField(help_text="最近一次办理记录；办理时带上，他人先办了就会得到 409")
    gates = GateSerializer(many=True)
    form = FieldSerializer(many=True, help_text="办理时要填的字段")
    url = serializers.CharField()


class HistoryEntrySerializer(serializers.Serializer):
    """One entry of the file's audit chain; a step taken carries its gates as they stood that day."""

    sequence = serializers.IntegerField()
    verb = serializers.CharField()
    label = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    person_name = serializers.CharField(allow_blank=True)
    post = serializers.CharField(allow_blank=True)
    occurred_at = serializers.DateTimeField()
    digest = serializers.CharField()
    step = inline_serializer(
        "StepTaken",
        {
            "code": serializers.CharField(), "source": serializers.CharField(), "target": serializers.CharField(),
            "note": serializers.CharField(allow_blank=True), "gates": GateSerializer(many=True),
        },
        allow_null=True,
    )  # fmt: skip


class SlotSerializer(serializers.Serializer):
    """A place for a paper in this file."""

    code = serializers.CharField()
    label = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)
    needed = serializers.BooleanField()
    open = serializers.BooleanField(help_text="现在是否可以增加或者替换")


class PapersSerializer(serializers.Serializer):
    """The papers of a file and the places they belong in."""

    slots = SlotSerializer(many=True)
    papers = PaperSerializer(many=True)


class UploadSerializer(serializers.Serializer):
    """Handing in a paper (multipart/form-data), the same fields as on the page."""

    slot = serializers.CharField()
    title = serializers.CharField(required=False, allow_blank=True, max_length=200)
    upload = serializers.FileField()


class StepSerializer(serializers.Serializer):
    """What a step is given: the common fields here, and those of its own that ``fields`` lists."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    expects = serializers.IntegerField(required=False, allow_null=True, min_value=0)
    confirmed = serializers.BooleanField(required=False)


class ProblemSerializer(serializers.Serializer):
    """A refusal (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)
    missing = GateSerializer(many=True, required=False)


class FigureSerializer(serializers.Serializer):
    """One figure of a year, with the files behind it as far as you may see them."""

    code = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.CharField()
    basis = serializers.CharField()
    organisation = serializers.CharField()
    year = serializers.IntegerField()
    value = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True, coerce_to_string=False)
    of = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True, coerce_to_string=False)
    records = serializers.ListField(child=serializers.UUIDField())
    records_total = serializers.IntegerField()


class IndicatorSerializer(serializers.Serializer):
    """A figure that the portal can compute."""

    code = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.CharField()
    section = serializers.CharField()
    basis = serializers.CharField()


class TimeLimitSerializer(serializers.Serializer):
    """A limit of the law as it stands in the data."""

    code = serializers.CharField()
    label = serializers.CharField()
    wording = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(source="citation", allow_blank=True)
    state = serializers.CharField()


class ReckoningSerializer(serializers.Serializer):
    """A counted period, step by step."""

    code = serializers.CharField()
    start = serializers.CharField()
    nominal_end = serializers.CharField()
    effective_end = serializers.CharField()
    provisional = serializers.BooleanField()
    basis = serializers.CharField()
    steps = serializers.ListField(child=serializers.CharField())
    act_by = serializers.DateField(required=False)
    last_workday = serializers.DateField(required=False)


class SessionSerializer(serializers.Serializer):
    """Who you are, and the token that every change must carry in ``X-CSRFToken``."""

    username = serializers.CharField()
    full_name = serializers.CharField()
    organisation = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    csrf_token = serializers.CharField()
