"""The letter of reply is the proposer's: with the receipt's number and code they read and keep it, nobody else."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from portal.moment import SHANGHAI, clock_set_to
from portal.receipts.issue import reissue_code, status_of
from portal.receipts.models import Receipt
from portal.receipts.views import SLIP_GOOD_FOR
from tests.normative_docs.suggestions import matters

DAY = matters.RECEIVED + timedelta(days=22)
COPY = reverse("receipts:paper", args=[1])


def ask(client, suggestion) -> str:
    """The page of the state, as the holder of a new code for this suggestion sees it."""
    receipt = Receipt.objects.get(subject_uuid=suggestion.public_id)
    code = reissue_code(receipt, by=None)
    return client.post(reverse("receipts:status"), {"number": receipt.number, "code": code}).content.decode()


def slip_on(page: str) -> str:
    found = re.search(r'name="slip" value="([^"]+)"', page)
    return found[1] if found else ""


def test_the_holder_takes_a_copy_of_the_signed_reply(world, client):
    with clock_set_to(DAY):
        page = ask(client, matters.replied(world))
        assert "下载审查建议答复书" in page
        answer = client.post(COPY, {"slip": slip_on(page)})
        assert b"".join(answer.streaming_content) == "审查建议答复书".encode()
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]


def test_before_it_is_signed_there_is_no_copy(world, client):
    with clock_set_to(DAY):
        page = ask(client, matters.concluded(world))
    assert not slip_on(page)
    assert "下载审查建议答复书" not in page


@pytest.mark.parametrize("slip", ["", "1", "1:abc:def"])
def test_without_the_slip_of_the_page_nothing_is_handed_out(world, client, slip):
    with clock_set_to(DAY):
        matters.replied(world)
        assert client.post(COPY, {"slip": slip}).url == reverse("receipts:status")
    assert client.get(COPY).url == reverse("receipts:status")


def test_the_slip_ends_with_the_visit(world, client):
    suggestion = matters.replied(world)
    with time_machine.travel(datetime(2026, 4, 8, 9, tzinfo=SHANGHAI), tick=False) as clock:
        slip = slip_on(ask(client, suggestion))
        clock.shift(SLIP_GOOD_FOR + 1)
        assert client.post(COPY, {"slip": slip}).url == reverse("receipts:status")


def test_the_holder_sees_that_the_maker_still_has_to_act(world):
    suggestion = matters.replied(world, "order")
    receipt = Receipt.objects.get(subject_uuid=suggestion.public_id)
    with clock_set_to(DAY):
        status = status_of(receipt)
    assert [(step.label, step.state) for step in status.steps][-1] == ("制定机关处理", "now")
    assert "制定机关正在处理" in status.message


def test_until_the_result_the_way_after_it_is_left_open(world, as_person):
    suggestion = matters.accepted(world)
    with clock_set_to(DAY):
        page = as_person("county_reviewer").get(reverse("inside:case", args=[suggestion.public_id])).content.decode()
    assert "视审查结果" in page
    assert "没有要求制定机关处理" not in page
    assert reverse("inside:step", args=[suggestion.public_id, "ask_maker"]) in page.split('id="statement-h"')[1]
