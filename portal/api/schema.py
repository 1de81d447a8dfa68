"""What the OpenAPI description says beyond what the code says by itself: sign-in, and every refusal there is."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework.permissions import AllowAny

from portal.api.problems import CONTENT_TYPE
from portal.api.serializers import ProblemSerializer

_WORDS = {
    400: "请求有误", 401: "尚未登录", 403: "没有权限", 404: "没有找到，或者不在可见范围内", 406: "只有 JSON",
    409: "条件不具备、状态已变或者已办结", 413: "内容太大", 415: "内容类型不对", 422: "填写有误", 429: "请求过于频繁",
}  # fmt: skip
_OF_READING = (400, 404, 406, 422, 429)
_OF_SIGNED_IN = (401, 403)
_OF_CHANGING = (409, 413, 415)


class PortalSchema(AutoSchema):
    """Every operation names its refusals as problem details, and has a Chinese heading from its docstring."""

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for status in self._refusals():
            answer = OpenApiResponse(ProblemSerializer, description=_WORDS[status])
            bodies[str(status)] = self._get_response_for_code(answer, str(status), [CONTENT_TYPE], direction)
        return bodies

    def _refusals(self) -> list[int]:
        is_public = AllowAny in self.view.permission_classes
        statuses = [*_OF_READING, *(() if is_public else _OF_SIGNED_IN)]
        return sorted([*statuses, *(_OF_CHANGING if self.method != "GET" else ())])


class PortalSessionScheme(OpenApiAuthenticationExtension):
    target_class = "portal.api.authentication.PortalSession"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "与网页相同的登录会话；POST 还须带请求头 X-CSRFToken，值取自 /api/v1/session/。",
        }
