"""Who heard the public on a file: who answered its opinions, and who led and reported the sessions."""

from collections.abc import Iterator

from django.db.models import Count, Max

from portal.accounts.models import Person
from portal.consultation.models import PublicComment, Session
from portal.moment import SHANGHAI
from portal.workflow.acts import Act, ActKind, tells

_SESSIONS = "consultation:staff-sessions"


@tells
def heard(file) -> Iterator[Act]:
    """Answers by who gave them, and each session's leader and reporter."""
    answered = (
        PublicComment.objects.filter(consultation__file_id=file.pk, answered_by__isnull=False)
        .values("answered_by", "consultation__round")
        .annotate(count=Count("pk"), last=Max("answered_at"))
        .order_by("consultation__round", "answered_by")
    )
    answered = list(answered)
    people = Person.objects.select_related("organisation").in_bulk({row["answered_by"] for row in answered})
    for row in answered:
        yield Act(
            f"answers:{row['consultation__round']}:{row['answered_by']}", ActKind.HANDLED,
            row["last"].astimezone(SHANGHAI).date(), "研究和答复公众意见", person=people[row["answered_by"]],
            words=f"第 {row['consultation__round']} 轮，{row['count']} 条", record="意见采纳情况",
            page="consultation:staff-consultation",
        )  # fmt: skip
    held = Session.objects.filter(file_id=file.pk, record_sealed_at__isnull=False).order_by("number")
    for session in held.select_related("reported_by__organisation"):
        yield Act(
            f"session:{session.pk}:host", ActKind.HANDLED, session.held_on, f"主持{session.get_kind_display()}",
            name=session.host, record=session.title, page=_SESSIONS,
        )  # fmt: skip
        if session.reported_by is not None:
            yield Act(
                f"session:{session.pk}:report", ActKind.HANDLED, session.reported_at.astimezone(SHANGHAI).date(),
                f"报告{session.get_kind_display()}情况", person=session.reported_by, record=session.title,
                page=_SESSIONS,
            )  # fmt: skip
