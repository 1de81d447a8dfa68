"""Which documents are gone through: all valid ones, or those a special cause touches; and by hand with a reason."""

from datetime import date, timedelta

import pytest

from normative_docs.cleanup.campaigns import CleanupRefused, add_document, change_campaign, put_back, take_out
from normative_docs.cleanup.outcomes import CampaignKind
from normative_docs.cleanup.scope import Conditions, documents_in_scope
from portal.moment import clock_set_to
from tests.normative_docs.cleanup import lists

NEW = "/staff/cleanup/new/"


def numbers(campaign) -> list[str]:
    return [item.document.document_number for item in campaign.items.filter(in_scope=True).select_related("document")]


def test_a_full_clean_up_takes_every_document_that_was_valid_on_the_day_and_no_other(world):
    lists.recorded(world, 1)
    lists.recorded(world, 2, valid_until=lists.START)
    lists.recorded(world, 3, valid_until=lists.START - timedelta(days=1))
    lists.recorded(world, 4, effective_on=None)
    lists.recorded(world, 5, effective_on=lists.START + timedelta(days=30))
    lists.recorded(world, 6, town="qinghe")
    round_ = lists.Round(lists.cast_of(world, "longtan"), lists.START)
    round_.begin()
    assert numbers(round_.document) == [f"龙政规〔2023〕{number}号" for number in (1, 2, 4, 5)]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"basis_words": "行政处罚法、噪声"}, [2]),
        ({"topic": "交通"}, [3]),
        ({"issued_before": date(2023, 1, 1)}, [4]),
        ({"only_market": True}, [5]),
        ({}, [4, 1, 2, 3, 5]),
    ],
)
def test_a_special_clean_up_is_narrowed_by_basis_topic_age_and_market(world, conditions, found):
    lists.recorded(world, 1)
    lists.recorded(world, 2, basis="《中华人民共和国行政处罚法》第十六条")
    lists.recorded(world, 3, topic="交通运输")
    lists.recorded(world, 4, issued=date(2022, 5, 9))
    lists.recorded(world, 5, market=True)
    documents = documents_in_scope(world.longtan, Conditions(lists.START, **conditions))
    assert [int(document.document_number[9:-1]) for document in documents] == found


def test_a_document_published_later_is_not_in_it_and_cannot_be_added(world):
    round_ = lists.opened(world, 1)
    later = lists.recorded(world, 2, issued=lists.START + timedelta(days=5))
    with clock_set_to(lists.START + timedelta(days=6)), pytest.raises(CleanupRefused, match="之后公布"):
        add_document(round_.document, later, by=world["lt_clerk"], reason="一并清理")
    assert len(numbers(round_.document)) == 1


def test_a_document_is_added_and_taken_out_by_hand_with_a_reason_only(world):
    outside = lists.recorded(world, 9, valid_until=lists.START - timedelta(days=10))
    round_ = lists.opened(world, 2)
    clerk = world["lt_clerk"]
    with round_.on():
        with pytest.raises(CleanupRefused, match="理由"):
            add_document(round_.document, outside, by=clerk, reason=" ")
        added = add_document(round_.document, outside, by=clerk, reason="已失效，一并宣布失效")
        assert added.by_hand
        first = round_.document.items.get(number=1)
        take_out(first, by=clerk, reason="由县统一清理")
        assert len(numbers(round_.document)) == 2
        # A new look at the conditions keeps what people decided by hand.
        change_campaign(round_.document, by=clerk, title="改个名称")
        assert len(numbers(round_.document)) == 2
        put_back(first, by=clerk, reason="县里不清理")
    assert len(numbers(round_.document)) == 3


def test_one_town_has_one_full_clean_up_at_a_time(world):
    lists.opened(world, 1)
    again = lists.Round(lists.cast_of(world, "longtan"), lists.START)
    with pytest.raises(CleanupRefused, match="正在进行"):
        again.begin()
    again.begin(CampaignKind.SPECIAL, "专项清理", trigger_kind="reform", trigger="乡镇综合执法改革")


def form(**changes):
    return {
        "title": "龙潭镇专项清理", "campaign_kind": "special", "reference_on": "2026-03-02", "finish_by": "2026-06-01",
        "trigger_kind": "higher_law", "trigger": "《行政处罚法》修订", "basis_words": "行政处罚法", "topic": "",
        "issued_before": "",
    } | changes  # fmt: skip


def test_the_scope_is_looked_at_with_count_and_list_before_anything_is_opened(world, as_person):
    lists.recorded(world, 1)
    lists.recorded(world, 2, basis="《中华人民共和国行政处罚法》第十六条")
    clerk = as_person("lt_clerk")
    with clock_set_to(lists.START):
        unit = world["lt_clerk"].organisation.pk
        looked = clerk.post(NEW, form(handling_unit=unit, act="preview")).content.decode()
        assert "符合条件 1 件" in looked
        assert "第2项公共设施管护办法" in looked
        assert not world.longtan.cleanup_campaigns.exists()
        answer = clerk.post(NEW, form(handling_unit=unit, act="open"), follow=True)
    campaign = world.longtan.cleanup_campaigns.get()
    assert numbers(campaign) == ["龙政规〔2023〕2号"]
    assert "范围内 1 件" in answer.content.decode()


def test_a_special_clean_up_says_why_and_nothing_typed_is_lost(world, as_person):
    with clock_set_to(lists.START):
        answer = as_person("lt_clerk").post(NEW, form(trigger="", finish_by="2025-01-01", act="open"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明针对哪一部上位法" in shown
    assert "完成期限不能早于今天" in shown
    assert 'value="行政处罚法"' in shown


def test_the_scope_page_adds_changes_and_shows_what_was_taken_out(world, as_person):
    old = lists.recorded(world, 9, valid_until=lists.START - timedelta(days=10))
    round_ = lists.opened(world, 2)
    clerk, page = as_person("lt_clerk"), f"/staff/cases/{round_.document.public_id}/cleanup/scope/"
    with round_.on():
        assert clerk.post(page, {"act": "add", "document": str(old.public_id), "reason": ""}).status_code == 422
        clerk.post(page, {"act": "add", "document": str(old.public_id), "reason": "一并宣布失效"})
        item = f"/staff/cases/{round_.document.public_id}/cleanup/1/"
        seen = round_.document.items.get(number=1).seen
        clerk.post(item, {"act": "take-out", "reason": "由县统一清理", "seen": seen})
        shown = clerk.get(page).content.decode()
    assert "一并宣布失效" in shown
    assert "由县统一清理" in shown
    assert "已移出的文件" in shown
    assert len(numbers(round_.document)) == 2


def test_other_towns_and_other_roles_do_not_open_or_change_it(world, as_person):
    round_ = lists.opened(world, 1)
    page = f"/staff/cases/{round_.document.public_id}/cleanup/scope/"
    assert as_person("qh_clerk").get(page).status_code == 404
    assert as_person("lt_head").post(page, {"act": "save"}).status_code == 403
    assert as_person("lt_head").get(NEW).status_code == 403
    assert as_person("county_supervisor").get(page).status_code == 404
