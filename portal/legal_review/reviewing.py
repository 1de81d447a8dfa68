"""Running a review: request, findings, responses, conclusion."""

from django.db import transaction
from django.db.models import Max

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.numbering import allocate, document_number
from portal.casefiles.reading import asked_once
from portal.legal_review.checklist import questions_for
from portal.legal_review.models import CheckAnswer, Conclusion, Finding, LegalityReview
from portal.legal_review.reviewing_body import reviewing_body_for
from portal.moment import now, today
from portal.organisations.models import OrganisationLevel
from portal.workflow.refusals import StepRefused

REQUESTED = verbs.declare("review.requested", "送合法性审核")
FOUND = verbs.declare("review.finding", "登记审核意见")
RESPONDED = verbs.declare("review.responded", "回应审核意见")
CHANGED = verbs.declare("review.finding_changed", "修改审核意见")
REMOVED = verbs.declare("review.finding_removed", "删去审核意见")
CHECKED = verbs.declare("review.checked", "填写审核清单")
CONCLUDED = verbs.declare("review.concluded", "出具合法性审核意见")


class ReviewRefused(StepRefused):
    """The act can't be done now; the message says why, in Chinese."""


@asked_once
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


def send_to_reviewer(file, *, by) -> list[str]:
    """Open a round at whoever reviews for the town, which the county sees from now on where that is one of its bodies.

    :returns: names of the fields set on the file, for the caller to save with its own.
    """
    body = reviewing_body_for(file.organisation)
    request_review(file, by=by, reviewing_body=body)
    file.reviewed_by_county = body.level == OrganisationLevel.COUNTY
    changed = ["reviewed_by_county"]
    if file.reviewed_by_county and file.addressed_to_county_at is None:
        file.addressed_to_county_at = now()
        changed.append("addressed_to_county_at")
    return changed


def rounds(file) -> list[LegalityReview]:
    """All rounds of the file, the newest first."""
    return list(file.legality_reviews.order_by("-round").select_related("reviewer", "reviewing_body", "requested_by"))


def _open(review: LegalityReview, by=None) -> LegalityReview:
    """The review, held against being concluded meanwhile; ``by`` is the person who reviews."""
    review = (
        LegalityReview.objects.select_for_update(of=("self",)).select_related("file__organisation", "reviewing_body")
        .get(pk=review.pk)
    )  # fmt: skip
    if review.is_concluded:
        raise ReviewRefused("审核意见书已经出具，不能再改。")
    if by is not None and review.requested_by_id == by.pk:
        raise ReviewRefused("送审人不能审核自己送审的文稿。")
    return review


@transaction.atomic
def add_finding(review: LegalityReview, *, by, clause: str, problem: str, basis: str, suggestion: str = "") -> Finding:
    """Write down one problem of one clause.

    :raises ReviewRefused: concluded already, or the drafter reviews the own draft.
    """
    review = _open(review, by)
    last = review.findings.aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        review=review, number=last + 1, clause=clause, problem=problem, basis=basis, suggestion=suggestion
    )
    record(FOUND, by=by, file=review.file, summary=f"{clause}：{problem[:80]}")
    return finding


def _locked_finding(finding: Finding, seen: str | None) -> Finding:
    held = (
        Finding.objects.select_for_update(of=("self",)).select_related("review__file__organisation")
        .filter(pk=finding.pk).first()
    )  # fmt: skip
    if held is None:
        raise ReviewRefused("这条审核意见刚刚已由他人删去。")
    if seen is not None and seen != held.seen:
        raise ReviewRefused("这条审核意见刚刚已由他人修改或者回应。您填写的内容没有保存，请核对后再改。")
    return held


@transaction.atomic
def change_finding(
    finding: Finding, *, by, clause: str, problem: str, basis: str, suggestion: str = "", seen: str | None = None
) -> Finding:
    """Correct a finding while the round is open.

    :param seen: ``finding.seen`` as the person saw it; another text since then is a conflict.
    :raises ReviewRefused: concluded, the drafter's own draft, or somebody was faster.
    """
    _open(finding.review, by)
    finding = _locked_finding(finding, seen)
    finding.clause, finding.problem, finding.basis, finding.suggestion = clause, problem, basis, suggestion
    finding.save(update_fields=["clause", "problem", "basis", "suggestion"])
    record(CHANGED, by=by, file=finding.review.file, summary=f"第 {finding.number} 条　{clause}：{problem[:80]}")
    return finding


@transaction.atomic
def remove_finding(finding: Finding, *, by, seen: str | None = None) -> None:
    """Take a finding back while the round is open; its row history keeps what it said.

    :raises ReviewRefused: as for :func:`change_finding`.
    """
    review = _open(finding.review, by)
    finding = _locked_finding(finding, seen)
    record(
        REMOVED, by=by, file=review.file, summary=f"第 {finding.number} 条　{finding.clause}：{finding.problem[:80]}"
    )
    finding.delete()


@transaction.atomic
def respond(finding: Finding, *, by, response: str, reason: str, seen: str | None = None) -> Finding:
    """The drafter's answer to a finding; partial or no adoption needs detailed reasons (115号 六).

    :param seen: ``finding.seen`` as the person saw it; another text since then is a conflict.
    :raises ReviewRefused: no reason where one is needed; by the reviewer; about a round that is no longer the
        newest; or somebody was faster.
    """
    finding = _locked_finding(finding, seen)
    review = finding.review
    if review.reviewer_id == by.pk:
        raise ReviewRefused("审核人不能代起草单位回应自己提出的审核意见。")
    if review.file.legality_reviews.filter(round__gt=review.round).exists():
        raise ReviewRefused("已经重新送审，上一次的审核意见不能再回应。")
    if response != Finding.Response.ACCEPTED and not reason.strip():
        raise ReviewRefused("部分采纳或者不采纳的，应当说明理由。")
    finding.response, finding.response_reason = response, reason.strip()
    finding.responded_by, finding.responded_at = by, now()
    finding.save(update_fields=["response", "response_reason", "responded_by", "responded_at"])
    record(RESPONDED, by=by, file=review.file, summary=f"第 {finding.number} 条：{finding.get_response_display()}")
    return finding


@transaction.atomic
def answer_checklist(review: LegalityReview, answers: dict[str, tuple[bool, str]], *, by=None) -> None:
    """Keep the reviewer's answers; ``answers`` maps question code to (符合, note).

    :raises ReviewRefused: concluded already, or the drafter reviews the own draft.
    """
    review = _open(review, by)
    CheckAnswer.objects.bulk_create(
        [CheckAnswer(review=review, code=code, passed=passed, note=note) for code, (passed, note) in answers.items()],
        update_conflicts=True,
        unique_fields=["review", "code"],
        update_fields=["passed", "note"],
    )
    failed = sum(not passed for passed, _ in answers.values())
    record(CHECKED, by=by, file=review.file, summary=f"共 {len(answers)} 项，不符合 {failed} 项")


@transaction.atomic
def conclude(review: LegalityReview, *, by, conclusion: str, opinion: str) -> LegalityReview:
    """Issue the written opinion with its number.

    :raises ReviewRefused: by the drafter; with an unanswered question; lawful although a question failed;
        to be amended or unlawful without any finding.
    """
    review = _open(review, by)
    answers = {answer.code: answer.passed for answer in review.checks.all()}
    open_questions = [question.text for question in questions_for(review.file) if question.code not in answers]
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
