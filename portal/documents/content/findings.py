"""What the checks pass on about a file that they accept."""

from dataclasses import dataclass

from portal.documents.refusals import FileRefused


@dataclass(frozen=True)
class Findings:
    """Facts learnt while checking a file: its number of pages, where the format has pages."""

    page_count: int | None = None


def mismatch(expected: str, head: bytes) -> FileRefused:
    """The refusal of a file whose content is not what its extension says."""
    found = looks_like(head)
    told = f"内容却像是{found}" if found else "内容却不符"
    return FileRefused("content_mismatch", f"文件扩展名表明是{expected}，{told}。请上传原始文件，不要只改扩展名。")


def looks_like(head: bytes) -> str:
    """A Chinese guess at what the first bytes of a file are; empty when unknown. Only ever used for wording."""
    for signature, label in _SIGNATURES:
        if head.startswith(signature):
            return label
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml")) and b"<svg" in text:
        return "SVG 图片"
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<iframe")):
        return "网页"
    return ""


_SIGNATURES = (
    (b"%PDF-", " PDF"),
    (b"PK\x03\x04", "压缩包"),
    (b"\x89PNG\r\n\x1a\n", " PNG 图片"),
    (b"\xff\xd8\xff", " JPEG 图片"),
    (b"GIF8", " GIF 图片"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件或加了密码的文档"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"#!", "脚本"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"{\\rtf", " RTF 文档"),
)
