"""Finding the organisation that a command names."""

from django.core.management.base import CommandError
from django.db.models import Q

from portal.organisations.models import Organisation


def organisation_named(name: str) -> Organisation:
    """The one organisation of this full name, short name, code or alias. Raises CommandError for none or several."""
    found = Organisation.objects.filter(
        Q(name=name) | Q(short_name=name) | Q(code=name) | Q(aliases__name=name)
    ).distinct()
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(f"“{name}”对应多个机构（{'、'.join(o.name for o in found)}），请写全称。")
    raise CommandError(f"没有这个机构：{name}")
