"""Where a file stands with its consultation: what the gates of any procedure ask."""

from portal.moment import SHANGHAI, today
from portal.workflow.declare import Standing, in_progress, met, not_started


def newest(file):
    return file.consultations.filter(withdrawn_at__isnull=True).order_by("-round").first()


def period_over(file) -> Standing:
    """Opened, and the closing day is past."""
    consultation = newest(file)
    if consultation is None:
        return not_started("尚未公开征求意见")
    if consultation.closes_on >= today():
        return in_progress(f"{consultation.closes_on:%Y-%m-%d} 截止，还有 {consultation.days_left} 天")
    return met(f"{consultation.opened_on:%Y-%m-%d} 至 {consultation.closes_on:%Y-%m-%d}")


def every_comment_answered(file) -> Standing:
    """No opinion without adoption or reasons."""
    consultation = newest(file)
    if consultation is None:
        return not_started("尚未公开征求意见")
    total = consultation.comments.count()
    left = consultation.comments.filter(outcome="").count()
    if left:
        return in_progress(f"共 {total} 条，还有 {left} 条没有答复")
    return met(f"{total} 条意见均已答复" if total else "期间未收到意见")


def answers_published(file) -> Standing:
    """The public can read what became of the opinions."""
    consultation = newest(file)
    if consultation is None:
        return not_started("尚未公开征求意见")
    if consultation.answers_published_at is None:
        return not_started("采纳情况未公布")
    return met(f"{consultation.answers_published_at.astimezone(SHANGHAI):%Y-%m-%d} 公布")
