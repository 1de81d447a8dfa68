"""What the security administrator does to other people's accounts.

Each act is written and told (audit) in one transaction. Nobody acts on the own account, so that a
security administrator can neither gain other roles nor lock the last one out (三员分立).
"""

from datetime import date, timedelta

from django.db import transaction

from portal.accounts import sessions
from portal.accounts.acts import tell
from portal.accounts.models import Person, RoleAssignment, SignedInSession
from portal.accounts.passwords import change_password, initial_password
from portal.accounts.second_factor import remove
from portal.organisations.models import Organisation


class ActRefused(Exception):
    """The act is not allowed; the message says why, in Chinese."""


def _locked(person: Person, by: Person) -> Person:
    if person.pk == by.pk:
        raise ActRefused("不能办理自己的账号和角色，请由另一名安全管理员办理。")
    return Person.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def create_account(*, by: Person, username: str, full_name: str, organisation: Organisation, phone="", email=""):
    """A new account with an initial password that must be changed; returns (person, password).

    The password is returned once and stored nowhere but as its hash.
    """
    password = initial_password()
    person = Person.objects.create_user(
        username, None, full_name=full_name, organisation=organisation, phone=phone, email=email
    )
    tell("account.created", by=by, about=person, summary=f"{full_name}（{username}）", person=person.pk)
    change_password(person, password, by=by, must_change=True)
    return person, password


@transaction.atomic
def edit_account(person: Person, *, by: Person, **fields) -> Person:
    """Correct name, unit, phone or e-mail. Only the names of what changed go into the record."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, fields[name])
    if changed:
        person.save(update_fields=changed)
        labels = "、".join(str(Person._meta.get_field(name).verbose_name) for name in changed)
        tell("account.edited", by=by, about=person, summary=f"{person.username}：{labels}", person=person.pk)
    return person


@transaction.atomic
def disable_account(person: Person, *, by: Person) -> None:
    """Nobody signs in with it any more, and whoever is signed in is out at the next click."""
    person = _locked(person, by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end(SignedInSession.objects.filter(person=person))
    tell("account.disabled", by=by, about=person, summary=person.username, person=person.pk)


@transaction.atomic
def enable_account(person: Person, *, by: Person) -> None:
    person = _locked(person, by)
    person.is_active = True
    person.save(update_fields=["is_active"])
    tell("account.enabled", by=by, about=person, summary=person.username, person=person.pk)


@transaction.atomic
def reset_password(person: Person, *, by: Person) -> str:
    """A new initial password, shown once; ends the person's sessions and takes the second factor off."""
    person = _locked(person, by)
    password = initial_password()
    change_password(person, password, by=by, must_change=True)
    remove(person, by=by)
    sessions.end(SignedInSession.objects.filter(person=person))
    return password


@transaction.atomic
def grant_role(person: Person, *, by: Person, role: str, organisation, valid_from: date, valid_until=None):
    """Give a role in an organisation for a time.

    :raises ActRefused: one's own account.
    :raises ValidationError: roles that exclude each other, dates in the wrong order.
    """
    person = _locked(person, by)
    assignment = RoleAssignment(
        person=person, role=role, organisation=organisation, valid_from=valid_from, valid_until=valid_until
    )
    assignment.full_clean()
    assignment.save()
    until = f"至 {valid_until}" if valid_until else ""
    tell(
        "account.role_granted", by=by, about=person, person=person.pk, role=role,
        summary=f"{person.username}：{assignment.get_role_display()}（{organisation}），自 {valid_from} 起{until}",
    )  # fmt: skip
    return assignment


@transaction.atomic
def withdraw_role(assignment: RoleAssignment, *, by: Person, on: date) -> None:
    """The role ends with the day before ``on``; one that has not begun by then is taken back altogether."""
    person = _locked(assignment.person, by)
    last = on - timedelta(days=1)
    if assignment.valid_until is not None and assignment.valid_until <= last:
        raise ActRefused("这一角色已经到期。")
    if assignment.valid_from > last:
        assignment.delete()
    else:
        assignment.valid_until = last
        assignment.save(update_fields=["valid_until"])
    tell(
        "account.role_withdrawn", by=by, about=person, person=person.pk, role=assignment.role,
        summary=f"{person.username}：{assignment.get_role_display()}（{assignment.organisation}），自 {on} 起撤销",
    )  # fmt: skip
