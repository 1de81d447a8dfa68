"""A picture that is published tells what it shows and nothing else."""

import io

from PIL import Image

from portal.documents import kinds
from portal.documents.content import images
from tests.portal.documents import specimens as make


def test_place_device_and_comment_are_gone_and_the_picture_stands_upright():
    original = make.photograph_with_place()
    assert b"SecretCamera" in original
    clean = images.without_metadata(original, kinds.JPEG)
    assert b"SecretCamera" not in clean
    assert b"Zhang San" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert not picture.getexif()
        assert picture.size == (30, 40)


def test_text_in_a_png_is_gone_and_its_transparency_stays():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Zhang San")
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 100)).save(out, "PNG", pnginfo=notes)
    clean = images.without_metadata(out.getvalue(), kinds.PNG)
    assert b"Zhang San" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.getpixel((0, 0)) == (255, 0, 0, 100)


def test_the_clean_copy_passes_the_check_of_the_door():
    clean = images.without_metadata(make.photograph_with_place(), kinds.JPEG)
    assert images.check(io.BytesIO(clean), kinds.JPEG).page_count == 1
