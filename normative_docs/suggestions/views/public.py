"""``/review-suggestions/``: how to make one, the figures of the year, and what came of those that were answered."""

from datetime import timedelta

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from normative_docs.suggestions import figures
from normative_docs.suggestions.models import ReviewSuggestion
from normative_docs.suggestions.workflow import Stage
from portal.deadlines.rules import registry, resolve
from portal.moment import today
from portal.organisations.models import Organisation, OrganisationLevel
from portal.publishing.models import Publication
from portal.publishing.pages import document_url
from portal.web.display import public_page
from portal.web.keyset import KeysetPage

PAGES = (20, 50)
_YEARS = 3


def _days() -> int:
    """Within how many days the region answers."""
    county = Organisation.objects.filter(level=OrganisationLevel.COUNTY).order_by("path").first()
    region = county.region if county is not None and county.region in registry().regions else None
    return resolve("nd_citizen_review", today(), region).length


@method_decorator(public_page(60), name="dispatch")
class PublicSuggestions(View):
    """The page that everybody reads; nothing on it tells who made a suggestion."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        page = KeysetPage(figures.answered(), request, order=[(F("replied_on"), True), (F("id"), True)], sizes=PAGES)
        publications = {
            publication.file_id: document_url(publication)
            for publication in Publication.objects.live().filter(
                file_id__in=[one.document_id for one in page.rows if one.document_id]
            )
        }
        year = today().year
        context = {
            "title": "规范性文件审查建议",
            "crumbs": [("首页", "/"), ("审查建议", "")],
            "column": {
                "name": "审查建议", "type": "公众参与", "description": "公民、法人和其他组织对规范性文件提出审查建议",
                "keywords": "规范性文件,审查建议,合法性",
            },
            "statistics": [
                counted
                for counted in (figures.statistics(one) for one in range(year, year - _YEARS, -1))
                if counted["year"] == year or counted["received"] or counted["answered"]
            ],
            "suggestions": [_entry(one, publications) for one in page.rows],
            "pager": page.pager if page.has_previous or page.has_next else None,
            "count_text": page.count_text,
            "form_url": reverse("suggestions:form"),
            "status_url": reverse("receipts:status"),
            "days": _days(),
        }  # fmt: skip
        return render(request, "normative_docs/suggestions/public.html", context)


def _entry(suggestion: ReviewSuggestion, publications: dict) -> dict:
    corrected = suggestion.stage == Stage.CORRECTED
    return {
        "document": suggestion.shown_document,
        "number": suggestion.document.document_number if suggestion.document_id else "",
        "organisation": suggestion.organisation.short_name,
        "url": publications.get(suggestion.document_id, ""),
        "clause": suggestion.clause or "全文",
        "result": suggestion.get_result_display(),
        "summary": suggestion.public_summary,
        "received_on": suggestion.received_on,
        "replied_on": suggestion.replied_on,
        "taken": (suggestion.replied_on - suggestion.received_on) // timedelta(days=1),
        "correction": suggestion.correction if corrected else "",
        "corrected_on": suggestion.corrected_on if corrected else None,
    }
