"""Answering the question whether a paper is a normative document, before anything is drafted."""

from django.db import transaction

from normative_docs.models import Recognition
from normative_docs.models.recognition import FORBIDDEN_FORMS, QUESTIONS
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import today
from portal.workflow.refusals import NotAuthorised, StepRefused

RECOGNISED = verbs.declare("normative_docs.recognised", "规范性文件认定")


@transaction.atomic
def recognise(*, by, organisation, title: str, form: str, answers: dict[str, bool], reason: str) -> Recognition:
    """Record the answers and what follows: a normative document only when every test is met and the form may carry it.

    :param answers: one for each code of ``QUESTIONS``.
    :raises NotAuthorised: the person may not draft there. :raises StepRefused: a question is unanswered.
    """
    if not may(by, "normative_docs.draft", organisation):
        raise NotAuthorised("您没有在该机构认定规范性文件的权限。")
    if open_questions := [question.text for question in QUESTIONS if question.code not in answers]:
        raise StepRefused("还有问题没有回答：" + "、".join(open_questions))
    is_normative = form not in dict(FORBIDDEN_FORMS) and all(answers[question.code] for question in QUESTIONS)
    recognition = Recognition.objects.create(
        organisation=organisation,
        title=title,
        form=form,
        answers={question.code: bool(answers[question.code]) for question in QUESTIONS},
        is_normative=is_normative,
        reason=reason,
        recognised_by=by,
        recognised_on=today(),
    )
    record(
        RECOGNISED, by=by, organisation=organisation,
        summary=f"{'属于' if is_normative else '不属于'}行政规范性文件：{title}",
        payload={"form": form, "answers": recognition.answers},
    )  # fmt: skip
    return recognition


@transaction.atomic
def attach_recognition(document, *, by, title: str, form: str, answers: dict[str, bool], reason: str) -> Recognition:
    """Recognise what a file that was opened without a recognition holds.

    :raises StepRefused: it has one, or the answers say that it is no normative document.
    """
    if hasattr(document, "recognition"):
        raise StepRefused("这件文件已经认定。")
    recognition = recognise(
        by=by, organisation=document.organisation, title=title, form=form, answers=answers, reason=reason
    )
    if not recognition.is_normative:
        raise StepRefused(conclusion_of(recognition))
    recognition.document = document
    recognition.save(update_fields=["document"])
    return recognition


def conclusion_of(recognition: Recognition) -> str:
    """What the answers mean, in one sentence for the screen."""
    if recognition.is_alarm:
        return (
            f"{recognition.get_form_display()}不得用来制发规范性文件：内容涉及不特定的人的权利义务，"
            "应当改用办法、规定、通告等文种，并走规范性文件制定程序。"
        )
    if recognition.form in dict(FORBIDDEN_FORMS):
        return f"{recognition.get_form_display()}不是规范性文件，也不得用来制发规范性文件。"
    if recognition.is_normative:
        return "属于行政规范性文件，须经公开征求意见、合法性审核、集体讨论、统一登记编号公布和报送备案。"
    return "不属于行政规范性文件：" + "；".join(question.otherwise for question in recognition.failed) + "。"
