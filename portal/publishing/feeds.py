"""What readers and search engines fetch by themselves: Atom feeds of what is new, and the map of all addresses."""

from django.contrib.syndication.views import Feed
from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.generic import View

from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from portal.publishing.caching import shared_data
from portal.publishing.models import Publication
from portal.publishing.pages import DESCRIPTION_LENGTH, document_url, live_documents, towns
from portal.web.site import site_facts

NEWEST = 50
MOST_ADDRESSES = 10_000
"""Addresses of one part of the map; the protocol allows 50,000, and a part stays quick to make."""

_PAGES = ("publishing:home", "publishing:documents", "publishing:open-data", "publishing:bodies", "publishing:help")


def newest():
    """What is public, last published first."""
    return Publication.objects.live().select_related("organisation").defer("fields").order_by("-published_on", "-id")


class NewDocuments(Feed):
    """``/docs/feed.xml``: what was published last, whole site (RFC 4287)."""

    feed_type = Atom1Feed
    language = "zh-CN"

    def __call__(self, request, *args, **kwargs):
        self.origin = request.build_absolute_uri("/").rstrip("/")
        return shared_data(super().__call__(request, *args, **kwargs))

    def title(self, town=None):
        return f"{site_facts().name}：新公布的文件"

    def link(self, town=None):
        return self.origin + reverse("publishing:documents")

    def feed_guid(self, town=None):
        return self.feed_url(town)

    def feed_url(self, town=None):
        return self.origin + reverse("publishing:feed")

    def items(self, town=None):
        return newest()[:NEWEST]

    def item_title(self, publication):
        return publication.title

    def item_link(self, publication):
        return self.origin + document_url(publication)

    def item_guid(self, publication):
        return self.item_link(publication)

    def item_description(self, publication):
        return " ".join(publication.text.split())[:DESCRIPTION_LENGTH]

    def item_author_name(self, publication):
        return publication.organisation.name

    def item_pubdate(self, publication):
        return publication.published_at

    def item_updateddate(self, publication):
        return publication.published_at

    def item_categories(self, publication):
        return (publication.column,)


class TownFeed(NewDocuments):
    """``/towns/<code>/feed.xml``: the same for one town."""

    def get_object(self, request, code):
        return get_object_or_404(
            Organisation.objects.exclude(kind=OrganisationKind.COLLECTIVE), code=code, level=OrganisationLevel.TOWNSHIP
        )

    def title(self, town):
        return f"{town.name}：新公布的文件"

    def link(self, town):
        return self.origin + reverse("publishing:town", args=[town.code])

    def feed_url(self, town):
        return self.origin + reverse("publishing:town-feed", args=[town.code])

    def items(self, town):
        return newest().filter(organisation__path__startswith=town.path)[:NEWEST]


class XmlView(View):
    """A page for machines, kept by shared caches."""

    http_method_names = ("get", "head", "options")

    def xml(self, template: str, **context) -> HttpResponse:
        """The template as XML; ``origin`` is what stands before every address."""
        context["origin"] = self.request.build_absolute_uri("/").rstrip("/")
        return shared_data(render(self.request, template, context, content_type="application/xml; charset=utf-8"))


class SiteMapIndex(XmlView):
    """``/sitemap.xml``: the parts of the map (sitemaps.org): the standing pages, and the documents year by year."""

    def get(self, request):
        span = Publication.objects.aggregate(first=Min("year"), last=Max("year"))
        years = range(span["last"], span["first"] - 1, -1) if span["last"] else ()
        return self.xml("publishing/sitemap_index.xml", years=list(years))


class SiteMapPages(XmlView):
    """``/sitemap-pages.xml``"""

    def get(self, request):
        addresses = [reverse(name) for name in _PAGES]
        addresses += [reverse("publishing:town", args=[town.code]) for town in towns()]
        return self.xml("publishing/sitemap_part.xml", lines=[{"address": address} for address in addresses])


class SiteMapYear(XmlView):
    """``/sitemap-<year>.xml``"""

    def get(self, request, year):
        found = live_documents().filter(year=year).order_by("serial").values_list("serial", "published_at")
        lines = [
            {"address": reverse("publishing:document", args=[year, serial]), "changed_at": moment}
            for serial, moment in found[:MOST_ADDRESSES]
        ]
        return self.xml("publishing/sitemap_part.xml", lines=lines)
