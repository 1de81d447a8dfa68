"""Accepting or dismissing a hint: the drafter while drafting, the reviewer while the review is open."""

from django.db import transaction

from normative_docs.clause_check.models import ClauseHint, Decision
from normative_docs.models import NormativeDocument
from normative_docs.workflow import Stage
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.legal_review.reviewing import newest
from portal.moment import now
from portal.workflow.refusals import NotAuthorised, StepRefused

DECIDED = verbs.declare("clause_check.decided", "处理条款提示")
OPINION_STEP = "issue_opinion"


def barred(document: NormativeDocument, person, review=None) -> str:
    """Why this person may not decide hints on this document now, in Chinese; empty for who may.

    :param review: the newest round, where the caller has it already.
    """
    if document.is_closed or not document.is_editable:
        return "文件已经提请集体讨论或者办结，条款提示不能再处理。"
    step = document.workflow.transition(OPINION_STEP)
    reviews = may(person, step.authority_on(document), document.organisation)
    review = review or newest(document)
    if document.stage == Stage.LEGALITY_REVIEW and review is not None and not review.is_concluded:
        if review.requested_by_id == person.pk:
            return "已经送审，条款提示由审核人处理；送审人不能处理自己送审的文稿。"
        return "" if reviews else "已经送审，条款提示由审核人处理。"
    if reviews or may(person, "normative_docs.draft", document.organisation):
        return ""
    return "条款提示由起草人或者审核人处理。"


@transaction.atomic
def decide(hint: ClauseHint, *, by, decision: str, reason: str = "", seen: str | None = None) -> ClauseHint:
    """Accept or dismiss one hint.

    :param seen: the decision that stood when the person opened the page; another one since then is a conflict.
    :raises NotAuthorised: not the drafter or reviewer whose turn it is.
    :raises StepRefused: dismissed without reason; the draft has changed or an opinion was issued on it; somebody
        was faster.
    """
    hint = ClauseHint.objects.select_for_update(of=("self",)).select_related("check_of").get(pk=hint.pk)
    document = NormativeDocument.objects.select_for_update(of=("self",)).get(pk=hint.check_of.document_id)
    review = newest(document)
    why_not = barred(document, by, review)
    if why_not:
        raise NotAuthorised(why_not)
    if hint.check_of.text_digest != document.draft_digest():
        raise StepRefused("文稿已经修改，这条提示属于以前的文稿，请在现在的文稿上处理。")
    if is_settled(document, review):
        raise StepRefused("审核意见书已就这份文稿出具，处理结果不能再改。")
    if seen is not None and seen != hint.decision:
        raise StepRefused("这条提示刚刚已由他人处理，请核对后再改。")
    if decision not in (Decision.ACCEPTED, Decision.DISMISSED):
        raise StepRefused("请选择采纳或者不采纳。")
    if decision == Decision.DISMISSED and not reason.strip():
        raise StepRefused("不采纳提示的，应当说明理由。")
    hint.decision, hint.reason = decision, reason.strip()
    hint.decided_by, hint.decided_at = by, now()
    hint.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    words = f"{hint.at}“{hint.kind}”：{hint.get_decision_display()}"
    record(DECIDED, by=by, file=document, summary=f"{words}。{hint.reason}"[:300])
    return hint


def is_settled(document, review) -> bool:
    """Whether the newest opinion was issued on the text as it stands: what was decided on it is in the letter."""
    return review is not None and review.is_concluded and document.draft_sent_digest == document.draft_digest()
