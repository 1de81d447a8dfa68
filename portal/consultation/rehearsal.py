"""A session or a questionnaire walked from notice to report, day by day, as its people would. Demos and tests use it.

Each act goes through the service functions, with the clock set to its day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile

from portal.audit.context import acting
from portal.consultation.asking import receive_question
from portal.consultation.explaining import answer_question, settle
from portal.consultation.grouping import answer_group, make_group
from portal.consultation.models import DraftVersion, OpinionGroup, PublicQuestion, Session, SessionKind
from portal.consultation.questionnaires import Asked, answer_questionnaire, open_questionnaire
from portal.consultation.sessions import (
    announce_session,
    answer_voice,
    close_session,
    keep_record,
    note_material_sent,
    publish_report,
    seal_record,
    voice,
)
from portal.consultation.standing import newest
from portal.consultation.taking_part import choose, invite, publish_list, sign_up
from portal.consultation.versions import current_draft, publish_draft
from portal.moment import SHANGHAI, clock_set_to

BEGINS = time(9, 30)


@dataclass(frozen=True)
class Voice:
    """Somebody who signs up (or is invited), what they say, and the answer to it."""

    name: str
    capacity: str
    words: str
    outcome: str = "adopted"
    answer: str = "采纳，写入送审稿。"
    invited: bool = False


def beginning(day: date) -> datetime:
    """Half past nine of that day."""
    return datetime.combine(day, BEGINS, SHANGHAI)


def announce(file, *, by, kind: str, held_on: date, title: str = "", **fields) -> Session:
    """A session with the usual facts, announced on the day the clock shows; ``fields`` replace any of them."""
    label = SessionKind(kind).label
    facts = {
        "title": title or f"{file.title}{label}",
        "purpose": f"听取各方面对《{file.title}》草案的意见和建议。",
        "notice": "请参加人携带有效身份证件，提前十五分钟到场。发言围绕草案内容，每人不超过八分钟。",
        "place": f"{file.organisation.name}三楼会议室",
        "contact_unit": file.organisation.name,
        "contact_phone": "0000-6128001",
        "method": "从报名的人中选择与事项有直接利害关系、观点有代表性的。" if fields.get("speaker_seats") else "",
    } | fields
    if kind == SessionKind.WRITTEN:
        facts |= {"place": "", "notice": fields.get("notice", "请于截止时间前书面反馈意见。")}
    return announce_session(file, by=by, kind=kind, held_at=beginning(held_on), **facts)


def walk_session(
    file, *, by, kind: str, announced_on: date, held_on: date, voices: tuple[Voice, ...] = (), report: str = "",
    publish: bool = True, **fields,
) -> Session:  # fmt: skip
    """A whole session: announced, signed up for, list published, held, recorded, answered, reported.

    Without ``voices`` one invited deputy speaks. The report is published two days after the session.
    """
    voices = voices or (Voice("钱代表", "人大代表", "建议明确办理时限。", invited=True),)
    speakers = [each for each in voices if not each.invited]
    if speakers and kind != SessionKind.WRITTEN:
        fields = {"speaker_seats": len(speakers), "sign_up_until": announced_on + timedelta(days=2)} | fields
    with clock_set_to(announced_on):
        session = announce(file, by=by, kind=kind, held_on=held_on, **fields)
    with clock_set_to(announced_on + timedelta(days=1)):
        numbers = {
            each: sign_up(session, wish="speak", name=each.name, contact=f"0000-61{number:05d}", views=each.words)[0]
            for number, each in enumerate(speakers, start=10001)
        }
    with clock_set_to(min(announced_on + timedelta(days=3), held_on)):
        people = {each: invite(session, by=by, name=each.name, capacity=each.capacity, reason="所在领域的代表。")
                  for each in voices if each.invited}  # fmt: skip
        if numbers:
            chosen = choose(
                session, [signed_up.number for signed_up in numbers.values()], by=by, reason="与事项有直接利害关系。"
            )
            people |= dict(zip(speakers, chosen, strict=True))
        publish_list(session, by=by)
        session = note_material_sent(session, by=by, on=min(announced_on + timedelta(days=3), held_on))
    with clock_set_to(beginning(held_on) + timedelta(hours=3)):
        keep_record(session, by=by, host=by.full_name, recorder=by.full_name, observers_present=0,
                    course="主持人说明事项和议程，起草单位介绍草案，参加人依次发言，主持人小结。",
                    attended=[participant.pk for participant in people.values()])  # fmt: skip
        opinions = [(each, voice(session, participant=people[each], content=each.words)) for each in voices]
        signed = ContentFile(f"{session.title}笔录\n\n参加人签字确认。".encode(), name="签字笔录.txt")
        seal_record(session, by=by, signed_record=signed)
    with clock_set_to(held_on + timedelta(days=1)):
        for each, opinion in opinions:
            answer_voice(opinion, outcome=each.outcome, answer=each.answer, by=by)
        session = close_session(session, by=by, report=report or _usual_report(session, len(voices)))
    if publish:
        with clock_set_to(held_on + timedelta(days=2)):
            session = publish_report(session, by=by)
    return session


def _usual_report(session: Session, count: int) -> str:
    return (
        f"{session.title}于{session.held_on:%Y年%-m月%-d日}举行，参加人 {count} 人，共提出意见 {count} 条。"
        "各方面总体赞成草案，对具体措施提出了修改建议。起草单位逐条研究，采纳情况见意见表。"
    )


def walk_questionnaire(file, *, by, opens_on: date, closes_on: date, title: str = "", answers: int = 3):
    """A questionnaire of four questions, one of each kind, with so many answers on its first day."""
    with clock_set_to(opens_on):
        questionnaire = open_questionnaire(
            file, by=by, title=title or f"{file.title}问卷调查", purpose=f"了解公众对《{file.title}》的看法。",
            questions=[
                Asked("您是否了解这项规定？", "single", ("了解", "听说过", "不了解")),
                Asked("您最关心哪些方面？", "multiple", ("收费", "办理时限", "监督投诉", "信息公开"), required=False),
                Asked("您对执行效果的总体评价？", "scale"),
                Asked("您还有什么建议？", "text", required=False),
            ],
            opens_on=opens_on, closes_on=closes_on, contact_unit=file.organisation.name,
            contact_phone="0000-6128001",
        )  # fmt: skip
        for number in range(answers):
            answer_questionnaire(
                questionnaire,
                {1: [number % 3 + 1], 2: sorted({1 + number % 4, 2}), 3: [3 + number % 3],
                 4: "建议把办理结果贴在公示栏。" if number % 4 == 0 else ""},
            )  # fmt: skip
    return questionnaire


def new_draft(file, *, by, on: date, changes: Mapping[str, str], reason: str) -> DraftVersion:
    """The clerk changes these words of the file's draft and puts it before the public as a further version."""
    consultation = newest(file)
    text = current_draft(consultation).text
    for old, new in changes.items():
        text = text.replace(old, new)
    with clock_set_to(on), acting(by):
        file.draft_text = text
        file.save(update_fields=["draft_text"])
        return publish_draft(consultation, by=by, text=text, reason=reason)


def answer_together(file, numbers: list[int], *, by, on: date, name: str, outcome: str, answer: str) -> OpinionGroup:
    """Opinions that say the same get one answer."""
    with clock_set_to(on):
        group = make_group(newest(file), numbers, name=name, by=by)
        answer_group(group, outcome=outcome, answer=answer, by=by)
    return group


def walk_question(
    file, *, by, asked_on: date, content: str, answer: str = "", reviewer=None
) -> PublicQuestion:  # fmt: skip
    """A question of the public: asked; answered the day after, if there is an answer; reviewed, if by somebody."""
    with clock_set_to(asked_on):
        question, _, _ = receive_question(file, content=content)
    with clock_set_to(asked_on + timedelta(days=1)):
        if answer:
            question = answer_question(question, answer=answer, public_text=content, by=by)
        if reviewer is not None:
            question = settle(question, by=reviewer)
    return question
