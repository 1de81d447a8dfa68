"""Pages for when something cannot be shown. They ask neither database nor session."""

import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from portal.receipts.limits import Limit, LimitReached
from portal.web.display import display_of
from portal.web.site import site_facts


class Gone(Exception):
    """Published content was taken down (410): when and why stay readable at its address.

    Basis: 国办发〔2017〕47号, addresses of published content do not move.

    :param title: what stood here.
    :param reason: why it was taken down, in words for the public.
    :param taken_down_on: the day.
    :param successor_url: what replaces it, if anything does.
    """

    def __init__(self, title: str, reason: str, taken_down_on: datetime.date | None = None, successor_url: str = ""):
        super().__init__(title)
        self.title = title
        self.reason = reason
        self.taken_down_on = taken_down_on
        self.successor_url = successor_url


class TooManyRequests(Exception):
    """Asked too often (429).

    :param retry_after: seconds until the next try is served.
    """

    def __init__(self, retry_after: int = 60, message: str = ""):
        super().__init__(message)
        self.retry_after = retry_after
        self.message = message


def count(limit: Limit, request, words: str, *, when_away_allow: bool = True) -> None:
    """Count one try of this address.

    :param words: what the page says to whoever tries too often. :param when_away_allow: whether an unreachable counter
        silences nobody. :raises TooManyRequests: over the limit.
    """
    try:
        limit.count(request, when_away_allow=when_away_allow)
    except LimitReached as reached:
        raise TooManyRequests(reached.retry_after, words) from reached


def error_page(request, status: int, **context) -> HttpResponse:
    """The page of one status. The inside and the public see the same.

    A page that has looked up the person may leave in ``request.way_back`` where that person's work begins.
    """
    inside = request.path.startswith(("/staff/", "/county/"))
    context |= {
        "status": status,
        "site": site_facts(),
        "display": display_of(request),
        "home": getattr(request, "way_back", "") or (f"/{request.path.split('/')[1]}/" if inside else "/"),
        "home_label": "返回工作台" if inside else "返回首页",
        "request_id": getattr(request, "request_id", ""),
    }
    response = HttpResponse(render_to_string(f"errors/{status}.html", context), status=status)
    patch_cache_control(response, no_store=True)
    return response


def handler400(request, exception=None):
    return error_page(request, 400)


def handler403(request, exception=None):
    message = str(exception) if exception and exception.args else ""
    return error_page(request, 403, message=message)


def handler404(request, exception=None):
    return error_page(request, 404)


def handler500(request):
    return error_page(request, 500)


def csrf_failure(request, reason=""):
    """The form's token is missing or stale, most often because the person signed in again elsewhere."""
    return error_page(
        request,
        403,
        message="页面停留过久或者浏览器禁用了 Cookie，这次提交没有通过安全校验。请返回上一页刷新后重新提交。",
    )


def gone(request, exception: Gone) -> HttpResponse:
    return error_page(request, 410, gone=exception)


def too_many_requests(request, retry_after: int = 60, message: str = "") -> HttpResponse:
    """:param retry_after: seconds, also sent as ``Retry-After``."""
    minutes = max(1, -(-retry_after // 60))
    response = error_page(request, 429, minutes=minutes, message=message)
    response["Retry-After"] = str(retry_after)
    return response


def service_unavailable(request, retry_after: int = 300) -> HttpResponse:
    """For maintenance or a database that does not answer. :param retry_after: seconds."""
    response = error_page(request, 503, minutes=max(1, -(-retry_after // 60)))
    response["Retry-After"] = str(retry_after)
    return response


class ErrorPageMiddleware:
    """Turns :class:`Gone` and :class:`TooManyRequests`, raised anywhere in a view, into their pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Gone):
            return gone(request, exception)
        if isinstance(exception, TooManyRequests):
            return too_many_requests(request, exception.retry_after, exception.message)
        return None


def locked_out(request, original_response=None, credentials=None) -> HttpResponse:
    """The page of a sign-in that failed too often (``AXES_LOCKOUT_CALLABLE``)."""
    return too_many_requests(request, 15 * 60, "这个账号从这台设备登录失败的次数太多，已暂停登录。从其他设备仍可登录。")
