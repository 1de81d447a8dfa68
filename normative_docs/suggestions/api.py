"""审查建议 and 附带审查 by the interface. Who made a suggestion is not among it."""

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from normative_docs.suggestions.filters import IncidentalFilter, SuggestionFilter
from normative_docs.suggestions.gates import PAPERS
from normative_docs.suggestions.incidental.gates import PAPERS as INCIDENTAL_PAPERS
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.vocabulary import Result, Verdict
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer
from portal.api.viewsets import CaseFileViewSet


class SuggestionSerializer(StagedFileSerializer):
    """A suggestion without its proposer."""

    document = serializers.SerializerMethodField(help_text="规范性文件的公开编号")
    result = serializers.SerializerMethodField()

    class Meta(StagedFileSerializer.Meta):
        model = ReviewSuggestion
        fields = (
            *StagedFileSerializer.Meta.fields, "document", "named_document", "clause", "reason", "received_on",
            "accepted_on", "statement_due", "stated_on", "result", "public_summary", "reply_number", "replied_on",
            "correction", "corrected_on",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_document(self, suggestion):
        return str(suggestion.document.public_id) if suggestion.document_id else None

    @extend_schema_field(serializers.ChoiceField(choices=Result.choices, allow_null=True))
    def get_result(self, suggestion):
        return suggestion.result or None


@extend_schema_view(list=extend_schema(summary="审查建议"), retrieve=extend_schema(summary="一件审查建议"))
class SuggestionViewSet(CaseFileViewSet):
    """本人可见的公众审查建议，不含建议人信息。"""

    model = ReviewSuggestion
    related = ("document",)
    serializer_class = SuggestionSerializer
    filterset_class = SuggestionFilter

    def slots(self, file):
        return PAPERS


class IncidentalSerializer(StagedFileSerializer):
    """An incidental review: who asks, the limit's start, the answer and the verdict."""

    document = serializers.UUIDField(source="document.public_id", read_only=True, help_text="规范性文件的公开编号")
    verdict = serializers.SerializerMethodField()

    class Meta(StagedFileSerializer.Meta):
        model = IncidentalReview
        fields = (
            *StagedFileSerializer.Meta.fields, "document", "channel", "requesting_body", "case_number", "clause",
            "received_on", "reply_number", "sent_on", "verdict", "verdict_on", "verdict_text",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Verdict.choices, allow_null=True))
    def get_verdict(self, review):
        return review.verdict or None


@extend_schema_view(list=extend_schema(summary="附带审查"), retrieve=extend_schema(summary="一件附带审查"))
class IncidentalViewSet(CaseFileViewSet):
    """本人可见的附带审查。"""

    model = IncidentalReview
    related = ("document",)
    serializer_class = IncidentalSerializer
    filterset_class = IncidentalFilter

    def slots(self, file):
        return INCIDENTAL_PAPERS


register("review-suggestions", SuggestionViewSet, "review-suggestion")
register("incidental-reviews", IncidentalViewSet, "incidental-review")
