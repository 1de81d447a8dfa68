"""The search page of the public and that of the people at work."""

from collections.abc import Callable

from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from portal.publishing.effect import Effect
from portal.receipts.limits import Limit
from portal.search.facets import Filters
from portal.search.search import Page, search
from portal.web.display import public_page
from portal.web.errors import count

# A reader who narrows a search clicks often; a machine that copies the site asks more often than this.
ASKED = Limit("search", tries=60, seconds=60)


class _SearchPage(TemplateView):
    """Everything the page shows stands in its address: words, filters, order, place.

    A subclass says in `find` whom it searches for.
    """

    find: Callable[..., Page]
    http_method_names = ("get", "head", "options")

    def get_context_data(self, **kwargs):
        query = self.request.GET
        text = query.get("q", "").replace("\x00", "").strip()
        filters = Filters.read(query)
        page = self.find(
            text, filters=filters, cursor=query.get("cursor", ""), newest_first=query.get("sort") == "newest"
        )
        return super().get_context_data(
            page=page,
            asked=bool(text),
            text=page.query.text,
            facets=self._facets(page),
            filters=filters,
            without_filters=self._address(**dict.fromkeys(("kind", "organisation", "year", "effect"))),
            newest_first=query.get("sort") == "newest",
            only_in_force=filters.effect == Effect.IN_FORCE,
            is_later_page=bool(query.get("cursor")),
            **kwargs,
        )

    def _facets(self, page: Page) -> list[dict]:
        """Give each choice its address; choosing a chosen one takes it back."""
        return [
            {
                "name": facet.name,
                "label": facet.label,
                "options": [
                    {
                        "label": option.label,
                        "count": option.count,
                        "selected": option.selected,
                        "url": self._address(**{facet.name: None if option.selected else option.value}),
                    }
                    for option in facet.options
                ],
            }
            for facet in page.facets
            if facet.options
        ]

    def _address(self, **changes: str | None) -> str:
        """Return this address with other parameters, from its first page."""
        query = self.request.GET.copy()
        for name, value in {**changes, "cursor": None}.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"


@method_decorator(public_page(60), name="dispatch")
class PublicSearch(_SearchPage):
    """Search what is published (公开检索), by anyone."""

    template_name = "search/public.html"

    def find(self, text, **options):
        if text:
            count(ASKED, self.request, "检索太频繁，请稍后再试。")
        return search(text, public=True, **options)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            crumbs=[("首页", "/"), ("检索", "")],
            column={"name": "检索", "type": "检索", "description": "检索本地区乡镇（街道）公开的文件和信息"},
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class StaffSearch(LoginRequiredMixin, _SearchPage):
    """Search the files one may see, or what is published anywhere in the county (内部检索)."""

    template_name = "search/staff.html"

    def find(self, text, **options):
        if self.request.GET.get("scope") == "public":
            return search(text, public=True, **options)
        return search(text, person=self.request.user, **options)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            crumbs=[("工作台", "/staff/"), ("检索", "")],
            searches_public=self.request.GET.get("scope") == "public",
            **kwargs,
        )
