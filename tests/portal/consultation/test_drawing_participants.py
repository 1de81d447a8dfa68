"""Who speaks is drawn from who signed up: after the sign-up, before the session, within each side's seats."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from portal.consultation.drawing_participants import (
    FILLED_REASON,
    call_up,
    draw_participants,
    fill_without_draw,
    freeze_pool,
    reserves,
    vacancies,
)
from portal.consultation.models import Participant, Session, SignUp
from portal.consultation.rehearsal import announce, beginning
from portal.consultation.sessions import SessionRefused, cancel_session, move_session
from portal.consultation.taking_part import choose, publish_list, remove_participant, sign_up, withdraw_sign_up
from portal.draws.models import Draw, DrawResult
from portal.moment import clock_set_to
from portal.receipts.issue import status_of
from portal.receipts.models import Receipt
from tests.ground import made_once
from tests.portal.consultation.town import OPENED, open_draft_to_public

HELD = date(2026, 4, 1)
UNTIL = date(2026, 3, 20)
AFTER = UNTIL + timedelta(days=1)
SIDES = [("商户", 2), ("居民", 1)]
WITNESS = {"spoken": "桂花", "witness_name": "吴桂芳", "witness_post": "镇人大副主席"}


@made_once
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def clerk(journey):
    return journey.cast.clerk


@pytest.fixture
def session(journey, clerk):
    return announced(journey, clerk)


def announced(journey, clerk, *, sides=SIDES, seats=3, traders=5, residents=1, **fields):
    """A hearing that draws its participants: five traders for two seats, one resident for one."""
    facts = {"sign_up_until": UNTIL, "speaker_seats": seats, "groups": sides, "method_kind": "draw"} | fields
    with clock_set_to(OPENED):
        session = announce(journey.document, by=clerk, kind="hearing", held_on=HELD, **facts)
        groups = list(session.groups.all()) or [None, None]
        for number, group in enumerate([groups[0]] * traders + [groups[1]] * residents, start=1):
            speak(session, number, group)
    return session


def speak(session, number, group=None):
    return sign_up(session, wish="speak", name=f"代表{number}", contact=f"0000-{number:07d}", group=group)[0]


def drawn(session, clerk):
    with clock_set_to(AFTER):
        draw_participants(freeze_pool(session, by=clerk), by=clerk, **WITNESS)
    return Session.objects.get(pk=session.pk)


def of_side(session, name="商户"):
    return session.sign_ups.filter(group__name=name, drawn_rank__isnull=False).order_by("drawn_rank")


def listed(session):
    return list(
        session.participants.filter(removed_at=None).order_by("id").values_list("sign_up__number", "reason")
    )  # fmt: skip


def said(signed_up):
    return status_of(Receipt.objects.get(subject_uuid=signed_up.public_id))


def test_the_drawn_take_part_for_that_reason_and_the_others_are_reserves_in_order(session, clerk):
    session = drawn(session, clerk)
    first, second, *others = of_side(session)
    assert dict(listed(session)) == {
        first.number: "公开抽取第 1 位", second.number: "公开抽取第 2 位", 6: FILLED_REASON,
    }  # fmt: skip
    assert [each.state for each in (first, second, *others)] == ["chosen", "chosen"] + ["not_chosen"] * 3
    assert list(reserves(session)) == others
    places = session.draw.result.places.filter(entry__group__name="商户").order_by("rank")
    assert [place.entry.number for place in places] == [each.number for each in (first, second, *others)]


def test_without_sides_all_stand_in_one_group(journey, clerk):
    session = drawn(announced(journey, clerk, sides=[], seats=2, traders=4, residents=0), clerk)
    assert sorted(reason for _, reason in listed(session)) == ["公开抽取第 1 位", "公开抽取第 2 位"]
    assert session.draw.groups.get().places == 2


def test_the_pool_holds_numbers_and_no_names(session, clerk):
    session = drawn(session, clerk)
    assert [entry.label for entry in session.draw.entries.all()] == [f"第 {number} 号报名" for number in range(1, 7)]


def test_there_is_no_draw_before_the_sign_up_is_over_nor_once_the_session_has_begun(session, clerk):
    with clock_set_to(UNTIL), pytest.raises(SessionRefused, match="报名还没有截止"):
        freeze_pool(session, by=clerk)
    with clock_set_to(AFTER):
        freeze_pool(session, by=clerk)
    with clock_set_to(beginning(HELD)), pytest.raises(SessionRefused, match="已经开始"):
        draw_participants(session, by=clerk, **WITNESS)
    assert DrawResult.objects.count() == 0


def test_a_cancelled_session_is_not_drawn(session, clerk):
    with clock_set_to(AFTER):
        cancel_session(session, by=clerk, reason="草案撤回。")
        with pytest.raises(SessionRefused, match="已经取消"):
            freeze_pool(session, by=clerk)


def test_the_pool_comes_before_the_draw_and_each_of_them_once(session, clerk):
    with clock_set_to(AFTER):
        with pytest.raises(SessionRefused, match="先固定名册"):
            draw_participants(session, by=clerk, **WITNESS)
        freeze_pool(session, by=clerk)
        with pytest.raises(SessionRefused, match="不能再改"):
            freeze_pool(session, by=clerk)
        draw_participants(session, by=clerk, **WITNESS)
        with pytest.raises(SessionRefused, match="已经抽取过"):
            draw_participants(session, by=clerk, **WITNESS)
    assert Draw.objects.count() == 1
    assert Participant.objects.count() == 3


def test_a_word_that_cannot_be_typed_again_is_refused_beside_its_field(session, clerk):
    with clock_set_to(AFTER):
        freeze_pool(session, by=clerk)
        with pytest.raises(SessionRefused) as refused:
            draw_participants(session, by=clerk, **WITNESS | {"spoken": "桂 花"})
    assert refused.value.field == "spoken"


def test_where_no_side_has_more_people_than_seats_all_take_part_without_a_draw(journey, clerk):
    session = announced(journey, clerk, traders=2)
    with clock_set_to(AFTER):
        with pytest.raises(SessionRefused, match="不用抽取"):
            freeze_pool(session, by=clerk)
        fill_without_draw(session, by=clerk)
        with pytest.raises(SessionRefused, match="没有待确定的报名"):
            fill_without_draw(session, by=clerk)
        assert "不用抽取，您已确定为参加人" in said(session.sign_ups.get(number=1)).message
    assert listed(session) == [(1, FILLED_REASON), (2, FILLED_REASON), (3, FILLED_REASON)]
    assert Draw.objects.count() == 0


def test_a_side_that_has_to_be_drawn_is_not_filled(session, clerk):
    with clock_set_to(AFTER), pytest.raises(SessionRefused, match="“商户”报名多于名额"):
        fill_without_draw(session, by=clerk)


def test_nobody_is_chosen_by_hand_and_no_list_published_where_the_notice_promised_a_draw(session, clerk):
    with clock_set_to(AFTER):
        with pytest.raises(SessionRefused, match="不能直接选定"):
            choose(session, [1], by=clerk, reason="合适。")
        with pytest.raises(SessionRefused, match="请先抽取"):
            publish_list(session, by=clerk)
    session = drawn(session, clerk)
    with clock_set_to(AFTER):
        assert publish_list(session, by=clerk).participants_published_at


def test_the_published_method_and_the_rank_drawn_never_change(session, clerk):
    session = drawn(session, clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Session.objects.update(method_kind="criteria")
    with pytest.raises(DatabaseError), transaction.atomic():
        Session.objects.update(draw=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        SignUp.objects.filter(drawn_rank=3).update(drawn_rank=1)


def test_a_seat_that_becomes_free_goes_to_the_next_reserve_and_to_nobody_else(session, clerk):
    session = drawn(session, clerk)
    first, _, third, fourth, _ = of_side(session)
    with clock_set_to(AFTER):
        assert vacancies(session) == []
        with pytest.raises(SessionRefused, match="不是候补第一位"):
            call_up(session, by=clerk, number=third.number)
        withdraw_sign_up(first)
        free = vacancies(session)
        assert [(each.name, each.free, each.next) for each in free] == [("商户", 1, third)]
        with pytest.raises(SessionRefused, match="不是候补第一位"):
            call_up(session, by=clerk, number=fourth.number)
        assert call_up(session, by=clerk, number=third.number).reason == "公开抽取第 3 位，依次递补"
        with pytest.raises(SessionRefused, match="不是候补第一位"):
            call_up(session, by=clerk, number=third.number)
        assert vacancies(session) == []
    assert session.file.audit_entries.filter(verb="session.called_up").count() == 1


def test_who_was_taken_off_the_list_is_no_reserve(session, clerk):
    session = drawn(session, clerk)
    with clock_set_to(AFTER):
        person = session.participants.get(sign_up__drawn_rank=1)
        remove_participant(person, by=clerk, reason="冒用他人名义。")
        assert vacancies(session)[0].next.drawn_rank == 3
        assert "移出了名单" in said(person.sign_up).message


def test_who_gave_up_between_pool_and_draw_keeps_the_place_and_leaves_the_seat(session, clerk):
    with clock_set_to(AFTER):
        freeze_pool(session, by=clerk)
        for number in (1, 2, 3):
            withdraw_sign_up(session.sign_ups.get(number=number))
        draw_participants(session, by=clerk, **WITNESS)
        while (waiting := vacancies(session)) and waiting[0].next:
            call_up(session, by=clerk, number=waiting[0].next.number)
    assert Session.objects.get().draw.entries.count() == 6
    assert {number for number, _ in listed(session)} == {4, 5, 6}
    assert of_side(session).count() == 5


def test_the_receipt_says_where_one_stands_in_the_draw_with_a_link_to_it(session, clerk):
    one = session.sign_ups.get(number=1)
    with clock_set_to(UNTIL):
        assert "截止后公开抽取" in said(one).message
    with clock_set_to(AFTER):
        frozen = freeze_pool(session, by=clerk)
        assert "您是名册中的“第 1 号报名”" in said(one).message
        draw_participants(session, by=clerk, **WITNESS)
        address = f"/draws/{frozen.draw.public_id}/"
        first, second, third, fourth, fifth = of_side(session)
        assert "排第 1 位，已确定为参加人" in said(first).message
        assert "排第 4 位，没有入选。现在是“商户”候补第 2 位" in said(fourth).message
        assert all(address in dict((url, label) for label, url in said(each).links) for each in (first, fifth))
        withdraw_sign_up(second)
        call_up(session, by=clerk, number=third.number)
        assert "已由候补递补为参加人" in said(third).message
        assert "候补第 1 位" in said(fourth).message
        assert [step.state for step in said(fourth).steps] == ["done", "done", "now", "todo", "todo"]
    with clock_set_to(beginning(HELD)):
        assert "候补" not in said(fifth).message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seats": 0, "sides": []}, "参加人名额和报名截止日期"),
        ({"sign_up_until": HELD}, "早于会议当日"),
        ({"seats": 4}, "等于参加人名额"),
        ({"sides": [("商户", 3), ("居民", 0)]}, "至少是 1 人"),
        ({"method_kind": "invited"}, "不设公开报名的参加人名额"),
        ({"method_kind": "criteria", "method": ""}, "写明条件"),
    ],
)
def test_a_notice_that_promises_what_cannot_be_held_is_refused(journey, clerk, changes, words):
    facts = {"observer_seats": 1} | changes
    with pytest.raises(SessionRefused, match=words):
        announced(journey, clerk, traders=0, residents=0, **facts)


def test_a_session_that_draws_is_not_moved_onto_the_last_day_of_the_sign_up(journey, clerk):
    with clock_set_to(OPENED):
        session = announce(
            journey.document, by=clerk, kind="forum", held_on=HELD, sign_up_until=UNTIL, speaker_seats=2,
            method_kind="draw",
        )  # fmt: skip
        with pytest.raises(SessionRefused, match="晚于报名截止日期"):
            move_session(session, by=clerk, held_at=beginning(UNTIL), place="二楼", reason="场地。")


def test_who_wants_to_speak_names_a_side_where_sides_are_drawn(session):
    with clock_set_to(OPENED), pytest.raises(SessionRefused, match="选择您代表的利益方"):
        speak(session, 9)


def test_the_queries_of_draw_and_receipt_do_not_grow(journey, clerk, django_assert_max_num_queries):
    session = announced(journey, clerk, traders=30)
    with clock_set_to(AFTER):
        session = freeze_pool(session, by=clerk)
        with django_assert_max_num_queries(30):
            draw_participants(session, by=clerk, **WITNESS)
        with django_assert_max_num_queries(3):
            vacancies(session)
        last = Receipt.objects.get(subject_uuid=of_side(session).last().public_id)
        with django_assert_max_num_queries(3):
            assert "候补第 28 位" in status_of(last).message


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_draw_at_once_one_is_told(world):
    journey = open_draft_to_public(world)
    session = announced(journey, journey.cast.clerk)
    with clock_set_to(AFTER):
        freeze_pool(session, by=journey.cast.clerk)
    start = Barrier(2)

    def run(person):
        try:
            start.wait(timeout=10)
            with clock_set_to(AFTER):
                return draw_participants(session, by=person, **WITNESS).draw_id
        except SessionRefused as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pair:
        given = list(pair.map(run, (journey.cast.clerk, journey.cast.head)))
    assert sum("已经抽取过" in str(answer) for answer in given) == 1
    assert Participant.objects.count() == 3
