"""重大行政决策事项目录 by the interface."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from decisions.catalogue.filters import CatalogueFilter
from decisions.catalogue.gates import PAPERS
from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer, UnitSerializer
from portal.api.viewsets import CaseFileViewSet


class CatalogueItemSerializer(serializers.ModelSerializer):
    """One item; ``months`` gives the planned month of each step by its code."""

    handling_unit = UnitSerializer(read_only=True)
    months = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    steps = serializers.CharField(source="steps_words", read_only=True)

    class Meta:
        model = CatalogueItem
        fields = (
            "number", "title", "deciding_body", "handling_unit", "matter", "reason", "legal_basis", "amount",
            "people", "area", "villages", "months", "steps", "is_withdrawn", "outcome",
        )  # fmt: skip
        read_only_fields = fields


class DecisionCatalogueSerializer(StagedFileSerializer):
    """A catalogue with its items."""

    items = CatalogueItemSerializer(many=True, read_only=True)

    class Meta(StagedFileSerializer.Meta):
        model = DecisionCatalogue
        fields = (
            *StagedFileSerializer.Meta.fields, "year", "consented_on", "adopted_on", "adopted_at", "published_on",
            "results", "results_published_on", "items",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="重大行政决策事项目录"), retrieve=extend_schema(summary="一个年度的目录")
)
class DecisionCatalogueViewSet(CaseFileViewSet):
    """本人可见的年度决策事项目录，附各事项和计划月份。"""

    model = DecisionCatalogue
    serializer_class = DecisionCatalogueSerializer
    filterset_class = CatalogueFilter

    def get_queryset(self):
        return super().get_queryset().prefetch_related("items__handling_unit")

    def slots(self, file):
        return PAPERS


register("decision-catalogues", DecisionCatalogueViewSet, "decision-catalogue")
