"""Where the clause check meets the rest: events of the core, gate before the opinion, letter, review page."""

from django.urls import reverse

from normative_docs import events
from normative_docs.clause_check.checking import check, newest_check
from normative_docs.clause_check.models import ClauseCheck, Decision
from normative_docs.models import NormativeDocument
from portal.legal_review import notes
from portal.workflow.declare import Standing, in_progress, met, not_started


def checked_when_written(document, by) -> None:
    """A draft that was saved or sent to review is looked through at once."""
    if document.draft_text.strip() and document.is_editable and not document.is_closed:
        check(document, by)


def standing(document) -> Standing:
    """Every hint on the draft as it stands has its decision."""
    held = newest_check(document)
    if held is None:
        return not_started("现在的文稿还没有作条款检查")
    decisions = list(held.hints.values_list("decision", flat=True))
    left = decisions.count(Decision.OPEN)
    if left:
        return in_progress(f"{len(decisions)} 条提示中还有 {left} 条没有处理")
    return met(f"{len(decisions)} 条提示均已处理" if decisions else "检查过，没有提示")


def letter_note(review) -> notes.Note | None:
    """The part of the opinion letter: each hint on the reviewed draft, how it was decided, and why."""
    held = _check_of(review)
    if held is None:
        return None
    rows = tuple((hint.at, hint.kind, hint.get_decision_display(), hint.reason or "—") for hint in held.hints.all())
    return notes.Note(
        heading="条款提示处理情况",
        lead=f"送审文稿经条款检查，提示{len(rows)}条，仅供审核参考，处理情况如下："
        if rows
        else "送审文稿经条款检查，没有提示。",
        header=("条款", "提示", "处理", "理由"),
        rows=rows,
        widths=(6, 6, 4, 12),
    )


def _check_of(review) -> ClauseCheck | None:
    """The newest check of the file before the round was concluded."""
    checks = ClauseCheck.objects.filter(document_id=review.file_id)
    if review.concluded_at is not None:
        checks = checks.filter(first_checked_at__lte=review.concluded_at)
    return checks.order_by("-first_checked_at", "-id").first()


def summary(file) -> notes.Summary | None:
    """One line on the review page with the way to the panel."""
    if not isinstance(file, NormativeDocument):
        return None
    where = standing(file)
    url = reverse("clause_check:panel", kwargs={"public_id": file.public_id})
    return notes.Summary("条款提示（仅供审核参考）", where.explain, url, "查看和处理条款提示")


events.draft_written.append(checked_when_written)
events.clause_hints.append(standing)
notes.register(letter=letter_note, summary=summary)
