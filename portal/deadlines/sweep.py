"""The daily round over running clocks: sends each reminder once, however many days were missed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from portal.accounts.authority import holders
from portal.deadlines.clocks import next_reminder
from portal.deadlines.models import Deadline, ReminderSent
from portal.deadlines.reminders import words
from portal.notifications.messages import notify

CHUNK = 500
URGENT = ("overdue",)


@dataclass(frozen=True)
class Swept:
    """What a round did: clocks looked at, reminders sent."""

    clocks: int
    reminders: int


def sweep(today: date) -> Swept:
    """Send what is due up to and including today.

    Safe to run twice and to run beside another round: a clock is taken under lock, and what was sent is
    a row. Only clocks whose next reminder is due are read (one partial index), so a quiet day costs one query.
    """
    people = _Recipients()
    clocks = reminders = 0
    while chunk := _sweep_chunk(today, people):
        clocks += chunk.clocks
        reminders += chunk.reminders
    return Swept(clocks, reminders)


@transaction.atomic
def _sweep_chunk(today: date, people: "_Recipients") -> Swept | None:
    due = list(
        Deadline.objects.filter(state=Deadline.State.RUNNING, next_reminder_on__lte=today)
        .select_related("file__organisation")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("next_reminder_on", "id")[:CHUNK]
    )
    if not due:
        return None
    sent_before: dict[int, set[str]] = {clock.pk: set() for clock in due}
    for pk, step in ReminderSent.objects.filter(deadline__in=due).values_list("deadline_id", "step"):
        sent_before[pk].add(step)
    sent = []
    for clock in due:
        done = sent_before[clock.pk]
        for step in clock.ladder:
            if step["step"] not in done and date.fromisoformat(step["on"]) <= today:
                _send(clock, step["step"], people)
                done.add(step["step"])
                sent.append(ReminderSent(deadline=clock, step=step["step"], sent_on=today))
        clock.next_reminder_on = next_reminder(clock.ladder, done)
    ReminderSent.objects.bulk_create(sent)
    Deadline.objects.bulk_update(due, ["next_reminder_on"], batch_size=CHUNK)
    return Swept(len(due), len(sent))


def _send(clock: Deadline, step: str, people: "_Recipients") -> None:
    file = clock.file
    body = (
        f"{file.title}（{file.number}）：{clock.label}的届满日是 {clock.effective_end}，应当在 {clock.act_by} 前办理。"
    )
    notify(
        people.of(file.organisation, urgent=step in URGENT),
        f"{clock.label}{words(step)}",
        body + f"逾期的后果：{clock.rule['at_expiry']}。依据：{clock.citation}。",
        file=file,
        key=f"deadline:{clock.pk}:{step}",
    )


class _Recipients:
    """Who is told, asked once per organisation and round."""

    def __init__(self):
        self._kept: dict[tuple[int, bool], list] = {}

    def of(self, organisation, *, urgent: bool) -> list:
        """Those who handle the matter; overdue also the head and the county's supervisors."""
        asked = (organisation.pk, urgent)
        if asked not in self._kept:
            people = {person.pk: person for person in holders("casefiles.handle", organisation)}
            if urgent:
                people |= {person.pk: person for person in holders("casefiles.lead", organisation)}
                people |= {person.pk: person for person in holders("county.supervise", organisation.county())}
            self._kept[asked] = list(people.values())
        return self._kept[asked]
