"""Gates over minimum periods: time the law guarantees to somebody before the next step."""

from portal.moment import today
from portal.workflow.declare import Standing, in_progress, met, not_started


def minimum_passed(file, code: str) -> Standing:
    """The newest clock of this limit has run its last day (which counts to 24:00)."""
    deadline = file.deadlines.filter(code=code).order_by("-id").first()
    if deadline is None:
        return not_started("期限尚未起算")
    if today() <= deadline.effective_end:
        return in_progress(f"至 {deadline.effective_end:%Y-%m-%d} 届满")
    return met(f"{deadline.effective_end:%Y-%m-%d} 已届满")
