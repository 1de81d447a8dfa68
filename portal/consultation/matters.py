"""One public page for a matter: how far it came, what was published when, what comes next, what was asked (S1-12.10).

Default closed: a kind of file says in its ``public.py`` which files have such a page, under which words which steps of
its procedure stand there, and what comes next. Nothing else of the file's history has a way to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from portal.consultation.models import PublicConsultation, PublicQuestion, Questionnaire, Session
from portal.moment import SHANGHAI, today


@dataclass(frozen=True)
class Event:
    """One line of the public timeline. ``at`` orders the lines of a day; only its day is shown."""

    at: datetime
    label: str
    url: str = ""
    note: str = ""

    @property
    def on(self) -> date:
        return self.at.astimezone(SHANGHAI).date()


def _nothing(file) -> Iterable[Event]:
    return ()


@dataclass(frozen=True)
class PublicMatter:
    """What a kind of file shows of its course.

    :param files: the files whose course anybody may read; all others do not exist for the public.
    :param steps: code of a step → the words of the timeline; a step not named is not shown.
    :param next_steps: stage → what comes next.
    :param also: further events, such as its publication.
    """

    kind: str
    column: str
    files: Callable[[], QuerySet]
    steps: dict[str, str]
    next_steps: dict[str, str]
    also: Callable[..., Iterable[Event]] = _nothing


_matters: dict[str, PublicMatter] = {}


def register(matter: PublicMatter) -> PublicMatter:
    """:raises ValueError: the kind has declared its course already."""
    if _matters.setdefault(matter.kind, matter) is not matter:
        raise ValueError(f"the public course of {matter.kind} is declared twice")
    return matter


def has_course(kind: str) -> bool:
    return kind in _matters


def all_matters() -> list[PublicMatter]:
    return sorted(_matters.values(), key=lambda matter: matter.kind)


def public_matter(public_id):
    """The file whose course is public under this number, with its declaration; ``None`` when there is none."""
    for matter in all_matters():
        file = matter.files().select_related("organisation", "handling_unit").filter(public_id=public_id).first()
        if file is not None:
            return file, matter
    return None


def matter_url(file) -> str:
    """The address of the file's public course; empty while nobody may read it."""
    matter = _matters.get(file.kind)
    if matter is None or not matter.files().filter(pk=file.pk).exists():
        return ""
    return reverse("consultation:public-matter", kwargs={"public_id": file.public_id})


def before_the_public() -> Exists:
    """Files that were put before the public, by a notice that was not taken down again; a condition for ``files``."""
    return Exists(PublicConsultation.objects.public().filter(file_id=OuterRef("pk"), opened_on__lte=today()))


def timeline_of(file, matter: PublicMatter) -> list[Event]:
    """Everything public that happened, newest first. A fixed number of questions, however long the story."""
    events = [
        Event(record.occurred_at, matter.steps[record.code])
        for record in file.transition_records.filter(code__in=matter.steps).only("occurred_at", "code", "file_id")
    ]
    events += [*_consulted(file), *_met(file), *asked_on((file.pk,)), *matter.also(file)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def next_step(file, matter: PublicMatter) -> str:
    return "" if file.is_closed else matter.next_steps.get(file.stage, "")


def _day(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def _consulted(file) -> Iterable[Event]:
    for consultation in file.consultations.filter(opened_on__lte=today()).prefetch_related("versions"):
        page = reverse("consultation:public-detail", kwargs={"public_id": consultation.public_id})
        until = f"至 {consultation.closes_on:%Y-%m-%d}"
        if consultation.withdrawn_at:
            yield Event(consultation.withdrawn_at, "撤下征求意见公告", page, consultation.withdrawn_reason)
            continue
        yield Event(_day(consultation.opened_on), "草案公开征求意见", page, until)
        for version in consultation.versions.all():
            address = reverse(
                "consultation:public-draft",
                kwargs={"public_id": consultation.public_id, "number": version.number},
            )
            yield Event(version.published_at, f"公布修改稿（第{version.number}稿）", address, version.reason)
        if consultation.closes_on < today():
            yield Event(_day(consultation.closes_on), "征求意见期满")
        if consultation.answers_published_at:
            yield Event(consultation.answers_published_at, "公布意见采纳情况", f"{page}#answers")


def _met(file) -> Iterable[Event]:
    for session in Session.objects.filter(file_id=file.pk):
        page = reverse("consultation:public-session", kwargs={"public_id": session.public_id})
        kind = session.get_kind_display()
        yield Event(session.announced_at, f"公告{kind}", page, f"{session.held_on:%Y-%m-%d} 举行")
        if session.is_cancelled:
            yield Event(session.cancelled_at, f"取消{kind}", page)
        elif session.has_begun:
            yield Event(session.held_at, f"举行{kind}", page)
        if session.report_published_at:
            yield Event(session.report_published_at, f"公布{kind}报告", f"{page}#report")


def asked_on(files) -> Iterable[Event]:
    """The questionnaires of these files. :param files: their numbers, or a query of them."""
    for questionnaire in Questionnaire.objects.public().filter(file_id__in=files, opens_on__lte=today()):
        page = reverse("consultation:public-questionnaire", kwargs={"public_id": questionnaire.public_id})
        until = f"至 {questionnaire.closes_on:%Y-%m-%d}"
        yield Event(_day(questionnaire.opens_on), "发布问卷调查", page, until)
        if questionnaire.results_published_at:
            yield Event(questionnaire.results_published_at, "公布问卷结果", page)


def answered_questions(file) -> QuerySet:
    """What was asked and answered for everybody to read, in the words confirmed for publication."""
    return PublicQuestion.objects.filter(
        file_id=file.pk, state=PublicQuestion.State.SETTLED, for_asker_only=False
    ).defer("content", "name", "contact")
