"""Who is asking: the same sign-in as the pages, by session cookie; changes carry the CSRF token in a header."""

from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication


class PortalSession(SessionAuthentication):
    """The session of the pages. Someone who is not signed in is told so (401), not merely refused."""

    def authenticate_header(self, request):
        return "Session"

    def enforce_csrf(self, request):
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as refusal:
            raise exceptions.PermissionDenied(
                "这次请求没有通过安全校验：请先取得 /api/v1/session/ 的 csrf_token，放在请求头 X-CSRFToken 中。",
                code="csrf",
            ) from refusal
