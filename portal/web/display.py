"""How a reader wants pages shown: elder mode, high contrast, size of official text.

The preference lives in one cookie, never in a session, so that the public site stays free of
sessions. Without the cookie a public page is shared by caches; with it, it belongs to one reader.
Basis: GB/T 37668-2019; 工信部《互联网网站适老化通用设计规范》(2021).
"""

from dataclasses import dataclass, replace
from functools import wraps

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import has_vary_header, patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

COOKIE = "display"
COOKIE_AGE = 365 * 24 * 3600  # seconds
TEXT_SIZES = {"large": "大", "medium": "中", "small": "小"}


@dataclass(frozen=True)
class Display:
    """What the reader chose; the default is the plain page."""

    elder: bool = False
    high_contrast: bool = False
    text: str = "medium"

    @classmethod
    def parse(cls, value: str) -> "Display":
        """Read the cookie. Words that are not known are passed over: anyone can write a cookie."""
        words = set(value.split("."))
        sizes = [size for size in TEXT_SIZES if f"text-{size}" in words]
        return cls("elder" in words, "high-contrast" in words, sizes[0] if sizes else "medium")

    @property
    def html_class(self) -> str:
        """Classes of ``<html>``, which are also the words of the cookie joined by spaces."""
        return self.cookie_value.replace(".", " ")

    @property
    def sizes(self):
        """Text sizes to choose from, as (code, word)."""
        return TEXT_SIZES.items()

    @property
    def cookie_value(self) -> str:
        words = [word for word, on in (("elder", self.elder), ("high-contrast", self.high_contrast)) if on]
        if self.text != "medium":
            words.append(f"text-{self.text}")
        return ".".join(words)

    def changed(self, wishes) -> "Display":
        """This preference with the reader's wishes applied (``elder``, ``high-contrast``, ``text``)."""
        display = self
        if wishes.get("elder") in ("on", "off"):
            display = replace(display, elder=wishes["elder"] == "on")
        if wishes.get("high-contrast") in ("on", "off"):
            display = replace(display, high_contrast=wishes["high-contrast"] == "on")
        if wishes.get("text") in TEXT_SIZES:
            display = replace(display, text=wishes["text"])
        return display


def display_of(request) -> Display:
    """The preference carried by this request."""
    return Display.parse(request.COOKIES.get(COOKIE, ""))


def public_page(seconds: int = 60):
    """Mark a view's page as the same for every reader, so that caches may keep it.

    :param seconds: how long a cache may hand it out.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response.public_for = seconds
            return response

        return wrapper

    return decorate


class DisplayPreferenceMiddleware:
    """Say to caches whose page this is. Stands outside the session middleware, so that it sees its cookies."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.display = display_of(request)
        response = self.get_response(request)
        if not response.get("Content-Type", "").startswith("text/html") or response.has_header("Cache-Control"):
            return response
        session_touched = response.cookies or has_vary_header(response, "Cookie")
        seconds = getattr(response, "public_for", None)
        shared = seconds is not None and response.status_code == 200 and not session_touched
        patch_vary_headers(response, ["Cookie"])
        if shared and not request.display.cookie_value:
            patch_cache_control(response, public=True, max_age=seconds)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response


def _return_address(request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@csrf_exempt  # A forged request could only enlarge the letters; a token would need a cookie on every public page.
@require_http_methods(["GET", "HEAD", "POST"])
def display_settings(request):
    """Choose elder mode, contrast and text size (显示设置), by form or by a link such as ``?elder=on``."""
    wishes = request.POST if request.method == "POST" else request.GET
    back = _return_address(request)
    if not any(name in wishes for name in ("elder", "high-contrast", "text")):
        return render(request, "web/display.html", {"next": back, "text_sizes": TEXT_SIZES})
    chosen = display_of(request).changed(wishes)
    response = HttpResponseRedirect(back)
    if chosen.cookie_value:
        response.set_cookie(
            COOKIE, chosen.cookie_value, max_age=COOKIE_AGE, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    patch_cache_control(response, no_store=True)
    return response
