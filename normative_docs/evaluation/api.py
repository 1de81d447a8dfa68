"""规范性文件评估 by the interface."""

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from normative_docs.evaluation.filters import EvaluationFilter
from normative_docs.evaluation.gates import PAPERS
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.vocabulary import Outcome
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer
from portal.api.viewsets import CaseFileViewSet


class EvaluationSerializer(StagedFileSerializer):
    """An evaluation, what it evaluates and what came of it."""

    document = serializers.UUIDField(source="document.public_id", read_only=True, help_text="评估对象的公开编号")
    evaluation_kind_label = serializers.CharField(source="get_evaluation_kind_display", read_only=True)
    outcome = serializers.SerializerMethodField()

    class Meta(StagedFileSerializer.Meta):
        model = Evaluation
        fields = (
            *StagedFileSerializer.Meta.fields, "document", "evaluation_kind", "evaluation_kind_label", "methods",
            "finish_by", "outcome", "outcome_reason", "decided_on", "published_on",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Outcome.choices, allow_null=True))
    def get_outcome(self, evaluation):
        return evaluation.outcome or None


@extend_schema_view(list=extend_schema(summary="规范性文件评估"), retrieve=extend_schema(summary="一件评估"))
class EvaluationViewSet(CaseFileViewSet):
    """本人可见的规范性文件后评估和到期前评估。"""

    model = Evaluation
    related = ("document",)
    serializer_class = EvaluationSerializer
    filterset_class = EvaluationFilter

    def slots(self, file):
        return PAPERS


register("evaluations", EvaluationViewSet, "evaluation")
