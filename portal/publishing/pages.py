"""The public pages: front page, documents, one document, its papers, a town.

They read publications only: no page here can reach a file, its drafts or an unmasked word.
"""

from django.db.models import F
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.generic import View

from portal.casefiles.models import Disclosure
from portal.casefiles.titles import quoted
from portal.documents import kinds, storage
from portal.documents.rendering.paper import chinese_date
from portal.moment import now, today
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from portal.publishing.caching import shared_data, shared_page
from portal.publishing.effect import last_change
from portal.publishing.filters import DocumentFilter
from portal.publishing.models import Publication, ReviewedPaper
from portal.publishing.official_text import official_text
from portal.publishing.sections import marks_of, sections_of
from portal.web import front
from portal.web.errors import Gone
from portal.web.keyset import KeysetPage
from portal.web.site import site_facts

LATEST = 8
MOST_COUNTED = 1000
DESCRIPTION_LENGTH = 120
COLUMN = "政策文件"
LIST_COLUMN = {"name": COLUMN, "type": "政策文件", "description": "本地区乡镇（街道）公布的文件"}


def document_url(publication: Publication) -> str:
    """The address of a publication, which never moves."""
    return reverse("publishing:document", args=[publication.year, publication.serial])


def lines_of(publications) -> list[dict]:
    """Publications as lines of a public list."""
    publications = list(publications)
    marks = marks_of(publications)
    return [
        {
            "title": publication.title,
            "prefix": marks.get(publication.file_id, ""),
            "url": document_url(publication),
            "number": publication.number,
            "organisation": publication.organisation.short_name,
            "effect": effect_word(publication, marks.get(publication.file_id)),
            "on": publication.published_on,
        }
        for publication in publications
    ]


def effect_word(publication: Publication, mark: str | None) -> str:
    """The state of validity as a word; how a document ended (已撤销, 已被替代) is told as before its title."""
    effect = publication.effect
    if not effect:
        return ""
    return mark if effect.is_dead and mark else effect.label


def live_documents():
    return Publication.objects.live().select_related("organisation").defer("text", "fields")


def towns():
    return Organisation.objects.towns().filter(valid_until__isnull=True).order_by("path")


def count_text(queryset) -> str:
    """How many, never counting beyond a thousand."""
    count = queryset.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


@method_decorator(shared_page, name="dispatch")
class PublicView(View):
    http_method_names = ("get", "head", "options")


class Home(PublicView):
    """``/``"""

    def get(self, request):
        newest = live_documents()
        context = {
            "column": {"name": "首页", "type": "首页", "description": f"{site_facts().name}首页"},
            "documents": lines_of(newest[:LATEST]),
            "total": count_text(newest),
            "doors": front.doors(),
            "blocks": front.blocks(),
            "towns": towns(),
        }
        return render(request, "publishing/home.html", context)


class Documents(PublicView):
    """``/docs/``"""

    def get(self, request):
        form = DocumentFilter(request.GET)
        found = form.documents().select_related("organisation").defer("text", "fields")
        page = KeysetPage(found, request, order=[(F("published_on"), True), (F("id"), True)])
        context = {
            "title": COLUMN,
            "crumbs": [("首页", reverse("publishing:home")), (COLUMN, "")],
            "column": LIST_COLUMN,
            "filter": form,
            "chips": form.chips(),
            "documents": lines_of(page.rows),
            "count_text": page.count_text,
            "pager": page.pager,
            "open_data_url": reverse("publishing:open-data"),
        }
        return render(request, "publishing/documents.html", context)


def get_publication(year: int, serial: int) -> Publication:
    """:raises Http404: no such address. :raises Gone: taken down, with the reason and what replaced it."""
    publication = get_object_or_404(
        Publication.objects.select_related("organisation", "file"), year=year, serial=serial
    )
    if publication.is_live:
        return publication
    successor = Publication.objects.live().filter(file_id=publication.file_id).first()
    raise Gone(
        "" if publication.hides_title else publication.title,
        publication.take_down_reason,
        timezone.localtime(publication.taken_down_at).date(),
        document_url(successor) if successor else "",
    )


class DocumentPage(PublicView):
    """``/docs/<year>/<serial>/``"""

    def get(self, request, year, serial):
        publication = get_publication(year, serial)
        address = request.build_absolute_uri(document_url(publication))
        mark = marks_of([publication]).get(publication.file_id)
        title = f"【{mark}】{publication.title}" if mark else publication.title
        sections = sections_of(publication)
        papers = paper_lines(publication)
        body = official_text(publication.text)
        context = {
            "title": title,
            "crumbs": [
                ("首页", reverse("publishing:home")),
                (publication.column, reverse("publishing:documents")),
                ("正文", ""),
            ],
            "column": {"name": publication.column, "type": "政策文件"},
            "article": {
                "title": publication.title,
                "published_at": publication.published_at,
                "source": publication.organisation.name,
                "keywords": "；".join(value for label, value in publication.fields if label == "主题分类"),
                "description": " ".join(publication.text.split())[:DESCRIPTION_LENGTH],
                "url": address,
            },
            "publication": publication,
            "facts": facts_of(publication, mark),
            "sections": sections,
            "body": body,
            "papers": papers,
            "original_url": next((paper["url"] for paper in papers if paper["is_pdf"]), ""),
            "address": address,
            "citation": citation_of(publication, address),
            "printed_on": chinese_date(today()),
        }
        response = render(request, "publishing/document.html", context)
        parts = [line["part"] for place in sections.values() for line in place]
        changes = [part["changed_at"] for part in parts if part.get("changed_at")]
        response.last_changed = max([last_change(publication, now()), *changes])
        return response


def facts_of(publication: Publication, mark: str | None = None) -> list[dict]:
    """The index block: number, the declared fields, day of publication, validity.

    :param mark: the word before the title.
    """
    facts = [{"key": "索引号", "value": publication.public_number, "is_number": True}]
    ends = chinese_date(publication.ends_on) if publication.ends_on else ""
    facts += [
        # A validity that was prolonged after publication is shown as it now is.
        {"key": label, "value": ends if label == "有效期至" and ends else value, "is_number": True}
        for label, value in publication.fields
    ]
    facts.append({"key": "公布日期", "value": chinese_date(publication.published_on), "is_number": True})
    facts.append({"key": "来源", "value": publication.organisation.name})
    # Only what is to be published actively ever gets a public page.
    facts.append({"key": "公开方式", "value": Disclosure.PROACTIVE.label})
    effect = publication.effect
    if effect:
        word = effect_word(publication, mark)
        facts.append({"key": "效力状态", "value": word, "tag_kind": effect.tag_kind or "now"})
    return facts


def citation_of(publication: Publication, address: str) -> str:
    """How to cite the document: title, number, body, day, address."""
    number = f"（{publication.number}）" if publication.number else ""
    day = chinese_date(publication.published_on)
    return f"{quoted(publication.title)}{number}，{publication.organisation.name}，{day}，{address}"


def paper_lines(publication: Publication) -> list[dict]:
    """The papers beside the text, from the reviewed copy only; one whose rendition is being made follows later."""
    papers = ReviewedPaper.objects.filter(copy_id=publication.copy_id, blob__isnull=False).select_related("blob")
    return [
        {
            "label": paper.name,
            "url": reverse("publishing:paper", args=[publication.year, publication.serial, paper.number]),
            "note": f"{kinds.kind_of(paper.name).label}　{size_text(paper.blob.size)}"
            + ("　依文字重排" if paper.is_set_anew else ""),
            "is_pdf": paper.blob.content_type == kinds.PDF.content_type,
        }
        for paper in papers
    ]


def size_text(size: int) -> str:
    """A size in bytes for people."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"


class PaperDownload(View):
    """``/docs/<year>/<serial>/files/<number>/``: a rendition; the original has no address."""

    http_method_names = ("get", "head", "options")

    def get(self, request, year, serial, number):
        publication = get_publication(year, serial)
        paper = get_object_or_404(
            ReviewedPaper.objects.filter(blob__isnull=False).select_related("blob"),
            copy_id=publication.copy_id,
            number=number,
        )
        try:
            response = FileResponse(storage.open_blob(paper.blob.digest), content_type=paper.blob.content_type)
        except FileNotFoundError as missing:
            raise Http404 from missing
        response["Content-Length"] = paper.blob.size
        response["Content-Disposition"] = content_disposition_header(True, paper.name)
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        response["ETag"] = f'"{paper.blob.digest[:32]}"'
        return shared_data(response)


class TownPage(PublicView):
    """``/towns/<code>/``"""

    def get(self, request, code):
        town = get_object_or_404(
            Organisation.objects.exclude(kind=OrganisationKind.COLLECTIVE), code=code, level=OrganisationLevel.TOWNSHIP
        )
        documents = live_documents().filter(organisation__path__startswith=town.path)
        context = {
            "title": town.name,
            "crumbs": [("首页", reverse("publishing:home")), (town.short_name, "")],
            "column": {"name": town.short_name, "type": "乡镇（街道）", "description": f"{town.name}公开的信息"},
            "town": town,
            "facts": [
                {"key": "地址", "value": town.address},
                {"key": "联系电话", "value": town.contact, "is_number": True},
            ],
            "documents": lines_of(documents[:LATEST]),
            "total": count_text(documents),
            "more_url": f"{reverse('publishing:documents')}?organisation={town.code}",
            "blocks": front.blocks(town),
            "towns": towns().exclude(pk=town.pk),
        }
        return render(request, "publishing/town.html", context)
