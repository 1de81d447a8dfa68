"""A session from its notice to its report: what each act asks for, and when the gate over it opens."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from portal.consultation.models import SessionKind, VoicedOpinion
from portal.consultation.rehearsal import Voice, announce, beginning, walk_session
from portal.consultation.sessions import (
    SessionRefused,
    answer_voice,
    cancel_session,
    close_session,
    keep_record,
    move_session,
    note_material_sent,
    notice_rule,
    publish_report,
    seal_record,
    voice,
)
from portal.consultation.standing import session_reported
from portal.consultation.taking_part import invite
from portal.documents.models import DocumentVersion
from portal.jobs import queue
from portal.moment import clock_set_to
from portal.workflow.declare import GateState
from tests.ground import made_once
from tests.portal.consultation.town import OPENED, open_draft_to_public

HELD = date(2026, 4, 1)
KINDS = (SessionKind.HEARING, SessionKind.FORUM)


@made_once
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def clerk(journey):
    return journey.cast.clerk


def on_file(journey):
    return journey.document


def held_session(journey, kind="forum"):
    """A session that began this morning, with one invited participant."""
    with clock_set_to(OPENED):
        session = announce(on_file(journey), by=journey.cast.clerk, kind=kind, held_on=HELD)
        guest = invite(session, by=journey.cast.clerk, name="孙老师", capacity="专家", reason="熟悉本领域。")
    return session, guest


def test_the_gate_opens_step_by_step_and_only_with_the_report(journey, clerk):
    file = on_file(journey)
    assert session_reported(file, KINDS).state == GateState.NOT_STARTED
    session, guest = held_session(journey)
    with clock_set_to(OPENED):
        assert "尚未举行" in session_reported(file, KINDS).explain
    with clock_set_to(beginning(HELD) + timedelta(hours=2)):
        assert "笔录没有完成" in session_reported(file, KINDS).explain
        keep_record(session, by=clerk, host="甲", recorder="乙", observers_present=3, course="依次发言。")
        opinion = voice(session, participant=guest, content="期限太短。")
        seal_record(session, by=clerk)
        assert "还有 1 条意见没有答复" in session_reported(file, KINDS).explain
        with pytest.raises(SessionRefused, match="没有答复"):
            close_session(session, by=clerk, report="报告。")
        answer_voice(opinion, outcome="partly", answer="延长五日。", by=clerk)
        assert session_reported(file, KINDS).state == GateState.IN_PROGRESS
        close_session(session, by=clerk, report="共一条意见。")
        assert session_reported(file, KINDS).state == GateState.MET
        assert session_reported(file, [SessionKind.ARGUMENT]).state == GateState.NOT_STARTED
        assert session_reported(file).state == GateState.MET


def test_a_hearing_is_announced_early_enough_for_its_material(journey, clerk):
    rule = notice_rule(on_file(journey), "hearing", HELD)
    assert (rule.notice_end, rule.last_day) == (date(2026, 3, 21), date(2026, 3, 24))
    with clock_set_to(date(2026, 3, 25)), pytest.raises(SessionRefused, match="2026-03-24 送达"):
        announce(on_file(journey), by=clerk, kind="hearing", held_on=HELD, shortened_reason="情况紧急。")
    with clock_set_to(date(2026, 3, 22)):
        with pytest.raises(SessionRefused, match="缩短公告时间的理由"):
            announce(on_file(journey), by=clerk, kind="hearing", held_on=HELD)
        late = announce(on_file(journey), by=clerk, kind="hearing", held_on=HELD, shortened_reason="汛期将至。")
    assert late.shortened_reason == "汛期将至。"


def test_the_clock_of_the_material_runs_moves_and_stops_with_the_session(journey, clerk):
    file = on_file(journey)
    with clock_set_to(OPENED):
        session = announce(file, by=clerk, kind="hearing", held_on=HELD)
        clock = file.deadlines.get(code="mad_hearing_material")
        assert clock.effective_end == date(2026, 3, 24)
        move_session(session, by=clerk, held_at=beginning(HELD + timedelta(days=2)), place="二楼", reason="场地检修")
        assert file.deadlines.get(code="mad_hearing_material", state="running").effective_end == date(2026, 3, 26)
        note_material_sent(session, by=clerk, on=OPENED)
    assert not file.deadlines.filter(code="mad_hearing_material", state="running").exists()


def test_a_hearing_record_is_signed_and_then_never_changes(journey, clerk):
    session, guest = held_session(journey, "hearing")
    with clock_set_to(beginning(HELD) + timedelta(hours=2)):
        keep_record(session, by=clerk, host="甲", recorder="乙", observers_present=0, course="依次发言。")
        voice(session, participant=guest, content="期限太短。")
        with pytest.raises(SessionRefused, match="签字"):
            seal_record(session, by=clerk)
        seal_record(session, by=clerk, signed_record=ContentFile(b"signed\n", name="record.txt"))
        with pytest.raises(SessionRefused, match="不能再改"):
            voice(session, participant=guest, content="补一条。")
    assert on_file(journey).documents.filter(slot="session_record").count() == 1
    for change in ({"content": "别的话"}, {"is_sealed": False}):
        with pytest.raises(DatabaseError), transaction.atomic():
            VoicedOpinion.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        VoicedOpinion.objects.all().delete()


def test_a_record_without_host_or_people_is_not_complete(journey, clerk):
    session, _ = held_session(journey)
    missing = pytest.raises(SessionRefused, match="主持人、会议经过、到会的参加人")
    with clock_set_to(beginning(HELD) + timedelta(hours=1)), missing:
        seal_record(session, by=clerk)
    with clock_set_to(OPENED), pytest.raises(SessionRefused, match="还没有举行"):
        keep_record(session, by=clerk, host="甲", recorder="乙", observers_present=0, course="无")


def test_a_cancelled_session_says_why_and_counts_for_nothing(journey, clerk):
    session, _ = held_session(journey, "hearing")
    with clock_set_to(OPENED):
        with pytest.raises(SessionRefused, match="取消的理由"):
            cancel_session(session, by=clerk, reason=" ")
        cancel_session(session, by=clerk, reason="草案撤回修改。")
        assert session_reported(on_file(journey), KINDS).state == GateState.NOT_STARTED
    assert not on_file(journey).deadlines.filter(code="mad_hearing_material", state="running").exists()


def test_no_personal_number_gets_into_what_is_published(journey, clerk):
    session, guest = held_session(journey)
    with clock_set_to(beginning(HELD) + timedelta(hours=2)):
        keep_record(session, by=clerk, host="甲", recorder="乙", observers_present=0, course="依次发言。")
        opinion = voice(session, participant=guest, content="请打我电话 13800138000。")
        seal_record(session, by=clerk)
        with pytest.raises(SessionRefused, match="手机号码"):
            answer_voice(opinion, outcome="adopted", answer="好。", by=clerk)
        answer_voice(opinion, outcome="adopted", answer="好。", by=clerk, public_text="请打我电话（略）。")
        with pytest.raises(SessionRefused, match="手机号码"):
            close_session(session, by=clerk, report="联系 13800138000。")


def test_the_report_is_published_once_and_after_it_was_filed(journey, clerk):
    session = walk_session(
        on_file(journey), by=clerk, kind="forum", announced_on=OPENED, held_on=HELD,
        voices=(Voice("赵大海", "商户", "建议分时段。"), Voice("钱代表", "人大代表", "赞成。", invited=True)),
    )  # fmt: skip
    assert session.report_published_at
    with pytest.raises(SessionRefused, match="已经公布"):
        publish_report(session, by=clerk)
    assert list(session.opinions.values_list("outcome", flat=True)) == ["adopted", "adopted"]


def test_a_written_consultation_has_no_seats(journey, clerk):
    with clock_set_to(OPENED), pytest.raises(SessionRefused, match="没有报名"):
        announce(on_file(journey), by=clerk, kind="written", held_on=HELD, observer_seats=3, sign_up_until=HELD)
    session = walk_session(on_file(journey), by=clerk, kind="written", announced_on=OPENED, held_on=HELD)
    assert session.get_kind_display() == "书面征求意见"


def test_the_worker_sets_the_report_as_a_paper_of_the_file_without_names(journey, clerk):
    session = walk_session(
        on_file(journey), by=clerk, kind="forum", announced_on=OPENED, held_on=HELD,
        voices=(Voice("赵大海", "商户", "建议分时段。", "partly", "周末采纳。"),),
    )  # fmt: skip
    with clock_set_to(HELD + timedelta(days=2)):
        (done,) = [queue.run(pk) for pk in queue.waiting().values_list("pk", flat=True)]
    assert done.message == "已完成"
    versions = DocumentVersion.objects.filter(document__file_id=on_file(journey).pk, document__slot="session_report")
    assert sorted(version.extension for version in versions) == ["docx", "pdf"]
    for version in versions:
        text = version.text.replace("\n", "")
        assert "建议分时段。" in text
        assert "周末采纳。" in text
        assert "赵大海" not in text
    assert session.title in on_file(journey).documents.filter(slot="session_report").first().label
