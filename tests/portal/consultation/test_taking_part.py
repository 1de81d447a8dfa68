"""Seats in the order of the sign-ups, never one too many; participants for a reason, within their side's seats."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from portal.consultation.models import SignUp
from portal.consultation.rehearsal import announce, beginning
from portal.consultation.sessions import SessionRefused, cancel_session
from portal.consultation.taking_part import (
    choose,
    invite,
    place_in_waiting,
    publish_list,
    remove_participant,
    sign_up,
    withdraw_sign_up,
)
from portal.moment import clock_set_to
from portal.receipts.issue import status_of
from portal.receipts.models import Receipt
from tests.portal.consultation.town import OPENED, open_draft_to_public

HELD = date(2026, 4, 1)
UNTIL = date(2026, 3, 20)
State = SignUp.State


def announced(world, **fields):
    journey = open_draft_to_public(world)
    facts = {"sign_up_until": UNTIL, "observer_seats": 2} | fields
    with clock_set_to(OPENED):
        return announce(journey.document, by=journey.cast.clerk, kind="hearing", held_on=HELD, **facts), journey.cast


def listen(session, number):
    return sign_up(session, wish="listen", name=f"听众{number}", contact=f"0000-{number:07d}")[0]


def speak(session, number, group=None):
    return sign_up(session, wish="speak", name=f"代表{number}", contact=f"0000-{number:07d}", group=group)[0]


def states(session):
    return list(session.sign_ups.order_by("number").values_list("state", "seat"))


@pytest.fixture
def session(world):
    session, _ = announced(world)
    with clock_set_to(OPENED):
        yield session


def test_the_first_get_the_seats_and_the_others_wait_in_order(session):
    people = [listen(session, number) for number in range(4)]
    assert states(session) == [("seated", 1), ("seated", 2), ("waiting", None), ("waiting", None)]
    assert [place_in_waiting(each) for each in people] == [0, 0, 1, 2]


def test_a_seat_given_back_goes_to_the_first_who_waits(session):
    first, _, third, fourth = (listen(session, number) for number in range(4))
    withdraw_sign_up(first)
    assert states(session) == [("withdrawn", None), ("seated", 2), ("seated", 1), ("waiting", None)]
    assert place_in_waiting(fourth) == 1
    with pytest.raises(SessionRefused, match="已经取消"):
        withdraw_sign_up(first)
    assert third.pk == session.sign_ups.get(seat=1).pk


def test_whoever_comes_later_does_not_pass_those_who_wait(session):
    people = [listen(session, number) for number in range(3)]
    withdraw_sign_up(people[2])
    withdraw_sign_up(people[0])
    late = listen(session, 9)
    assert (late.state, late.seat) == (State.SEATED, 1)


def test_the_same_person_signs_up_once_but_again_after_taking_it_back(session):
    first = listen(session, 1)
    with pytest.raises(SessionRefused, match="报过名"):
        listen(session, 1)
    withdraw_sign_up(first)
    assert listen(session, 1).number == 2


def test_sign_up_ends_with_its_last_day_and_with_the_cancellation(world):
    session, cast = announced(world)
    with clock_set_to(UNTIL):
        assert listen(session, 1).state == State.SEATED
    with clock_set_to(UNTIL + timedelta(days=1)), pytest.raises(SessionRefused, match="截止"):
        listen(session, 2)
    with clock_set_to(UNTIL):
        cancel_session(session, by=cast.clerk, reason="草案撤回。")
        with pytest.raises(SessionRefused, match="截止"):
            listen(session, 3)


def test_nobody_signs_up_to_speak_where_no_speakers_are_sought(session):
    with pytest.raises(SessionRefused, match="不公开征集参加人"):
        speak(session, 1)


def test_what_was_handed_in_never_changes_and_no_seat_is_given_twice(session):
    listen(session, 1)
    listen(session, 2)
    for change in ({"name": "别人"}, {"contact": "1"}, {"submitted_at": beginning(HELD)}, {"seat": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SignUp.objects.filter(number=2).update(**change)


def test_participants_are_chosen_for_a_reason_within_the_seats_of_their_side(world):
    session, cast = announced(world, speaker_seats=3, groups=[("商户", 2), ("居民", 1)])
    traders, residents = session.groups.all()
    with clock_set_to(OPENED):
        for number, group in enumerate((traders, traders, traders, residents), start=1):
            speak(session, number, group)
    with clock_set_to(UNTIL + timedelta(days=1)):
        with pytest.raises(SessionRefused, match="理由"):
            choose(session, [1], by=cast.clerk, reason=" ")
        with pytest.raises(SessionRefused, match="“商户”的名额是 2 人，选了 3 人"):
            choose(session, [1, 2, 3], by=cast.clerk, reason="按先后")
        with pytest.raises(SessionRefused, match="还剩 3 人，选了 4 人"):
            choose(session, [1, 2, 3, 4], by=cast.clerk, reason="按先后")
        chosen = choose(session, [1, 2, 4], by=cast.clerk, reason="按先后")
        assert [each.capacity for each in chosen] == ["商户", "商户", "居民"]
        with pytest.raises(SessionRefused, match="没有选中"):
            choose(session, [1], by=cast.clerk, reason="再选")
        publish_list(session, by=cast.clerk)
    assert [state for state, _ in states(session)] == ["chosen", "chosen", "not_chosen", "chosen"]


def test_a_participant_who_gives_up_leaves_room_for_another(world):
    session, cast = announced(world, speaker_seats=1, observer_seats=0)
    with clock_set_to(OPENED):
        first, _ = speak(session, 1), speak(session, 2)
    with clock_set_to(UNTIL + timedelta(days=1)):
        choose(session, [1], by=cast.clerk, reason="按先后")
        publish_list(session, by=cast.clerk)
        withdraw_sign_up(first)
        choose(session, [2], by=cast.clerk, reason="递补")
    there = session.participants.filter(removed_at__isnull=True)
    assert [person.name for person in there] == ["代表2"]


def test_who_was_taken_off_the_list_can_be_chosen_again(world):
    session, cast = announced(world, speaker_seats=1, observer_seats=0)
    with clock_set_to(OPENED):
        speak(session, 1)
        person = choose(session, [1], by=cast.clerk, reason="按先后")[0]
        remove_participant(person, by=cast.clerk, reason="利害关系待核。")
        assert states(session) == [("not_chosen", None)]
        assert choose(session, [1], by=cast.clerk, reason="已核实")[0].pk == person.pk
    assert session.participants.get().removed_at is None


def test_the_list_is_published_after_sign_up_and_not_empty(world):
    session, cast = announced(world, speaker_seats=1)
    with clock_set_to(OPENED), pytest.raises(SessionRefused, match="报名还没有截止"):
        publish_list(session, by=cast.clerk)
    with clock_set_to(UNTIL + timedelta(days=1)):
        with pytest.raises(SessionRefused, match="还没有确定参加人"):
            publish_list(session, by=cast.clerk)
        invite(session, by=cast.clerk, name="钱代表", capacity="人大代表", reason="联系本镇。")
        assert publish_list(session, by=cast.clerk).participants_published_at


def test_the_receipt_tells_the_truth_of_the_moment(world):
    session, cast = announced(world, speaker_seats=1, observer_seats=1)
    with clock_set_to(OPENED):
        seated, waiting, speaker = listen(session, 1), listen(session, 2), speak(session, 3)

        def said(signed_up):
            return status_of(Receipt.objects.get(subject_uuid=signed_up.public_id)).message

        assert "席号 1" in said(seated)
        assert "候补第 1 位" in said(waiting)
        withdraw_sign_up(seated)
        assert "席号 1" in said(waiting)
        assert "已经取消" in said(seated)
        choose(session, [speaker.number], by=cast.clerk, reason="按先后")
        assert "已确定" not in said(speaker)
    with clock_set_to(UNTIL + timedelta(days=1)):
        publish_list(session, by=cast.clerk)
        assert "已确定为参加人" in said(speaker)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("connections", "each", "seats"), [(12, 1, 2), pytest.param(25, 8, 20, marks=pytest.mark.full)]
)  # fmt: skip
def test_of_many_at_once_as_many_as_seats_are_seated_and_the_others_wait_in_one_order(world, connections, each, seats):
    """So many connections, each with so many people behind it, all begin at the same moment; everybody is told true."""
    session, _ = announced(world, observer_seats=seats)
    all_of_them = connections * each
    start = Barrier(connections)

    def run(first):
        try:
            start.wait(timeout=30)
            with clock_set_to(OPENED):
                return [
                    (signed_up.pk, status_of(receipt).message)
                    for signed_up, receipt, _ in (
                        sign_up(session, wish="listen", name=f"听众{number}", contact=f"0000-{number:07d}")
                        for number in range(first, first + each)
                    )
                ]  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(connections) as pool:
        told = dict(pair for pairs in pool.map(run, range(0, all_of_them, each)) for pair in pairs)
    people = list(session.sign_ups.order_by("number"))
    assert [person.number for person in people] == list(range(1, all_of_them + 1))
    assert [person.seat for person in people] == [*range(1, seats + 1), *[None] * (all_of_them - seats)]
    assert [place_in_waiting(person) for person in people] == [0] * seats + list(range(1, all_of_them - seats + 1))
    assert Receipt.objects.count() == all_of_them
    for place, person in enumerate(people, start=1):
        assert (f"席号 {place}。" if place <= seats else f"候补第 {place - seats} 位。") in told[person.pk]
