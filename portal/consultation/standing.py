"""Where a file stands with its consultation: what the gates of any procedure ask."""

from collections.abc import Iterable

from django.db.models import Count, Q

from portal.casefiles.reading import asked_once
from portal.consultation.models import Questionnaire, Session, SessionKind
from portal.moment import SHANGHAI, today
from portal.workflow.declare import Standing, in_progress, met, not_started


@asked_once
def newest(file):
    """The last consultation on a file that was not withdrawn."""
    return file.consultations.filter(withdrawn_at__isnull=True).order_by("-round").first()


@asked_once
def counted(consultation) -> tuple[int, int]:
    """How many opinions came in, and how many of them have no answer yet."""
    numbers = consultation.comments.aggregate(total=Count("pk"), left=Count("pk", filter=Q(outcome="")))
    return numbers["total"], numbers["left"]


def newest_with_counts(file):
    """The newest consultation with ``total`` and ``left``, as :func:`counted` gives them, in one question."""
    return (
        file.consultations.filter(withdrawn_at__isnull=True)
        .annotate(total=Count("comments"), left=Count("comments", filter=Q(comments__outcome="")))
        .order_by("-round")
        .first()
    )


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
    total, left = counted(consultation)
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


def session_reported(file, kinds: Iterable[str] = ()) -> Standing:
    """A session of one of these kinds (any, when none is named) was held and its report answers every opinion.

    :param kinds: values of ``SessionKind``.
    """
    kinds = tuple(kinds)
    sessions = Session.objects.filter(file_id=file.pk).not_cancelled()
    if kinds:
        sessions = sessions.filter(kind__in=kinds)
    sessions = list(sessions.order_by("-held_at", "-id"))
    wanted = "、".join(SessionKind(kind).label for kind in kinds) or "听证会、论证会、座谈会"
    if not sessions:
        return not_started(f"尚未举行{wanted}")
    done = next((session for session in sessions if session.reported_at), None)
    if done is not None:
        return met(f"{done.get_kind_display()}，{done.held_on:%Y-%m-%d} 举行，报告已入卷")
    newest_session = sessions[0]
    named = f"{newest_session.get_kind_display()}（{newest_session.held_on:%Y-%m-%d}）"
    if not newest_session.has_begun:
        return in_progress(f"{named}尚未举行")
    if newest_session.record_sealed_at is None:
        return in_progress(f"{named}的笔录没有完成")
    left = newest_session.opinions.filter(outcome="").count()
    return in_progress(f"{named}还有 {left} 条意见没有答复" if left else f"{named}的报告没有入卷")


def newest_questionnaire(file):
    return Questionnaire.objects.public().filter(file_id=file.pk).order_by("-number").first()


def questionnaire_over(file) -> Standing:
    """A questionnaire was opened, and its closing day is past."""
    questionnaire = newest_questionnaire(file)
    if questionnaire is None:
        return not_started("尚未发布问卷")
    if questionnaire.closes_on >= today():
        return in_progress(f"{questionnaire.closes_on:%Y-%m-%d} 截止，还有 {questionnaire.days_left} 天")
    period = f"{questionnaire.opens_on:%Y-%m-%d} 至 {questionnaire.closes_on:%Y-%m-%d}"
    return met(f"{period}，收到 {questionnaire.answers.count()} 份答卷")
