"""One URL, a whole page or the part that htmx asked for."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request) -> bool:
    """Whether htmx asked for a piece; a boosted link wants the whole page."""
    htmx = getattr(request, "htmx", False)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(request, template: str, context: dict | None = None, *, part: str, status: int = 200):
    """Render ``template``, or only its ``{% partialdef part %}`` when htmx asks.

    :param part: name of the partial inside the template.
    """
    name = f"{template}#{part}" if wants_part(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
