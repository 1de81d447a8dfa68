"""Asking the public by questionnaire: open, receive, count, publish."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Count, Max

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.masking import personal_numbers
from portal.consultation.models import Answer, AnswerItem, Question, Questionnaire
from portal.moment import now, today

OPENED = verbs.declare("questionnaire.opened", "发布问卷")
WITHDRAWN = verbs.declare("questionnaire.withdrawn", "撤下问卷")
PROLONGED = verbs.declare("questionnaire.prolonged", "延长问卷")
PUBLISHED = verbs.declare("questionnaire.published", "公布问卷结果")
EXPORTED = verbs.declare("questionnaire.exported", "导出问卷结果")

MOST_QUESTIONS = 30
MOST_OPTIONS = 12
LONGEST_TEXT = 500
Kind = Question.Kind


class QuestionnaireRefused(ConsultationRefused):
    """The act on a questionnaire can't be done now; the message says why, in Chinese."""


@dataclass(frozen=True)
class Asked:
    """One question to be asked. ``kind`` is one of ``Question.Kind``; choices need at least two options."""

    text: str
    kind: str = Kind.SINGLE
    options: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class OptionCount:
    """How many chose this; ``percent`` of those who answered the question, one decimal."""

    label: str
    count: int
    percent: float


@dataclass(frozen=True)
class QuestionResult:
    """What came of one question. ``average`` only for scales; ``texts`` only for questions answered in words."""

    question: Question
    answered: int
    options: tuple[OptionCount, ...] = ()
    average: float | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Results:
    """All answers counted. ``total`` is how many questionnaires came back."""

    total: int
    questions: tuple[QuestionResult, ...]


@transaction.atomic
def open_questionnaire(
    file,
    *,
    by,
    title: str,
    purpose: str,
    questions: list[Asked],
    opens_on: date,
    closes_on: date,
    contact_unit: str = "",
    contact_phone: str = "",
) -> Questionnaire:
    """Put questions to the public from ``opens_on`` to ``closes_on``, both included; they can't change afterwards.

    :raises QuestionnaireRefused: closed file, dates in the past or crossed, no question, or one that is not whole.
    """
    if file.is_closed:
        raise QuestionnaireRefused("案卷已经办结，不能再发布问卷。")
    if opens_on < today() or closes_on < opens_on:
        raise QuestionnaireRefused("开始日期不能早于今天，截止日期不能早于开始日期。")
    if not title.strip() or not purpose.strip():
        raise QuestionnaireRefused("请填写标题和调查目的。")
    _require_whole(questions)
    last = Questionnaire.objects.filter(file_id=file.pk).aggregate(last=Max("number"))["last"] or 0
    questionnaire = Questionnaire.objects.create(
        file_id=file.pk, number=last + 1, title=title.strip(), purpose=purpose.strip(), opens_on=opens_on,
        closes_on=closes_on, question_count=len(questions), contact_unit=contact_unit, contact_phone=contact_phone,
        opened_by=by, opened_at=now(),
    )  # fmt: skip
    Question.objects.bulk_create(
        Question(
            questionnaire=questionnaire, order=order, kind=asked.kind, text=asked.text.strip(),
            options=[option.strip() for option in asked.options], required=asked.required,
        )
        for order, asked in enumerate(questions, start=1)
    )  # fmt: skip
    record(
        OPENED, by=by, file=file, summary=f"{questionnaire.title}，{opens_on:%Y-%m-%d} 至 {closes_on:%Y-%m-%d}"
    )  # fmt: skip
    return questionnaire


def fault_of(asked: Asked) -> str:
    """What is wrong with a question, in Chinese; empty when it can be asked."""
    if not asked.text.strip():
        return "请填写题目。"
    if asked.kind not in Kind.values:
        return "请选择题型。"
    options = [option.strip() for option in asked.options]
    if asked.kind in (Kind.SINGLE, Kind.MULTIPLE):
        if len(options) < 2 or not all(options):
            return "单选题和多选题至少要有两个选项。"
        if len(set(options)) < len(options):
            return "选项不能重复。"
        if len(options) > MOST_OPTIONS:
            return f"选项最多 {MOST_OPTIONS} 个。"
        if any(len(option) > 100 for option in options):
            return "每个选项不超过 100 字。"
    elif options:
        return "评分题和文字题不用填写选项。"
    return ""


def _require_whole(questions: list[Asked]) -> None:
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise QuestionnaireRefused(f"问卷应当有 1 至 {MOST_QUESTIONS} 道题。")
    for order, asked in enumerate(questions, start=1):
        fault = fault_of(asked)
        if fault:
            raise QuestionnaireRefused(f"第 {order} 题：{fault}")


@transaction.atomic
def answer_questionnaire(
    questionnaire: Questionnaire, answers: Mapping[int, list[int] | str], *, form_token: uuid.UUID | None = None
) -> Answer:
    """Take one filled-in questionnaire; with the same ``form_token`` again, it is the same answer.

    :param answers: by order of the question: the numbers chosen (a scale: the score), or the words.
    :raises QuestionnaireRefused: not open, a required question without answer, or something that can't be chosen.
    """
    questionnaire = _held(questionnaire)
    token = form_token or uuid.uuid4()
    known = questionnaire.answers.filter(form_token=token).first()
    if known is not None:
        return known
    if not questionnaire.is_open:
        raise QuestionnaireRefused("问卷不在填答期间，不再接收答卷。")
    questions = list(questionnaire.questions.all())
    rows = [row for question in questions for row in _rows(question, answers.get(question.order))]
    last = questionnaire.answers.aggregate(last=Max("number"))["last"] or 0
    answer = Answer.objects.create(questionnaire=questionnaire, number=last + 1, form_token=token, submitted_at=now())
    AnswerItem.objects.bulk_create(
        AnswerItem(answer=answer, question=question, choice=choice, text=text) for question, choice, text in rows
    )
    return answer


def _rows(question: Question, given) -> list[tuple[Question, int | None, str]]:
    where = f"第 {question.order} 题"
    if question.kind == Kind.TEXT:
        words = (given or "").strip() if isinstance(given or "", str) else ""
        if question.required and not words:
            raise QuestionnaireRefused(f"{where}是必答题。")
        if len(words) > LONGEST_TEXT:
            raise QuestionnaireRefused(f"{where}不超过 {LONGEST_TEXT} 字。")
        return [(question, None, words)] if words else []
    chosen = sorted(set(given or []))
    if question.required and not chosen:
        raise QuestionnaireRefused(f"{where}是必答题。")
    if not set(chosen) <= {number for number, _ in question.choices}:
        raise QuestionnaireRefused(f"{where}的选择不在选项之中。")
    if question.kind != Kind.MULTIPLE and len(chosen) > 1:
        raise QuestionnaireRefused(f"{where}只能选一项。")
    return [(question, choice, "") for choice in chosen]


def _held(questionnaire: Questionnaire) -> Questionnaire:
    return (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("file__organisation")
        .get(pk=questionnaire.pk)
    )


@transaction.atomic
def prolong(questionnaire: Questionnaire, *, by, closes_on: date) -> Questionnaire:
    """Close later than announced; never earlier, since people were told the day.

    :raises QuestionnaireRefused: over, withdrawn, or not later.
    """
    questionnaire = _held(questionnaire)
    if questionnaire.withdrawn_at or today() > questionnaire.closes_on:
        raise QuestionnaireRefused("问卷已经截止或者撤下，不能延长。")
    if closes_on <= questionnaire.closes_on:
        raise QuestionnaireRefused(f"新的截止日期应当晚于 {questionnaire.closes_on:%Y-%m-%d}。")
    questionnaire.closes_on = closes_on
    questionnaire.save(update_fields=["closes_on"])
    record(PROLONGED, by=by, file=questionnaire.file, summary=f"{questionnaire.title}，至 {closes_on:%Y-%m-%d}")
    return questionnaire


@transaction.atomic
def withdraw_questionnaire(questionnaire: Questionnaire, *, by, reason: str) -> Questionnaire:
    """Take it down, with the reason that its address goes on showing.

    :raises QuestionnaireRefused: no reason, withdrawn already, or its results are public.
    """
    questionnaire = _held(questionnaire)
    if not reason.strip():
        raise QuestionnaireRefused("请填写撤下的理由。")
    if questionnaire.withdrawn_at:
        raise QuestionnaireRefused("问卷已经撤下。")
    if questionnaire.results_published_at:
        raise QuestionnaireRefused("问卷结果已经公布，不能撤下。")
    questionnaire.withdrawn_at, questionnaire.withdrawn_reason = now(), reason.strip()
    questionnaire.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(WITHDRAWN, by=by, file=questionnaire.file, summary=f"{questionnaire.title}：{reason.strip()}")
    return questionnaire


@transaction.atomic
def publish_results(questionnaire: Questionnaire, *, by, findings: str = "") -> Questionnaire:
    """Show counts and percentages to the public, with what the office says of them; texts stay inside.

    :raises QuestionnaireRefused: still open, withdrawn, public already, or a personal number would be published.
    """
    questionnaire = _held(questionnaire)
    if questionnaire.withdrawn_at:
        raise QuestionnaireRefused("问卷已经撤下。")
    if today() <= questionnaire.closes_on:
        raise QuestionnaireRefused("问卷还没有截止，不能公布结果。")
    if questionnaire.results_published_at:
        raise QuestionnaireRefused("问卷结果已经公布。")
    numbers = personal_numbers(findings)
    if numbers:
        raise QuestionnaireRefused(f"结果说明含有{'、'.join(numbers)}，请遮盖后再公布。")
    questionnaire.findings = findings.strip()
    questionnaire.results_published_at, questionnaire.results_published_by = now(), by
    questionnaire.save(update_fields=["findings", "results_published_at", "results_published_by"])
    record(PUBLISHED, by=by, file=questionnaire.file, summary=questionnaire.title)
    return questionnaire


def results(questionnaire: Questionnaire, *, texts: int = 0) -> Results:
    """All answers counted, in the order of the questions, with three queries (four with texts).

    :param texts: how many texts to give for each question answered in words, the newest first.
    """
    questions = list(questionnaire.questions.all())
    items = AnswerItem.objects.filter(question__questionnaire=questionnaire).order_by()
    chosen = {
        (row["question"], row["choice"]): row["n"]
        for row in items.filter(choice__isnull=False).values("question", "choice").annotate(n=Count("pk"))
    }
    answered = dict(
        items.values_list("question").annotate(n=Count("answer", distinct=True)).values_list("question", "n")
    )
    words: dict[int, list[str]] = {}
    if texts:
        wordy = [question.pk for question in questions if question.kind == Kind.TEXT]
        for question, text in (
            items.filter(question__in=wordy).order_by("-answer__number").values_list("question", "text")
        ):
            if len(words.setdefault(question, [])) < texts:
                words[question].append(text)
    counted = tuple(
        _result(question, answered.get(question.pk, 0), chosen, tuple(words.get(question.pk, ())))
        for question in questions
    )
    return Results(total=questionnaire.answers.count(), questions=counted)


def _result(question: Question, answered: int, chosen: dict, texts: tuple[str, ...]) -> QuestionResult:
    counts = [(number, label, chosen.get((question.pk, number), 0)) for number, label in question.choices]
    average = None
    if question.kind == Kind.SCALE and answered:
        average = round(sum(number * count for number, _, count in counts) / answered, 2)
    return QuestionResult(
        question=question,
        answered=answered,
        options=tuple(
            OptionCount(label, count, round(100 * count / answered, 1) if answered else 0.0)
            for _, label, count in counts
        ),
        average=average,
        texts=texts,
    )
