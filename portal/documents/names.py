"""File names that are safe on every disk, in every header and before every reader's eyes."""

import re
import unicodedata

MAX_BYTES = 255
"""Longest file name in bytes that common file systems hold; a Chinese character takes three."""

UNNAMED = "未命名"

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}$")
# Control, format (direction overrides, zero width), surrogate, private, line and paragraph separators.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def extension_of(name: str) -> str:
    """The extension in lower case without its dot, or an empty string."""
    found = _EXTENSION.search(name)
    return found.group()[1:].lower() if found else ""


def safe_name(raw: str) -> str:
    """A name to keep, show and send: no path, nothing invisible, nothing reserved, at most 255 bytes.

    Idempotent. The extension survives shortening, for the type check relies on it.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    name = "".join(character for character in name if unicodedata.category(character) not in _INVISIBLE)
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", name))
    name = name.strip(" .")
    extension = _EXTENSION.search(name)
    suffix = extension.group() if extension else ""
    stem = name[: len(name) - len(suffix)].rstrip(" .") or UNNAMED
    # Windows reads a reserved device in front of the first dot, whatever follows.
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return _shortened(stem, MAX_BYTES - len(suffix.encode())) + suffix


def _shortened(stem: str, limit: int) -> str:
    """The stem cut at a character boundary to at most `limit` bytes."""
    return stem.encode()[:limit].decode(errors="ignore").rstrip(" .") or UNNAMED
