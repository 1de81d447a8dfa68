"""An address of every page about opinions, questions, sessions and questionnaires, for the access matrix."""

from datetime import date, timedelta

from portal.consultation import asking
from portal.consultation.drawing_participants import draw_participants, freeze_pool
from portal.consultation.grouping import make_group
from portal.consultation.rehearsal import Voice, announce, walk_questionnaire, walk_session
from portal.consultation.signing_up import COUNTER, hand_in
from portal.consultation.taking_part import sign_up
from portal.moment import clock_set_to


def participation_addresses(file, clerk, today: date) -> dict[str, dict[str, object]]:
    """Keyword arguments by URL name: a forum that was reported, one that is signed up for, a questionnaire."""
    held = walk_session(
        file, by=clerk, kind="forum", announced_on=today - timedelta(days=7), held_on=today - timedelta(days=3),
        voices=(Voice("赵大海", "商户", "建议分时段。"),), publish=False,
    )  # fmt: skip
    asked = walk_questionnaire(file, by=clerk, opens_on=today - timedelta(days=5), closes_on=today + timedelta(days=9))
    with clock_set_to(today):
        coming = announce(
            file, by=clerk, kind="forum", held_on=today + timedelta(days=9), sign_up_until=today + timedelta(days=5),
            observer_seats=2,
        )  # fmt: skip
        typed = {"wish": "listen", "sent_from": "person", "contact": "0000-6123999"}
        waiting, done = (COUNTER.keep(typed | {"name": name}, session=coming) for name in ("钱小河", "孙立春"))
        hand_in(coming, done)
    drawn = _drawn(file, clerk, today)
    person, opinion = held.participants.get(), held.opinions.get()
    inside = {"number": held.number, "sign_up": 1, "participant_id": person.public_id, "opinion_id": opinion.public_id}
    names = (
        "staff-session", "staff-sign-ups", "staff-sign-ups-choose", "staff-sign-ups-export", "staff-sign-up-withdraw",
        "staff-participants", "staff-participant-remove", "staff-session-record", "staff-session-opinion",
    )  # fmt: skip
    public = {"public_id": coming.public_id}
    return {
        **{f"consultation:{name}": inside for name in names},
        "consultation:staff-session-act": {"number": held.number, "act": "publish"},
        "consultation:staff-session-draw": {"number": drawn.number},
        "draws": {"public_id": drawn.draw.public_id},
        "consultation:staff-questionnaire": {"number": asked.number},
        "consultation:staff-questionnaire-export": {"number": asked.number},
        "consultation:staff-questionnaire-act": {"number": asked.number, "act": "prolong"},
        "consultation:public-session": public,
        "consultation:public-sign-up": public,
        "consultation:public-sign-up-withdraw": public,
        "consultation:public-sign-up-check": public | {"token": waiting},
        "consultation:public-sign-up-receipt": public | {"token": done},
        **{
            f"consultation:public-{page}": {"public_id": asked.public_id}
            for page in ("questionnaire", "answer", "answered")
        },
    }


def opinion_addresses(consultation, decision, clerk) -> dict[str, dict[str, object]]:
    """A group of one opinion; a question that somebody asked about a decision, and one that is not handed in yet."""
    last = consultation.comments.latest("number")
    group = make_group(consultation, [last.number], name="建议明确时限", by=clerk)
    typed, done = (asking.COUNTER.keep({"content": "什么时候开工？"}, file_id=decision.pk) for _ in range(2))
    asking.hand_in(decision, done)
    matter = {"public_id": decision.public_id}
    return {
        "consultation:staff-group": {"round": consultation.round, "number": group.number},
        "consultation:staff-take-out": {"comment_id": last.public_id},
        "consultation:public-draft": {"public_id": consultation.public_id, "number": 1},
        "consultation:staff-questions": matter,
        "consultation:staff-question": matter | {"number": 1},
        "consultation:public-matter": matter,
        "consultation:public-ask": matter,
        "consultation:public-ask-check": matter | {"token": typed},
        "consultation:public-ask-receipt": matter | {"token": done},
    }


def _drawn(file, clerk, today: date):
    """A forum whose one participant was drawn from two yesterday."""
    with clock_set_to(today - timedelta(days=5)):
        session = announce(
            file, by=clerk, kind="forum", held_on=today + timedelta(days=3), sign_up_until=today - timedelta(days=2),
            speaker_seats=1, method_kind="draw",
        )  # fmt: skip
        for number, name in enumerate(("周建平", "李晓梅"), start=1):
            sign_up(session, wish="speak", name=name, contact=f"0000-612388{number}", views="赞成。")
    with clock_set_to(today - timedelta(days=1)):
        return draw_participants(
            freeze_pool(session, by=clerk), by=clerk, spoken="稻香", witness_name="吴桂芳", witness_post="村民代表"
        )
