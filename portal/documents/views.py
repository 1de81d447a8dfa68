"""Looking at a paper and taking a copy, both through the same permission check."""

import uuid
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.documents import previews, storage
from portal.documents.attach import note_download, note_view
from portal.documents.models import Document, DocumentVersion
from portal.documents.refusals import FileRefused

SHOWN_CHARACTERS = 60_000
PAGES_AT_ONCE = 20


def _visible_version(request: HttpRequest, public_id: uuid.UUID, number: int) -> DocumentVersion:
    """The version, if its file exists for this person; otherwise 404, so that nobody learns what others hold."""
    papers = Document.objects.visible_to(request.user).in_force()
    return get_object_or_404(
        DocumentVersion.objects.select_related("document__file", "blob", "uploaded_by"),
        document__in=papers,
        document__public_id=public_id,
        number=number,
    )


def _harmless(response: HttpResponse) -> HttpResponse:
    """Whatever the bytes are, the browser neither runs, guesses, frames nor keeps them."""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def download(request: HttpRequest, public_id: uuid.UUID, number: int, name: str) -> HttpResponse:
    """Hands out the original as an attachment under the name that the server keeps (RFC 6266, RFC 5987).

    The name in the address is that name too; any other gives 404, so that no link can promise a different file.
    """
    version = _visible_version(request, public_id, number)
    if name != version.name:
        raise Http404
    if request.method == "GET":
        note_download(version, request.user)
    return as_attachment(version)


def as_attachment(version: DocumentVersion) -> HttpResponse:
    """The original under its own name; whoever calls this has asked who may have it."""
    return _harmless(_sent(version))


def _sent(version: DocumentVersion) -> HttpResponse:
    digest = version.blob.digest
    if settings.X_ACCEL_PREFIX:
        response = HttpResponse(content_type=version.blob.content_type)
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(storage.relative_path(digest))}"
        response["X-Accel-Buffering"] = "yes"
    else:
        try:
            response = FileResponse(storage.open_blob(digest), content_type=version.blob.content_type)
        except FileNotFoundError as error:
            raise Http404 from error
        response["Content-Length"] = version.blob.size
    response["Content-Disposition"] = content_disposition_header(True, version.name)
    return response


@login_required
@require_safe
@never_cache
def preview(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A page with pictures of the paper's pages, its text and its other versions."""
    version = _visible_version(request, public_id, number)
    if request.method == "GET":
        note_view(version, request.user)
    count = version.page_count if version.kind.has_page_images else 0
    first = _first_page(request, count or 0)
    last = min(first + PAGES_AT_ONCE - 1, count or 0)
    context = {
        "version": version,
        "document": version.document,
        "file": version.document.file,
        "versions": version.document.versions.select_related("uploaded_by", "blob").defer("text").order_by("-number"),
        "pages": range(first, last + 1),
        "page_total": count,
        "earlier": max(first - PAGES_AT_ONCE, 1) if first > 1 else None,
        "later": last + 1 if count and last < count else None,
        "text": version.text[:SHOWN_CHARACTERS],
        "text_is_cut": len(version.text) > SHOWN_CHARACTERS,
        "shown_characters": SHOWN_CHARACTERS,
    }
    return render(request, "documents/preview.html", context)


def _first_page(request: HttpRequest, count: int) -> int:
    """The page asked for by `?from=`, brought into range."""
    asked = request.GET.get("from", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), max(count, 1))


@login_required
@require_safe
def page_image(request: HttpRequest, public_id: uuid.UUID, number: int, page: int) -> HttpResponse:
    """The picture of one page; looking at the preview page has been recorded already."""
    version = _visible_version(request, public_id, number)
    try:
        content = previews.page_image(version, page)
    except (IndexError, FileNotFoundError, FileRefused) as error:
        raise Http404 from error
    return _harmless(HttpResponse(content, content_type="image/png"))
