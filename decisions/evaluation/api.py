"""决策后评估 by the interface."""

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from decisions.evaluation.filters import DecisionEvaluationFilter
from decisions.evaluation.gates import PAPERS
from decisions.evaluation.models import Correction, DecisionEvaluation
from decisions.evaluation.vocabulary import Outcome
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer, UnitSerializer
from portal.api.viewsets import CaseFileViewSet


class CorrectionSerializer(serializers.ModelSerializer):
    """A correction after an evaluation, and what became of it."""

    unit = UnitSerializer(read_only=True)

    class Meta:
        model = Correction
        fields = ("number", "task", "unit", "due_on", "done_on", "done_note")
        read_only_fields = fields


class DecisionEvaluationSerializer(StagedFileSerializer):
    """An evaluation, the decision, and what came of it."""

    decision = serializers.UUIDField(source="decision.public_id", read_only=True, help_text="评估的决策的公开编号")
    outcome = serializers.SerializerMethodField()
    corrections = CorrectionSerializer(many=True, read_only=True)

    class Meta(StagedFileSerializer.Meta):
        model = DecisionEvaluation
        fields = (
            *StagedFileSerializer.Meta.fields, "decision", "triggers", "choice_reason", "evaluator_kind", "evaluator",
            "methods", "finish_by", "outcome", "outcome_reason", "decided_on", "published_on", "corrections",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Outcome.choices, allow_null=True))
    def get_outcome(self, evaluation):
        return evaluation.outcome or None


@extend_schema_view(list=extend_schema(summary="决策后评估"), retrieve=extend_schema(summary="一件决策后评估"))
class DecisionEvaluationViewSet(CaseFileViewSet):
    """本人可见的决策后评估，筛选条件与台账相同。"""

    model = DecisionEvaluation
    related = ("decision",)
    serializer_class = DecisionEvaluationSerializer
    filterset_class = DecisionEvaluationFilter

    def get_queryset(self):
        return super().get_queryset().prefetch_related("corrections__unit")

    def slots(self, file):
        return PAPERS


register("decision-evaluations", DecisionEvaluationViewSet, "decision-evaluation")
