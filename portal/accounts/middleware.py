"""What holds on every page at work: a session has its limits, and a password set by others is changed first."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from portal.accounts import sessions
from portal.accounts.acts import tell
from portal.accounts.models import SignedInSession

# Public pages ask for no session, so that caches may keep them.
INSIDE = ("/staff/", "/county/", "/api/", "/admin/")
OPEN_BEFORE_CHANGE = {"accounts:password", "accounts:sign-out", "accounts:sign-in", "accounts:keep"}


def _is_signed_in_page(request) -> bool:
    return (
        request.path.startswith(INSIDE)
        and settings.SESSION_COOKIE_NAME in request.COOKIES
        and request.user.is_authenticated
    )


def _sign_in_again(request, reason: str):
    """To the sign-in page, and from there back to where the person was."""
    wanted = request.get_full_path()
    if request.method not in ("GET", "HEAD") or request.headers.get("HX-Request"):
        # What was posted cannot be repeated by a link; the page it was posted from can be opened again.
        before = request.headers.get("Referer", "")
        known = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
        wanted = urlsplit(before)._replace(scheme="", netloc="").geturl() if known else ""
    query = {"reason": reason, **({"next": wanted} if wanted else {})}
    address = f"{reverse('accounts:sign-in')}?{urlencode(query)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


class SessionLimitsMiddleware:
    """Ends a session after half an hour without use, after twelve hours, or when its owner ended it elsewhere.

    Sets ``request.session_ends_at`` for the note at the foot of the page. A view with ``passive = True`` is
    asked by the page itself (a job's progress) and does not count as use.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not _is_signed_in_page(request):
            return None
        moment = timezone.now()
        row = SignedInSession.objects.filter(person=request.user, session_key=request.session.session_key).first()
        reason = sessions.why_over(row, moment)
        if reason:
            if row is not None:
                row.delete()
                tell("account.session_over", by=request.user, about=request.user, reason=reason)
            logout(request)
            inside = request.path.startswith(("/staff/", "/county/"))
            at_the_door = request.resolver_match.view_name == "accounts:sign-in"
            return _sign_in_again(request, reason) if inside and not at_the_door else None
        if not getattr(getattr(view, "view_class", None), "passive", False):
            sessions.seen(row, moment)
        request.session_ends_at = sessions.ends_at(row)
        return None


class ForcedPasswordChangeMiddleware:
    """Whoever signed in with a password set by an administrator, or too old, chooses a new one first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not _is_signed_in_page(request) or request.resolver_match.view_name in OPEN_BEFORE_CHANGE:
            return None
        if not (request.user.must_change_password or request.session.get(sessions.MUST_CHANGE_FOR_AGE)):
            return None
        if request.path.startswith("/api/"):
            problem = {"type": "about:blank", "title": "须先修改密码", "status": 403}
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        return redirect("accounts:password")
