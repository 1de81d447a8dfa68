"""Where the bytes lie: one file per digest under MEDIA_ROOT, never addressed by the web, never changed.

A blob is complete or absent: it is written beside its place, forced to disk, then renamed. Bytes come before rows, so
a crash between the two leaves at most a blob without a row; `sweep` removes those once they are a day old.
"""

import fcntl
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from portal.documents import digests

ORPHAN_AGE_SECONDS = 24 * 60 * 60
"""Older than any upload or transaction can last."""

_DIGEST = re.compile(rf"[0-9a-f]{{{digests.LENGTH}}}")
_PIECE = 256 * 1024


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def relative_path(digest: str) -> str:
    """Path of a blob below MEDIA_ROOT. Raises ValueError for anything but a digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a digest")
    return f"blobs/{digest[:2]}/{digest[2:4]}/{digest}"


def path_of(digest: str) -> Path:
    """Full path of a blob, whether it exists or not."""
    return _root() / relative_path(digest)


def preview_path(digest: str, page: int) -> Path:
    """Full path of the stored picture of a page (from 1)."""
    return _root() / relative_path(digest).replace("blobs", "previews", 1) / f"{page}.png"


def open_blob(digest: str) -> BinaryIO:
    """A blob for reading. Raises FileNotFoundError when it is missing."""
    return path_of(digest).open("rb")


@contextmanager
def incoming() -> Iterator[BinaryIO]:
    """A new private file on the same disk as the blobs; gone at the end unless it was kept."""
    folder = _root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def keep(file: BinaryIO, digest: str) -> None:
    """Moves a complete incoming file to the place of its digest; the same bytes are kept once."""
    place = path_of(digest)
    with _door(fcntl.LOCK_SH):
        if place.exists():
            # A fresh date keeps the sweep away until the caller's row is committed.
            os.utime(place)
            return
        _settle(file, place)


def write_atomically(place: Path, content: bytes) -> None:
    """Puts content at a path so that no reader ever sees half of it."""
    with incoming() as file:
        file.write(content)
        _settle(file, place)


def _settle(file: BinaryIO, place: Path) -> None:
    file.flush()
    os.fchmod(file.fileno(), settings.FILE_UPLOAD_PERMISSIONS)
    os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file.name, place)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """Without this a power cut could forget the new name of a file that is safely on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _door(mode: int) -> Iterator[None]:
    """Shared by those who keep, exclusive for the one who sweeps: no blob vanishes while it is being kept."""
    _root().mkdir(parents=True, exist_ok=True)
    with (_root() / ".blobs.lock").open("a") as door:
        fcntl.flock(door, mode)
        yield


def is_intact(digest: str) -> bool:
    """Whether the bytes on disk still have their digest (实施条例 art. 39: electronic records resist tampering)."""
    running = digests.new()
    try:
        with open_blob(digest) as blob:
            while piece := blob.read(_PIECE):
                running.update(piece)
    except FileNotFoundError:
        return False
    return running.hexdigest() == digest


def sweep(is_known: Callable[[str], bool], older_than_seconds: int = ORPHAN_AGE_SECONDS) -> int:
    """Removes blobs that no row names and uploads cut off half-way, both of a certain age; returns how many."""
    latest = time.time() - older_than_seconds
    removed = 0
    with _door(fcntl.LOCK_EX):
        for path in [*_root().glob("blobs/*/*/*"), *_root().glob("incoming/*")]:
            if path.stat().st_mtime > latest:
                continue
            if path.parent.name == "incoming" or not is_known(path.name):
                path.unlink(missing_ok=True)
                removed += 1
    return removed
