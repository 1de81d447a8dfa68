"""报送备案 by the interface: the county's inbox and the towns' own filings."""

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from portal.api.router import register
from portal.api.serializers import StagedFileSerializer, UnitSerializer
from portal.api.viewsets import CaseFileViewSet
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage


class FilingFilter(django_filters.FilterSet):
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices)
    filing_kind = django_filters.ChoiceFilter(label="报备种类", choices=filing_kinds.choices)
    organisation = django_filters.CharFilter(label="报送机关代码", field_name="organisation__code", max_length=40)


class FilingSerializer(StagedFileSerializer):
    """A filing, the file it reports, its dates and what the county decided."""

    filing_kind_label = serializers.SerializerMethodField()
    subject = serializers.UUIDField(source="subject.public_id", read_only=True, help_text="报备对象的公开编号")
    recipient = UnitSerializer(read_only=True)
    order = serializers.SerializerMethodField()
    is_on_time = serializers.BooleanField(read_only=True, allow_null=True)

    class Meta(StagedFileSerializer.Meta):
        model = Filing
        fields = (
            *StagedFileSerializer.Meta.fields, "filing_kind", "filing_kind_label", "subject", "recipient", "due_on",
            "submitted_on", "is_on_time", "returned_count", "return_reason", "return_until", "receipt_number",
            "received_on", "order", "opinion", "opinion_number", "decided_on", "revocation_number", "revoked_on",
            "announced_on",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Filing.Order.choices, allow_null=True))
    def get_order(self, filing):
        return filing.order or None

    def get_filing_kind_label(self, filing) -> str:
        return filing_kinds[filing.filing_kind].label if filing.filing_kind in filing_kinds else filing.filing_kind


@extend_schema_view(list=extend_schema(summary="报送备案"), retrieve=extend_schema(summary="一件报备"))
class FilingViewSet(CaseFileViewSet):
    """本人可见的报备：乡镇看本机关的，县级看已报送的。"""

    model = Filing
    related = ("subject", "recipient")
    serializer_class = FilingSerializer
    filterset_class = FilingFilter

    def slots(self, file):
        return filing_kinds[file.filing_kind].papers if file.filing_kind in filing_kinds else ()


register("filings", FilingViewSet, "filing")
