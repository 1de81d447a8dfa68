"""A clean-up of sixty documents, worked through on the pages as a clerk does."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from normative_docs.cleanup.outcomes import CampaignKind
from normative_docs.models import NormativeDocument
from tests.normative_docs.cleanup import lists

COUNT = 60


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen-\d+)" value="([^"]+)"', page))


def picks(page: str) -> list[str]:
    return re.findall(r'name="pick" value="(\d+)"', page)


@pytest.mark.full
def test_sixty_documents_are_concluded_on_in_four_batches_and_published(world, as_person):
    round_ = lists.opened(world, COUNT)
    round_.fix_scope()
    clerk = as_person("lt_clerk")
    address = f"/staff/cases/{round_.document.public_id}/cleanup/"
    with round_.on():
        shown = clerk.get(address).content.decode()
        assert len(picks(shown)) == COUNT
        batches = (
            ("retain", 40, ""),
            ("amend", 10, ""),
            ("repeal", 6, "《中华人民共和国行政处罚法》"),
            ("lapse", 4, "国办发〔2018〕37号"),
        )
        start = 0
        for verdict, count, basis in batches:
            numbers = picks(shown)[start : start + count]
            start += count
            typed = {"verdict": verdict, "reason": f"批量：{verdict}", "basis": basis, "pick": numbers}
            preview = clerk.post(f"{address}bulk/", typed | {"act": "preview"}).content.decode()
            assert picks(preview) == numbers
            with CaptureQueriesContext(connection) as asked:
                done = clerk.post(f"{address}bulk/", typed | hidden(preview) | {"act": "confirm"})
            assert done.status_code == 302
            assert len(asked) < 40
            totals = round_.document.totals()
            assert totals.concluded + totals.without == totals.in_scope == COUNT
    assert round_.document.totals().by_verdict == {"retain": 40, "amend": 10, "repeal": 6, "lapse": 4}
    round_.workday()
    round_.send()
    round_.workday()
    round_.give_opinion()
    round_.put_to_meeting()
    round_.meet()
    round_.adopt()
    round_.sign_notice()
    round_.make_notice()
    round_.go_public()
    ended = NormativeDocument.objects.filter(repealed_on=round_.day)
    assert ended.count() == 10
    assert round_.document.items.filter(amendment__isnull=False).count() == 10
    page = clerk.get(f"/cleanup/{_publication(round_).year}/{_publication(round_).serial}/").content.decode()
    assert "保留的行政规范性文件（40件）" in page
    again = lists.Round(round_.cast, round_.day + timedelta(days=1))
    again.begin(CampaignKind.SPECIAL, "再清理", trigger_kind="reform", trigger="改革")
    assert again.document.totals().in_scope == COUNT - 10


def _publication(round_):
    return round_.document.publications.get()
