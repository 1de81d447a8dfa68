"""Bytes are kept once, whole, under their digest, and only bytes without a row are ever swept."""

import hashlib
import os
import stat
import time

import pytest

from portal.documents import storage


def kept(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    with storage.incoming() as file:
        file.write(content)
        storage.keep(file, digest)
    return digest


def test_bytes_lie_under_their_digest_and_read_back(media_folder):
    digest = kept(b"paper")
    assert storage.path_of(digest) == media_folder / "blobs" / digest[:2] / digest[2:4] / digest
    with storage.open_blob(digest) as blob:
        assert blob.read() == b"paper"
    assert stat.S_IMODE(storage.path_of(digest).stat().st_mode) == 0o640


def test_the_same_bytes_are_kept_once(media_folder):
    assert kept(b"paper") == kept(b"paper")
    assert len([path for path in media_folder.rglob("*") if path.is_file() and path.name != ".blobs.lock"]) == 1


def test_an_upload_that_was_not_kept_leaves_nothing(media_folder):
    with storage.incoming() as file:
        file.write(b"half")
    assert list((media_folder / "incoming").iterdir()) == []


@pytest.mark.parametrize("wrong", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_nothing_but_a_digest_names_a_path(wrong):
    with pytest.raises(ValueError, match="not a digest"):
        storage.path_of(wrong)


def test_changed_or_missing_bytes_are_noticed():
    digest = kept(b"paper")
    assert storage.is_intact(digest)
    place = storage.path_of(digest)
    place.write_bytes(b"forged")
    assert not storage.is_intact(digest)
    place.unlink()
    assert not storage.is_intact(digest)


def test_the_sweep_takes_only_old_bytes_without_a_row():
    known, orphan, fresh = kept(b"known"), kept(b"orphan"), kept(b"fresh")
    old = time.time() - 2 * storage.ORPHAN_AGE_SECONDS
    for digest in (known, orphan):
        os.utime(storage.path_of(digest), (old, old))
    assert storage.sweep(lambda digest: digest == known) == 1
    assert storage.path_of(known).exists()
    assert storage.path_of(fresh).exists()
    assert not storage.path_of(orphan).exists()


def test_bytes_handed_in_again_are_safe_from_the_sweep():
    digest = kept(b"orphan")
    old = time.time() - 2 * storage.ORPHAN_AGE_SECONDS
    os.utime(storage.path_of(digest), (old, old))
    kept(b"orphan")
    assert storage.sweep(lambda digest: False) == 0
    assert storage.path_of(digest).exists()


def test_an_upload_cut_off_by_a_crash_is_swept(media_folder):
    folder = media_folder / "incoming"
    folder.mkdir(parents=True)
    left = folder / "tmpleft"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert storage.sweep(lambda digest: True) == 1
    assert not left.exists()
