"""Conclusions: one at a time with everything that is known, or many at once after a look; the numbers always add up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from normative_docs.cleanup.campaigns import CleanupRefused
from normative_docs.cleanup.models import CleanupItem, Totals
from normative_docs.cleanup.outcomes import CleanupOutcome, FairCompetition
from normative_docs.cleanup.verdicts import ListChanged, check_items, give_verdict, give_verdicts
from portal.moment import clock_set_to
from portal.workflow.refusals import NotAuthorised
from tests.ground import made_once
from tests.normative_docs.cleanup import lists


@made_once
def round_(world):
    return lists.working(world)


def address(round_, tail="") -> str:
    return f"/staff/cases/{round_.document.public_id}/cleanup/{tail}"


def test_the_numbers_add_up_whatever_is_concluded(round_):
    campaign = round_.document
    for number, verdict in enumerate((lists.RETAIN, lists.REPEAL, lists.AMEND, lists.LAPSE), start=1):
        totals = campaign.totals()
        assert totals.in_scope == campaign.items.filter(in_scope=True).count() == 4
        assert totals.concluded == number - 1
        assert sum(totals.by_verdict.values()) + totals.without == totals.in_scope
        round_.conclude(lists.of_number(campaign, number), verdict)
    assert campaign.totals() == Totals({"retain": 1, "amend": 1, "repeal": 1, "lapse": 1}, 0)
    campaign.items.filter(number=1).update(in_scope=False)
    assert campaign.totals().in_scope == 3


def test_a_conclusion_is_written_with_reason_and_basis_and_leads_to_the_next(round_, as_person):
    clerk = as_person("lt_clerk")
    item = round_.document.items.get(number=1)
    shown = clerk.get(address(round_, "1/")).content.decode()
    for words in ("上位依据", "有效期至", "文龄", "与其他文件的关系", "县级备案审查意见"):
        assert words in shown
    with round_.on():
        empty = clerk.post(
            address(round_, "1/"), {"verdict": "repeal", "reason": "", "basis": "某依据", "seen": item.seen}
        )
        assert empty.status_code == 422
        assert "某依据" in empty.content.decode()
        answer = clerk.post(
            address(round_, "1/"),
            {"verdict": "repeal", "reason": "上位法废止", "basis": "某法", "seen": item.seen, "then": "next"},
        )
    assert answer["Location"] == address(round_, "2/")
    item.refresh_from_db()
    assert (item.verdict, item.reason, item.basis, item.proposed_by) == (
        "repeal",
        "上位法废止",
        "某法",
        round_.cast.clerk,
    )


def test_of_two_clerks_the_second_is_told_and_keeps_what_was_typed(round_, as_person):
    clerk, item = as_person("lt_clerk"), round_.document.items.get(number=1)
    seen = item.seen
    round_.conclude(lists.of_number(round_.document, 1), lists.AMEND)
    with round_.on():
        late = clerk.post(address(round_, "1/"), {"verdict": "retain", "reason": "我的理由", "seen": seen})
    assert late.status_code == 409
    assert "由他人修改" in late.content.decode()
    assert "我的理由" in late.content.decode()
    item.refresh_from_db()
    assert item.verdict == "amend"


def test_what_hinders_fair_competition_is_not_kept(round_, as_person):
    item = lists.of_number(round_.document, 1)
    with pytest.raises(CleanupRefused, match="公平竞争"):
        round_.conclude(item, lists.RETAIN, fair_competition=FairCompetition.FOUND)
    round_.conclude(item, lists.AMEND, fair_competition=FairCompetition.FOUND)
    seen = {number: one.seen for number, one in _items(round_).items()}
    with round_.on(), pytest.raises(CleanupRefused, match="第1项公共设施"):
        give_verdicts(round_.document, seen, by=round_.cast.clerk, verdict="retain", reason="一并保留")
    assert round_.document.totals().concluded == 1


def _items(round_) -> dict[int, CleanupItem]:
    return {item.number: item for item in round_.document.items.filter(in_scope=True).order_by("number")}


def test_many_at_once_are_named_on_a_preview_and_saved_when_confirmed(round_, as_person):
    clerk, bulk = as_person("lt_clerk"), address(round_, "bulk/")
    round_.conclude(lists.of_number(round_.document, 2), lists.AMEND)
    typed = {"verdict": "retain", "reason": "继续适用", "basis": "", "fair_competition": ""}
    with round_.on():
        chosen = clerk.post(bulk, {"act": "picked", "pick": ["1", "2", "x"]}).content.decode()
        assert "批量填写结论：2 件" in chosen
        bad = clerk.post(bulk, typed | {"act": "preview", "pick": ["1", "2"], "verdict": ""})
        assert bad.status_code == 422
        assert "继续适用" in bad.content.decode()
        preview = clerk.post(bulk, typed | {"act": "preview", "pick": ["1", "2"]}).content.decode()
        assert "第1项公共设施管护办法" in preview
        assert "第2项公共设施管护办法" in preview
        assert "第3项公共设施管护办法" not in preview
        assert "其中改写现有结论 1 件" in preview
        assert round_.document.totals().by_verdict["retain"] == 0
        seen = {f"seen-{number}": _items(round_)[number].seen for number in (1, 2)}
        back = clerk.post(bulk, typed | seen | {"act": "change", "pick": ["1", "2"]}).content.decode()
        assert "继续适用" in back
        done = clerk.post(bulk, typed | seen | {"act": "confirm", "pick": ["1", "2"]}, follow=True).content.decode()
    assert "2 件：保留" in done
    assert round_.document.totals().by_verdict == {"retain": 2, "amend": 0, "repeal": 0, "lapse": 0}


def test_a_document_changed_since_the_preview_stops_the_whole_batch_and_is_shown_anew(round_, as_person):
    clerk, bulk = as_person("lt_clerk"), address(round_, "bulk/")
    seen = {f"seen-{number}": item.seen for number, item in _items(round_).items()}
    round_.conclude(lists.of_number(round_.document, 3), lists.REPEAL)
    typed = {"verdict": "retain", "reason": "继续适用", "act": "confirm", "pick": ["1", "2", "3", "4"]}
    with round_.on():
        answer = clerk.post(bulk, typed | seen)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "《龙潭镇第3项公共设施管护办法》刚刚已由他人修改" in shown
    assert _items(round_)[3].seen in shown
    assert round_.document.totals().by_verdict == {"retain": 0, "amend": 0, "repeal": 1, "lapse": 0}


def test_a_confirmation_without_the_preview_is_refused(round_, as_person):
    typed = {"verdict": "retain", "reason": "继续适用", "act": "confirm", "pick": ["1"]}
    with round_.on():
        assert as_person("lt_clerk").post(address(round_, "bulk/"), typed).status_code == 409
    assert round_.document.totals().concluded == 0


def test_nothing_is_concluded_outside_the_stage_of_work(world, as_person):
    round_ = lists.under_review(world)
    item = lists.of_number(round_.document, 1)
    with round_.on():
        with pytest.raises(CleanupRefused, match="合法性审核"):
            give_verdict(item, by=round_.cast.clerk, verdict="retain", reason="再改")
        page = as_person("lt_clerk").post(address(round_, "1/"), {"verdict": "retain", "reason": "再改"})
    assert page.status_code == 403


def test_the_legal_office_ticks_what_it_compared_and_the_sender_may_not(world, as_person):
    round_ = lists.under_review(world)
    with round_.on():
        with pytest.raises(NotAuthorised):
            check_items(round_.document, [1], by=round_.cast.clerk)
        page = as_person("lt_legal").post(address(round_, "bulk/"), {"act": "check", "pick": ["1", "2"]}, follow=True)
        assert "2 件新标为已核对" in page.content.decode()
        as_person("lt_legal").post(f"{address(round_, 'bulk/')}?checked=no", {"act": "check-all"})
    assert not round_.document.items.filter(checked_at__isnull=True).exists()


def test_the_list_is_narrowed_by_conclusion_unit_and_words(round_, as_person):
    round_.conclude(lists.of_number(round_.document, 2), lists.REPEAL)
    clerk, page = as_person("lt_clerk"), address(round_)

    def shown(**query) -> str:
        return clerk.get(page, query).content.decode()

    assert shown(verdict="none").count("公共设施管护办法</a>") == 3
    assert shown(verdict="repeal").count("公共设施管护办法</a>") == 1
    assert shown(q="第3项").count("公共设施管护办法</a>") == 1
    unit = world_unit(round_)
    assert shown(unit=unit.code).count("公共设施管护办法</a>") == 4
    assert "没有符合筛选条件的文件" in shown(q="没有这样的文件")


def world_unit(round_):
    return round_.cast.clerk.organisation


def test_a_document_that_lapses_meanwhile_is_shown_so(world, as_person):
    lists.recorded(world, 7, valid_until=lists.START.replace(day=20))
    round_ = lists.working(world, 1)
    with clock_set_to(lists.START.replace(day=19)):
        assert "【已失效】" not in as_person("lt_clerk").get(address(round_)).content.decode()
    with clock_set_to(lists.START.replace(day=21)):
        assert "【已失效】" in as_person("lt_clerk").get(address(round_)).content.decode()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(world, as_person):
    clerk = as_person("lt_clerk")

    def asked(page):
        clerk.get(page)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert clerk.get(page).status_code == 200
        return len(captured)

    few = lists.working(world, 2)
    counts = [asked(address(few))]
    with few.on():
        for number in range(3, 12):
            CleanupItem.objects.create(
                campaign=few.document, number=number, document=lists.recorded(world, number), unit=world_unit(few)
            )
    counts.append(asked(address(few)))
    assert counts[0] == counts[1] <= 24


def test_the_database_refuses_a_conclusion_without_reason(round_):
    with pytest.raises(Exception, match="cleanup_verdict_has_its_reason"):
        round_.document.items.filter(number=1).update(verdict=CleanupOutcome.RETAIN)


def test_a_changed_batch_names_who_changed(round_):
    seen = {number: item.seen for number, item in _items(round_).items()}
    round_.conclude(lists.of_number(round_.document, 1), lists.AMEND)
    with round_.on(), pytest.raises(ListChanged) as refusal:
        give_verdicts(round_.document, seen, by=round_.cast.clerk, verdict="retain", reason="继续适用")
    assert [item.number for item in refusal.value.items] == [1]
