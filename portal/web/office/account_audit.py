"""Writes what the accounts room tells into the audit chains. That room stands below and cannot do it itself."""

from django.dispatch import receiver

from portal.accounts.acts import ACTS, acted
from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.request_id import current_request_id

for _code, _label in ACTS.items():
    verbs.declare(_code, _label)


@receiver(acted, dispatch_uid="office.account_audit")
def write_down(sender, act, by, about, summary, payload, **kwargs) -> None:
    """One entry, in the chain of the account's organisation; in the system's when no account is concerned."""
    organisation = about.organisation if about is not None else None
    with acting(by, current_request_id()):
        record(act, by=by, organisation=organisation, summary=summary, payload=payload)
