"""规范性文件 by the interface."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from normative_docs.filters import DocumentFilter
from normative_docs.gates import FINAL_TEXT, REVIEW_PACK
from normative_docs.models import Effect, NormativeDocument
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer, UnitSerializer
from portal.api.viewsets import CaseFileViewSet


class NormativeDocumentSerializer(StagedFileSerializer):
    """A document's facts; ``effect`` is computed from its dates on the day of reading."""

    issuing_authority = UnitSerializer(read_only=True)
    document_kind_label = serializers.CharField(source="get_document_kind_display", read_only=True)
    effect = serializers.SerializerMethodField()
    effect_label = serializers.SerializerMethodField()

    class Meta(StagedFileSerializer.Meta):
        model = NormativeDocument
        fields = (
            *StagedFileSerializer.Meta.fields, "issuing_authority", "document_kind", "document_kind_label",
            "document_number", "registration_number", "issued_on", "published_on", "effective_on", "valid_until",
            "validity_text", "repealed_on", "effect", "effect_label", "topic", "affects_market",
            "touches_vital_interests",
        )  # fmt: skip
        read_only_fields = fields

    def get_effect(self, document) -> Effect:
        return document.effect_on()

    def get_effect_label(self, document) -> str:
        return document.effect_on().label


@extend_schema_view(list=extend_schema(summary="规范性文件"), retrieve=extend_schema(summary="一件规范性文件"))
class NormativeDocumentViewSet(CaseFileViewSet):
    """本人可见的行政规范性文件，筛选条件与台账相同。"""

    model = NormativeDocument
    related = ("issuing_authority",)
    serializer_class = NormativeDocumentSerializer
    filterset_class = DocumentFilter

    def slots(self, file):
        return (*REVIEW_PACK, FINAL_TEXT)


register("normative-documents", NormativeDocumentViewSet, "normative-document")
