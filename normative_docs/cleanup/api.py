"""规范性文件清理 by the interface."""

from django.db.models import Count, Q
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from normative_docs.cleanup.filters import CampaignFilter
from normative_docs.cleanup.gates import NOTICE, NOTICE_DOCX
from normative_docs.cleanup.models import CleanupCampaign
from normative_docs.cleanup.outcomes import CleanupOutcome
from portal.api.router import register
from portal.api.serializers import StagedFileSerializer
from portal.api.viewsets import CaseFileViewSet

_IN_SCOPE = Q(items__in_scope=True)


class CleanupSerializer(StagedFileSerializer):
    """A clean-up and how many documents it concludes on, by conclusion; the parts add up to ``in_scope``."""

    in_scope = serializers.IntegerField(read_only=True)
    without_verdict = serializers.IntegerField(read_only=True)
    retained = serializers.IntegerField(read_only=True)
    amended = serializers.IntegerField(read_only=True)
    repealed = serializers.IntegerField(read_only=True)
    lapsed = serializers.IntegerField(read_only=True)

    class Meta(StagedFileSerializer.Meta):
        model = CleanupCampaign
        fields = (
            *StagedFileSerializer.Meta.fields, "campaign_kind", "trigger_kind", "trigger", "reference_on", "finish_by",
            "basis_words", "topic", "issued_before", "only_market", "decided_on", "notice_number", "notice_on",
            "published_on", "in_scope", "without_verdict", "retained", "amended", "repealed", "lapsed",
        )  # fmt: skip
        read_only_fields = fields


def _counted(campaigns):
    def of(verdict):
        return Count("items", filter=_IN_SCOPE & Q(items__verdict=verdict))

    return campaigns.annotate(
        in_scope=Count("items", filter=_IN_SCOPE), without_verdict=of(""), retained=of(CleanupOutcome.RETAIN),
        amended=of(CleanupOutcome.AMEND), repealed=of(CleanupOutcome.REPEAL), lapsed=of(CleanupOutcome.LAPSE),
    )  # fmt: skip


@extend_schema_view(list=extend_schema(summary="规范性文件清理"), retrieve=extend_schema(summary="一次清理"))
class CleanupViewSet(CaseFileViewSet):
    """本人可见的清理，附各类结论的件数。"""

    model = CleanupCampaign
    serializer_class = CleanupSerializer
    filterset_class = CampaignFilter

    def get_queryset(self):
        return _counted(super().get_queryset())

    def fresh(self, file):
        return _counted(self.model.objects.select_related("organisation", "handling_unit", "opened_by")).get(pk=file.pk)

    def slots(self, file):
        return (NOTICE, NOTICE_DOCX)


register("normative-document-cleanups", CleanupViewSet, "normative-document-cleanup")
