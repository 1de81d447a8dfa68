"""Pictures of pages, made by the server once and kept beside the blobs: the browser never opens the original."""

import io

from PIL import Image, ImageOps

from portal.documents import kinds, storage
from portal.documents.content import images, pages
from portal.documents.models import DocumentVersion


def page_image(version: DocumentVersion, number: int) -> bytes:
    """PNG of page `number` (from 1) of a version; made on first sight, then read from disk.

    Raises IndexError for a page that is not there or a format without page pictures, FileRefused when it cannot be
    drawn, FileNotFoundError when the bytes are missing.
    """
    if not version.kind.has_page_images or not 1 <= number <= (version.page_count or 0):
        raise IndexError(number)
    place = storage.preview_path(version.blob.digest, number)
    if place.exists():
        return place.read_bytes()
    content = _drawn(version, number)
    storage.write_atomically(place, content)
    return content


def _drawn(version: DocumentVersion, number: int) -> bytes:
    with storage.open_blob(version.blob.digest) as blob:
        picture = pages.image(blob, number) if version.kind is kinds.PDF else _reduced(blob.read(), version)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _reduced(content: bytes, version: DocumentVersion) -> Image.Image:
    """An uploaded picture upright, at most as wide as a page image, without its metadata."""
    clean = images.without_metadata(content, version.kind)
    with Image.open(io.BytesIO(clean)) as picture:
        picture = ImageOps.exif_transpose(picture).convert("RGB")
        picture.thumbnail((pages.WIDTH, pages.MAX_HEIGHT))
        return picture


def publishable(version: DocumentVersion) -> bytes:
    """The bytes of a version as they may be published: pictures lose their metadata, other formats are unchanged.

    Personal data in the text itself is the business of redaction (涂黑、脱敏), not of this copy.
    """
    with storage.open_blob(version.blob.digest) as blob:
        content = blob.read()
    if version.kind in (kinds.PNG, kinds.JPEG):
        return images.without_metadata(content, version.kind)
    return content
