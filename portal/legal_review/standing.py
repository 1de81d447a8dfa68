"""Where a file stands with its legality review: what the gates of any procedure ask."""

from portal.legal_review.checklist import questions_for, word_for
from portal.legal_review.models import Conclusion
from portal.legal_review.reviewing import newest
from portal.workflow.declare import Standing, in_progress, met, not_started


def lawful_opinion(file) -> Standing:
    """The newest round says lawful. Missing, to be amended or unlawful all block (国办发〔2018〕115号 七)."""
    review = newest(file)
    if review is None:
        return not_started(f"尚未送合法性{word_for(file)}")
    if not review.is_concluded:
        found = review.findings.count()
        return in_progress(f"第 {review.round} 次审核进行中，已记 {found} 条审核意见，意见书未出具")
    if review.conclusion != Conclusion.LAWFUL:
        return in_progress(f"第 {review.round} 次审核结论为“{review.get_conclusion_display()}”，修改后须重新审核")
    return met(f"{review.opinion_number}，结论：合法")


def opinion_issued(file) -> Standing:
    """The newest round has its written opinion, whatever it says."""
    review = newest(file)
    if review is None or not review.is_concluded:
        return not_started("意见书未出具")
    return met(f"{review.opinion_number}：{review.get_conclusion_display()}")


def awaits_opinion(file) -> bool:
    """Whether a round is open: a concluded one takes no second opinion, the next one comes with a new round."""
    review = newest(file)
    return review is not None and not review.is_concluded


def checklist_answered(file) -> Standing:
    """Every question of the review list has its answer in the newest round."""
    review = newest(file)
    if review is None:
        return not_started(f"尚未送合法性{word_for(file)}")
    total = len(questions_for(file))
    left = total - review.checks.count()
    if left == total:
        return not_started("审核清单尚未填写")
    return in_progress(f"审核清单还有 {left} 项未填写") if left else met(f"{total} 项均已填写")


def findings_answered(file) -> Standing:
    """Every finding of the newest round has the drafter's response."""
    review = newest(file)
    if review is None:
        return not_started(f"尚未送合法性{word_for(file)}")
    total = review.findings.count()
    left = review.findings.filter(response="").count()
    if left:
        return in_progress(f"{total} 条中还有 {left} 条没有回应")
    return met(f"{total} 条均已回应" if total else "没有需要回应的审核意见")
