"""重大行政决策 by the interface."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from decisions import gates
from decisions.filters import DecisionFilter
from decisions.models import MajorDecision
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer, UnitSerializer
from portal.api.viewsets import CaseFileViewSet


class MajorDecisionSerializer(StagedFileSerializer):
    """A decision's facts."""

    proposer_kind_label = serializers.CharField(source="get_proposer_kind_display", read_only=True)
    matter_label = serializers.CharField(source="get_matter_display", read_only=True)
    executing_unit = UnitSerializer(read_only=True)

    class Meta(StagedFileSerializer.Meta):
        model = MajorDecision
        fields = (
            *StagedFileSerializer.Meta.fields, "proposer_kind", "proposer_kind_label", "proposer", "proposed_on",
            "matter", "matter_label", "touches_public_interest", "is_professional", "hearing_by_law", "brings_risk",
            "affects_market", "is_disputed", "started_on", "due_on", "document_number", "decided_on", "published_on",
            "executing_unit", "executed_until", "plan_settled_on", "executed_on",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="重大行政决策"), retrieve=extend_schema(summary="一件重大行政决策"))
class MajorDecisionViewSet(CaseFileViewSet):
    """本人可见的重大行政决策，筛选条件与台账相同。"""

    model = MajorDecision
    related = ("executing_unit",)
    serializer_class = MajorDecisionSerializer
    filterset_class = DecisionFilter

    def slots(self, file):
        return gates.PAPERS


register("major-decisions", MajorDecisionViewSet, "major-decision")
