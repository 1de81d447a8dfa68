"""Plain text: UTF-8 or GBK, and really text."""

import codecs
import unicodedata
from typing import BinaryIO

from portal.documents.content.findings import Findings, looks_like, mismatch
from portal.documents.kinds import TXT
from portal.documents.refusals import FileRefused

MAX_BYTES = 10 * 1024 * 1024
"""The longest statute has well under one million bytes; ten leave room for logs of interviews."""
_ALLOWED_CONTROLS = {"\t", "\n", "\r", "\f"}


def check(stream: BinaryIO) -> Findings:
    """Judges a text file. Raises FileRefused."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileRefused("too_large", "文本文件超过 10 MB，不接收。请拆分后上传。")
    if looks_like(content[:1024]):
        raise mismatch(TXT.label, content[:1024])
    if b"\0" in content:
        raise FileRefused("encoding", "文本含有空字符或采用 UTF-16 编码，不接收。请另存为 UTF-8 编码后上传。")
    if any(_is_control(character) for character in set(decoded(content))):
        raise mismatch(TXT.label, content[:1024])
    return Findings()


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in _ALLOWED_CONTROLS


def decoded(content: bytes) -> str:
    """Text from UTF-8 (with or without mark) or GB18030, the superset of GBK.

    Raises FileRefused when it is neither.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return codecs.decode(content, encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("encoding", "无法识别文本编码。请另存为 UTF-8 编码后上传。")
