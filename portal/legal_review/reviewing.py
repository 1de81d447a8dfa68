"""Running a review: request, findings, responses, conclusion."""

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.numbering import allocate, document_number
from portal.legal_review.checklist import QUESTIONS
from portal.legal_review.models import CheckAnswer, Conclusion, Finding, LegalityReview
from portal.moment import now, today
from portal.workflow.refusals import StepRefused

REQUESTED = verbs.declare("review.requested", "送合法性审核")
FOUND = verbs.declare("review.finding", "登记审核意见")
RESPONDED = verbs.declare("review.responded", "回应审核意见")
CONCLUDED = verbs.declare("review.concluded", "出具合法性审核意见")


class ReviewRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


def newest(file) -> LegalityReview | None:
    return file.legality_reviews.order_by("-round").select_related("reviewer", "reviewing_body").first()


@transaction.atomic
def request_review(file, *, by, reviewing_body) -> LegalityReview:
    """Open a round with a complete pack; the review period runs from today."""
    last = file.legality_reviews.aggregate(last=Max("round"))["last"] or 0
    review = LegalityReview.objects.create(
        file_id=file.pk, round=last + 1, reviewing_body=reviewing_body, requested_by=by,
        requested_on=today(), pack_complete_on=today(),
    )  # fmt: skip
    record(REQUESTED, by=by, file=file, summary=f"第 {review.round} 次送审，审核机构：{reviewing_body.name}")
    return review


def _open(review: LegalityReview) -> LegalityReview:
    review = LegalityReview.objects.select_for_update().get(pk=review.pk)
    if review.is_concluded:
        raise ReviewRefused("审核意见书已经出具，不能再改。")
    return review


@transaction.atomic
def add_finding(review: LegalityReview, *, by, clause: str, problem: str, basis: str, suggestion: str = "") -> Finding:
    """Write down one problem of one clause.

    :raises ReviewRefused: concluded already, or the drafter reviews the own draft.
    """
    review = _open(review)
    if review.requested_by_id == by.pk:
        raise ReviewRefused("送审人不能审核自己送审的文稿。")
    last = review.findings.aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        review=review, number=last + 1, clause=clause, problem=problem, basis=basis, suggestion=suggestion
    )
    record(FOUND, by=by, file=review.file, summary=f"{clause}：{problem[:80]}")
    return finding


@transaction.atomic
def respond(finding: Finding, *, by, response: str, reason: str) -> Finding:
    """The drafter's answer to a finding; partial or no adoption needs detailed reasons (115号 六).

    :raises ReviewRefused: no reason where one is needed.
    """
    finding = Finding.objects.select_for_update(of=("self",)).select_related("review__file__organisation").get(pk=finding.pk)
    if response != Finding.Response.ACCEPTED and not reason.strip():
        raise ReviewRefused("部分采纳或者不采纳的，应当说明理由。")
    finding.response, finding.response_reason = response, reason.strip()
    finding.responded_by, finding.responded_at = by, now()
    finding.save(update_fields=["response", "response_reason", "responded_by", "responded_at"])
    record(
        RESPONDED, by=by, file=finding.review.file,
        summary=f"第 {finding.number} 条：{finding.get_response_display()}",
    )  # fmt: skip
    return finding


@transaction.atomic
def answer_checklist(review: LegalityReview, answers: dict[str, tuple[bool, str]]) -> None:
    """Keep the reviewer's answers; ``answers`` maps question code to (符合, note)."""
    review = _open(review)
    for code, (passed, note) in answers.items():
        CheckAnswer.objects.update_or_create(review=review, code=code, defaults={"passed": passed, "note": note})


@transaction.atomic
def conclude(review: LegalityReview, *, by, conclusion: str, opinion: str) -> LegalityReview:
    """Issue the written opinion with its number.

    :raises ReviewRefused: by the drafter; with an unanswered question; lawful although a question failed;
        to be amended or unlawful without any finding.
    """
    review = _open(review)
    if review.requested_by_id == by.pk:
        raise ReviewRefused("送审人不能审核自己送审的文稿。")
    answers = {answer.code: answer.passed for answer in review.checks.all()}
    open_questions = [question.text for question in QUESTIONS if question.code not in answers]
    if open_questions:
        raise ReviewRefused("审核清单还有未答的项目：" + "、".join(open_questions))
    if conclusion == Conclusion.LAWFUL and not all(answers.values()):
        raise ReviewRefused("审核清单中有“不符合”的项目，结论不能是“合法”。")
    if conclusion != Conclusion.LAWFUL and not review.findings.exists():
        raise ReviewRefused("结论不是“合法”的，至少要写明一条问题及其依据。")
    body = review.reviewing_body
    year = today().year
    serial = allocate(body, "legality_opinion", year)
    mark = body.document_mark or body.short_name
    review.reviewer, review.conclusion, review.opinion, review.concluded_at = by, conclusion, opinion, now()
    review.opinion_number = document_number(f"{mark}审", year, serial)
    review.save()
    record(
        CONCLUDED, by=by, file=review.file, summary=f"{review.opinion_number}：{review.get_conclusion_display()}",
        payload={"review": str(review.public_id), "conclusion": conclusion},
    )  # fmt: skip
    return review
