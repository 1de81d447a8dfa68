"""Answering what the public asks (释疑解惑): one person answers, another reviews, then the matter's page shows it."""

from django.db import transaction

from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.asking import REVIEW, hand_over
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.masking import personal_numbers
from portal.consultation.models import PublicQuestion
from portal.moment import now
from portal.notifications.messages import notify

ANSWERED = verbs.declare("question.answered", "答复公众提问")
SENT_BACK = verbs.declare("question.sent_back", "退回对公众提问的答复")
SETTLED = verbs.declare("question.settled", "审核对公众提问的答复")

State = PublicQuestion.State


def _held(question: PublicQuestion, seen: str | None) -> PublicQuestion:
    question = (
        PublicQuestion.objects.select_for_update(of=("self",))
        .select_related("file__organisation", "answered_by")
        .get(pk=question.pk)
    )
    if question.state == State.SETTLED:
        raise ConsultationRefused("答复已经审核，不能再改。")
    if seen is not None and seen != question.seen:
        raise ConsultationRefused("这个问题刚刚已由他人办理。现在的情况见下，请核对后再办。")
    return question


@transaction.atomic
def answer_question(
    question: PublicQuestion, *, answer: str, public_text: str, for_asker_only: bool = False, by,
    seen: str | None = None,
) -> PublicQuestion:  # fmt: skip
    """Answer a question; may be changed until it is reviewed.

    :param public_text: the question as it will be published, without what concerns a person.
    :param for_asker_only: the answer goes to the holder of the receipt alone.
    :param seen: ``question.seen`` as the person saw it; another state since then is a conflict.
    :raises ConsultationRefused: reviewed already, nothing written, somebody was faster, or an identity or mobile
        number would be published.
    """
    question = _held(question, seen)
    answer, public_text = answer.strip(), public_text.strip()
    if not answer:
        raise ConsultationRefused("请填写答复。", field="answer")
    if not public_text:
        raise ConsultationRefused("请填写公布的问题。", field="public_text")
    parts = [("答复", "answer", answer)]
    if not for_asker_only:
        parts.append(("公布的问题", "public_text", public_text))
    for where, field, text in parts:
        numbers = personal_numbers(text)
        if numbers:
            raise ConsultationRefused(f"{where}含有{'、'.join(numbers)}，请遮盖。", field=field)
    question.answer, question.public_text, question.for_asker_only = answer, public_text, for_asker_only
    question.state, question.answered_by, question.answered_at = State.ANSWERED, by, now()
    question.sent_back_reason = ""
    question.save(
        update_fields=[
            "answer", "public_text", "for_asker_only", "state", "answered_by", "answered_at", "sent_back_reason",
        ]
    )  # fmt: skip
    record(ANSWERED, by=by, file=question.file, summary=str(question))
    hand_over(question.file, by)
    reviewers = [person for person in holders(REVIEW, question.file.organisation) if person.pk != by.pk]
    notify(
        reviewers,
        f"待审核答复：{question.file.title}"[:200],
        f"{question}已拟出答复，请审核后公布。",
        file=question.file,
        key=f"question:{question.pk}:{question.answered_at.isoformat()}",
    )
    return question


@transaction.atomic
def send_back(question: PublicQuestion, *, by, reason: str, seen: str | None = None) -> PublicQuestion:
    """The reviewer wants the answer changed first.

    :raises ConsultationRefused: no answer to review, no reason, or somebody was faster.
    """
    question = _reviewable(question, by, seen)
    if not reason.strip():
        raise ConsultationRefused("请填写退回修改的意见。", field="reason")
    question.state, question.sent_back_reason = State.ASKED, reason.strip()[:300]
    question.save(update_fields=["state", "sent_back_reason"])
    record(SENT_BACK, by=by, file=question.file, summary=f"{question}：{question.sent_back_reason}"[:300])
    hand_over(question.file, by)
    return question


@transaction.atomic
def settle(question: PublicQuestion, *, by, seen: str | None = None) -> PublicQuestion:
    """Let the answer out: onto the matter's page, or to the holder of the receipt alone. It stays as it went out.

    :raises ConsultationRefused: no answer to review, by the one who wrote it, or somebody was faster.
    """
    question = _reviewable(question, by, seen)
    question.state, question.reviewed_by, question.reviewed_at = State.SETTLED, by, now()
    question.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    where = "只答复本人" if question.for_asker_only else "公布"
    record(SETTLED, by=by, file=question.file, summary=f"{question}，{where}")
    hand_over(question.file, by)
    return question


def _reviewable(question: PublicQuestion, by, seen: str | None) -> PublicQuestion:
    question = _held(question, seen)
    if question.state != State.ANSWERED:
        raise ConsultationRefused("这个问题还没有拟出答复。")
    if question.answered_by_id == by.pk:
        raise ConsultationRefused(f"答复由{question.answered_by.full_name}拟出，须由另一人审核。")
    return question
