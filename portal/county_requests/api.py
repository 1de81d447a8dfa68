"""请示和预审 by the interface."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from portal.api.router import register
from portal.api.serializers import StagedFileSerializer, UnitSerializer
from portal.api.viewsets import CaseFileViewSet
from portal.county_requests.filters import RequestFilter
from portal.county_requests.gates import LETTER
from portal.county_requests.kinds import request_kind
from portal.county_requests.models import CountyRequest


class CountyRequestSerializer(StagedFileSerializer):
    """A request, the file it is about, and what the county answered."""

    request_kind_label = serializers.SerializerMethodField()
    subject = serializers.UUIDField(source="subject.public_id", read_only=True, help_text="所请示事项的公开编号")
    recipient = UnitSerializer(read_only=True)

    class Meta(StagedFileSerializer.Meta):
        model = CountyRequest
        fields = (
            *StagedFileSerializer.Meta.fields, "request_kind", "request_kind_label", "subject", "recipient", "matter",
            "submitted_on", "conclusion", "reply", "reply_number", "answered_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_request_kind_label(self, request) -> str:
        return request_kind(request.request_kind).label


@extend_schema_view(list=extend_schema(summary="请示和预审"), retrieve=extend_schema(summary="一件请示或者预审"))
class CountyRequestViewSet(CaseFileViewSet):
    """本人可见的请示和预审：乡镇看本机关的，县级看已报送的。"""

    model = CountyRequest
    related = ("subject", "recipient")
    serializer_class = CountyRequestSerializer
    filterset_class = RequestFilter

    def slots(self, file):
        return (*request_kind(file.request_kind).papers, LETTER)


register("county-requests", CountyRequestViewSet, "county-request")
