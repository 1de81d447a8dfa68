"""Keeping the pool: who is entered, changed and ended, and who looked at a contact."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.capacity.experts.models import Expert, ExpertQuerySet
from portal.capacity.keeping import KEEP_EXPERTS, SEE_EXPERTS, as_day, in_use, may_keep
from portal.capacity.refusals import EntryRefused
from portal.organisations.models import Organisation
from portal.workflow.refusals import NotAuthorised

ENTERED = verbs.declare("expert.entered", "登记专家")
CHANGED = verbs.declare("expert.changed", "修改专家信息")
ENDED = verbs.declare("expert.ended", "提前结束专家聘任")
CONTACT_SEEN = verbs.declare("expert.contact_seen", "查看专家联系方式")


def in_sight(person) -> ExpertQuerySet:
    """Experts of the pools that the person's units keep or use; the county sees the pools of its towns too."""
    return Expert.objects.filter(in_use(person, SEE_EXPERTS, "owner")).select_related("owner")


def check_keeper(by, owner: Organisation) -> None:
    """:raises NotAuthorised: the person does not keep this pool."""
    if not may_keep(by, KEEP_EXPERTS, owner):
        raise NotAuthorised("您没有维护这个专家库的权限。")


def on_record(owner: Organisation, names: Iterable[str]) -> list[Expert]:
    """Experts of these names in this pool and in the county's, for :func:`standing_twice`."""
    found = Expert.objects.filter(owner__in={owner, owner.county()}, name__in=list(names))
    return list(found.select_related("owner").order_by("id"))


def standing_twice(owner: Organisation, facts: dict, known: Iterable[Expert], but: int | None = None) -> str:
    """Why such a person may not be entered, in Chinese; empty when nobody like it stands there in that term.

    A town need not enter whom the county has: it uses the county's pool as well as its own.

    :param known: what :func:`on_record` gave for the name. :param but: the expert being changed.
    """
    twins = [
        one
        for one in known
        if (one.name, one.employer) == (facts["name"], facts["employer"])
        and one.pk != but
        and one.overlaps(facts["appointed_from"], facts["appointed_until"])
    ]
    own = next((twin for twin in twins if twin.owner_id == owner.pk), None)
    if own is not None:
        return f"{_term(own)}，“{own.name}”（{own.employer}）已在本专家库，不能重复登记。"
    return next(
        (f"{_term(twin)}，“{twin.name}”（{twin.employer}）在县级专家库，可以直接选用，不必登记。" for twin in twins), ""
    )


def _term(expert: Expert) -> str:
    until = expert.last_day
    return f"{as_day(expert.appointed_from)} 至 {as_day(until)}" if until else f"{as_day(expert.appointed_from)} 起"


def _hold(owner: Organisation) -> Organisation:
    """The pool, held until the end of the transaction, so that two people cannot enter the same person at once."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=owner.pk)


@transaction.atomic
def enter(*, by, owner: Organisation, facts: dict) -> Expert:
    """Put a person into the pool; ``facts`` are the fields of the form.

    :raises NotAuthorised: not the person's pool. :raises EntryRefused: the person stands there already.
    """
    check_keeper(by, owner)
    owner = _hold(owner)
    if twice := standing_twice(owner, facts, on_record(owner, [facts["name"]])):
        raise EntryRefused(twice)
    expert = Expert.objects.create(owner=owner, **facts)
    _note(ENTERED, expert, by, f"{expert}，{expert.fields_in_words}，自 {expert.appointed_from} 起")
    return expert


@transaction.atomic
def change(expert: Expert, *, by, facts: dict) -> Expert:
    """Put right what is known of an expert. An empty contact leaves the one on record.

    :raises EntryRefused: ended before, or the change would make the person stand twice.
    """
    check_keeper(by, expert.owner)
    _hold(expert.owner)
    held = Expert.objects.select_for_update(of=("self",)).select_related("owner").get(pk=expert.pk)
    if held.ended_on:
        raise EntryRefused("聘任已经提前结束，不能再修改；再次聘任的，另行登记。")
    known = on_record(held.owner, [facts["name"]])
    if twice := standing_twice(held.owner, facts, known, but=held.pk):
        raise EntryRefused(twice)
    changed = []
    for field, value in facts.items():
        if getattr(held, field) != value and (field != "contact" or value):
            setattr(held, field, value)
            changed.append(field)
    if changed:
        held.save(update_fields=changed)
        labels = "、".join(str(Expert._meta.get_field(field).verbose_name) for field in changed)
        _note(CHANGED, held, by, f"{held}：{labels}")
    return held


@transaction.atomic
def end(expert: Expert, *, by, on: date, reason: str) -> Expert:
    """End the appointment before its term; ``on`` is the last day. Opinions given until then stand.

    :raises EntryRefused: over already, or a day outside the term.
    """
    check_keeper(by, expert.owner)
    held = Expert.objects.select_for_update(of=("self",)).select_related("owner").get(pk=expert.pk)
    if held.ended_on:
        raise EntryRefused("聘任已经提前结束。", "on")
    if on < held.appointed_from or (held.appointed_until and on > held.appointed_until):
        raise EntryRefused("结束日期应当在聘期之内。", "on")
    held.ended_on, held.end_reason = on, reason
    held.save(update_fields=["ended_on", "end_reason"])
    _note(ENDED, held, by, f"{held}，至 {on}：{reason}")
    return held


def note_contact_seen(expert: Expert, *, by) -> None:
    """Record that a person looked at how to reach an expert (个人信息保护法 第五十一条)."""
    _note(CONTACT_SEEN, expert, by, str(expert))


def _note(verb: str, expert: Expert, by, summary: str) -> None:
    record(verb, by=by, organisation=expert.owner, summary=summary, payload={"expert": str(expert.public_id)})
