"""Versions and relations of a normative document by the interface. Read-only: acts are entered on the pages."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.viewsets import GenericViewSet

from normative_docs.in_force.models import Relation, TextVersion
from normative_docs.models import NormativeDocument
from portal.api.pagination import InOrder
from portal.api.router import register
from portal.api.viewsets import ActingMixin

DOCUMENT = OpenApiParameter("document", location="path", type={"type": "string", "format": "uuid"})


class VersionSerializer(serializers.ModelSerializer):
    """The text of a document from one day to another; what is not confirmed applies on no day yet."""

    source_label = serializers.CharField(source="get_source_display", read_only=True)
    is_confirmed = serializers.BooleanField(read_only=True)

    class Meta:
        model = TextVersion
        fields = (
            "number", "source", "source_label", "effective_from", "effective_until", "is_confirmed", "is_matching",
            "mismatch_reason", "digest", "text",
        )  # fmt: skip
        read_only_fields = fields


class RelationSerializer(serializers.ModelSerializer):
    """What was done to the document (inward) or what it did to another (outward), from a day on."""

    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    direction = serializers.SerializerMethodField()
    other = serializers.SerializerMethodField(help_text="另一端的文件：名称和文号")
    articles = serializers.ListField(child=serializers.DictField(child=serializers.CharField()), read_only=True)

    class Meta:
        model = Relation
        fields = (
            "kind", "kind_label", "direction", "other", "on", "part", "articles", "valid_until", "reason", "basis",
            "made_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_direction(self, relation) -> str:
        return "inward" if str(relation.target.public_id) == self._asked() else "outward"

    def get_other(self, relation) -> str:
        if self.get_direction(relation) == "inward":
            return relation.name_of_source
        return f"《{relation.target.title}》" + (
            f"（{relation.target.document_number}）" if relation.target.document_number else ""
        )

    def _asked(self) -> str:
        return str(self.context["view"].kwargs["document"])


class OfDocument(ActingMixin, mixins.ListModelMixin, GenericViewSet):
    """What belongs to one document within the person's scope."""

    authority = "casefiles.see"
    pagination_class = InOrder
    filterset_class = None

    def document(self) -> NormativeDocument:
        """:raises Http404: unknown, or outside the person's scope."""
        documents = NormativeDocument.objects.visible_to(getattr(self.request, "user", None))
        return get_object_or_404(documents, public_id=self.kwargs["document"])


@extend_schema_view(list=extend_schema(summary="文本版本", parameters=[DOCUMENT]))
class Versions(OfDocument):
    """各版文本及适用起止日期，由旧到新。"""

    serializer_class = VersionSerializer
    queryset = TextVersion.objects.all()

    def get_queryset(self):
        return TextVersion.objects.filter(document=self.document())


@extend_schema_view(list=extend_schema(summary="文件关系", parameters=[DOCUMENT]))
class Relations(OfDocument):
    """废止、修改、替代、延续等关系，两个方向。"""

    serializer_class = RelationSerializer
    queryset = Relation.objects.all()

    def get_queryset(self):
        document = self.document()
        rows = Relation.objects.filter(target=document) | Relation.objects.filter(source=document)
        return rows.select_related("source", "target")


register("normative-documents/<uuid:document>/versions", Versions, "normative-document-version")
register("normative-documents/<uuid:document>/relations", Relations, "normative-document-relation")
