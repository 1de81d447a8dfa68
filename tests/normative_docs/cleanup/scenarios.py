"""Clean-ups on which every gate of a step is met, and how to take exactly one condition away."""

from normative_docs.cleanup.demo import Round
from normative_docs.cleanup.gates import NOTICE
from normative_docs.cleanup.outcomes import CleanupOutcome
from portal.documents.attach import remove
from portal.documents.models import Document
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import newest
from portal.moment import clock_set_to
from portal.publishing.copying import prepare_copy
from tests.normative_docs.cleanup import lists


def _reviewed(world) -> Round:
    """Under review, compared line by line, the review list answered, a finding answered."""
    round_ = lists.under_review(world)
    round_.workday()
    round_.find("第二件", "理由不够具体。", "国办发〔2018〕115号", "补充理由。")
    round_.check_all()
    round_.answer_list()
    return round_


def _with_answered_finding(world) -> Round:
    round_ = _reviewed(world)
    with round_.on():
        round_._step("issue_opinion", round_.reviewer, conclusion=Conclusion.LAWFUL, opinion="合法")
    round_.respond_to_findings()
    return round_


def _market_concluded(world) -> Round:
    lists.recorded(world, 9, market=True)
    return lists.concluded(world)


_STEPS = {
    "fix_scope": (lists.opened, "clerk"),
    "send_to_review": (_market_concluded, "clerk"),
    "return_to_work": (lists.under_review, "clerk"),
    "issue_opinion": (_reviewed, "legal"),
    "put_to_deliberation": (_with_answered_finding, "clerk"),
    "adopt": (lists.decided, "clerk"),
    "send_back": (lambda world: lists.decided(world, "amended"), "clerk"),
    "sign": (lists.adopted, "head"),
    "publish": (lists.signed, "clerk"),
    "terminate": (lists.working, "head"),
}


def ready_for(world, code: str) -> tuple[Round, object, dict]:
    """A round, who may take the step, and what its form asks, with every gate of the step met."""
    make, role = _STEPS[code]
    round_ = make(world)
    data = {"conclusion": Conclusion.LAWFUL, "opinion": "同意"} if code == "issue_opinion" else {}
    return round_, getattr(round_.cast, role), data


def _nothing_in_scope(round_):
    round_.document.items.update(in_scope=False)


def _one_without_verdict(round_):
    item = round_.document.items.filter(verdict=CleanupOutcome.RETAIN, document__affects_market=False).first()
    round_.document.items.filter(pk=item.pk).update(verdict="", reason="")


def _ending_without_basis(round_):
    round_.document.items.filter(verdict=CleanupOutcome.REPEAL).update(basis="")


def _competition_open(round_):
    round_.document.items.update(fair_competition="")


def _unchecked(round_):
    item = round_.document.items.first()
    round_.document.items.filter(pk=item.pk).update(checked_by=None, checked_at=None)


def _newer_round(round_):
    with clock_set_to(round_.day):
        round_.open_another_round()


def _unsealed_meeting(round_):
    with clock_set_to(round_.day):
        round_.hold_meeting()


def _no_notice(round_):
    for paper in Document.objects.in_force().filter(file_id=round_.document.pk, slot=NOTICE.code):
        remove(paper, round_.cast.clerk, "测试：拿掉公告")


def _another_copy(round_):
    with round_.on():
        prepare_copy(round_.document, by=round_.cast.clerk)


WITHOUT = {
    "scope_set": _nothing_in_scope,
    "every_document_judged": _one_without_verdict,
    "endings_have_basis": _ending_without_basis,
    "fair_competition_answered": _competition_open,
    "list_checked": _unchecked,
    "checklist_answered": lambda round_: newest(round_.document).checks.first().delete(),
    "legality_opinion_on_file": _newer_round,
    "findings_answered": lambda round_: newest(round_.document).findings.update(response="", response_reason=""),
    "deliberation_passed": _unsealed_meeting,
    "deliberation_sent_back": _unsealed_meeting,
    "notice_made": _no_notice,
    "masking_reviewed": _another_copy,
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER = {"notice_made": {"masking_reviewed"}}
