"""The pictures of the README are pages of the demo county, taken by this test.

``PORTAL_SCREENSHOTS=1 bin/portal test tests/journeys/test_screenshots.py`` renews them; otherwise the test only sees
that each page still shows what its picture shows.
"""

import os

import pytest
from django.conf import settings

from portal.documents import storage
from portal.documents.content import pages
from portal.documents.models import DocumentVersion
from portal.jobs import queue
from portal.legal_review.papers import OPINION_LETTER
from tests.journeys.places import a_publication, fixed, of_consultation, of_document, of_filing

FOLDER = settings.BASE_DIR / "docs" / "screenshots"
MOST_BYTES = 250_000
PICTURES = (
    ("worklist", "lt_clerk", fixed("/staff/"), ("工作台", "待我办理")),
    ("case", "lt_legal", of_document("集体聚餐"), ("还缺什么", "合法性审核", "期限")),
    ("public-document", "", a_publication, ("住房建设", "第一条")),
    ("county-review", "county_reviewer", of_filing("reviewing", "oversight:county-filing"), ("审查意见", "材料目录")),
    ("consultation", "", of_consultation("consultation:public-detail"), ("征求意见稿", "提出意见")),
    ("annual-report", "", fixed("/reports/2021/longtan/"), ("年度报告", "2021")),
)


@pytest.mark.parametrize(("name", "who", "address", "words"), PICTURES, ids=[picture[0] for picture in PICTURES])
def test_the_readme_shows_a_page_as_it_is(visit, name, who, address, words):
    desk = visit(who, width=1280, height=860).open(address()).shows(*words)
    picture = FOLDER / f"{name}.png"
    if os.environ.get("PORTAL_SCREENSHOTS"):
        # As on a site, where a worker has long written the papers of this filing.
        for pk in queue.waiting().filter(label__contains="龙潭镇农村住房").values_list("pk", flat=True):
            queue.run(pk)
        desk.page.reload()
        picture.parent.mkdir(parents=True, exist_ok=True)
        desk.page.screenshot(path=picture, animations="disabled")
    assert 0 < picture.stat().st_size < MOST_BYTES


def test_the_readme_shows_an_opinion_letter_as_it_is(demo_site):
    letter = DocumentVersion.objects.filter(document__slot=OPINION_LETTER.code, name__endswith=".pdf").latest("pk")
    picture = FOLDER / "opinion-letter.png"
    with storage.open_blob(letter.blob.digest) as content:
        if os.environ.get("PORTAL_SCREENSHOTS"):
            page = pages.image(content, 1)
            page.reduce(2).quantize(64).save(picture, optimize=True)
        assert "合法性审查意见书" in next(pages.texts(content))
    assert 0 < picture.stat().st_size < MOST_BYTES
