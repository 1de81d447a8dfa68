"""PNG and JPEG: whole, of modest size, and nothing behind the picture."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.documents.content.archive import DAMAGED
from portal.documents.content.findings import Findings, mismatch
from portal.documents.kinds import JPEG, PNG, FileKind
from portal.documents.refusals import FileRefused

MAX_PIXELS = 100_000_000
"""An A3 sheet scanned at 600 dpi has 70 million."""

_FORMAT = {PNG: "PNG", JPEG: "JPEG"}
_SIGNATURE = {PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
_PNG_END = b"IEND"
_JPEG_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_END_MARKER = 0xD9


def check(stream: BinaryIO, kind: FileKind) -> Findings:
    """Judges a picture without decoding it before its size is known. Raises FileRefused."""
    content = stream.read()
    if not content.startswith(_SIGNATURE[kind]):
        raise mismatch(kind.label, content[:512])
    end = _png_end(content) if kind is PNG else _jpeg_end(content)
    if content[end:].strip(b"\0"):
        raise FileRefused("polyglot", "图片末尾附有其他数据，不接收。请用看图软件另存一份后上传。")
    with _opened(content, kind) as picture:
        try:
            picture.verify()
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise FileRefused(*DAMAGED) from error
    return Findings(page_count=1)


def _opened(content: bytes, kind: FileKind) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(content), formats=(_FORMAT[kind],))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileRefused(*DAMAGED) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    return picture


def _too_many_pixels() -> FileRefused:
    return FileRefused("too_many_pixels", "图片像素过大（超过 1 亿），不接收。请缩小尺寸或降低扫描分辨率后上传。")


def _png_end(content: bytes) -> int:
    """Where the picture ends: behind the IEND chunk and its checksum."""
    at = len(_SIGNATURE[PNG])
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        at += 12 + length
        if name == _PNG_END and at <= len(content):
            return at
    raise FileRefused(*DAMAGED)


def _jpeg_end(content: bytes) -> int:
    """Where the last picture ends; a camera may put further pictures (multi-picture format) behind the first."""
    at = 0
    while content[at : at + 2] == b"\xff\xd8":
        at = _after_end_marker(content, at + 2)
    return at


def _after_end_marker(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise FileRefused(*DAMAGED)
        marker = content[at + 1]
        if marker == _END_MARKER:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker == 0x00 or marker in _JPEG_WITHOUT_LENGTH:
            at += 2
        else:
            # A segment says its own length; picture data follow only a scan marker and are searched through.
            at += 2 + int.from_bytes(content[at + 2 : at + 4])


def without_metadata(content: bytes, kind: FileKind) -> bytes:
    """The same picture for publication: upright, and without place, time, device, author or comment.

    PIPL (个人信息保护法) art. 28 and 51: the place in a photograph can be a person's whereabouts.
    """
    with _opened(content, kind) as picture:
        upright = ImageOps.exif_transpose(picture)
        kept = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
        if upright.mode not in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"):
            upright = upright.convert("RGB")
        upright.info = kept
        out = io.BytesIO()
        upright.save(out, _FORMAT[kind], **({"quality": 92} if kind is JPEG else {"optimize": False}))
        return out.getvalue()
