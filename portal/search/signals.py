"""Keep the index in step with what it was derived from, in the same transaction.

Signals serve here, and only here, because nothing is decided: a bulk write that sends none is made good by
`rebuild_search`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from portal.search.index import index_object, rebuild_all, remove
from portal.search.registry import Searchable

# What every step of a file writes, and no entry holds: what can be found are texts, dates and numbers.
_OF_A_STEP = frozenset({"stage", "addressed_to_county_at", "closed_on"})

_rebuilt_afterwards: ContextVar[bool] = ContextVar("rebuilt_afterwards", default=False)


@contextmanager
def rebuilt_afterwards() -> Iterator[None]:
    """For filling an empty portal: nothing saved inside is indexed by itself, everything is at the end."""
    token = _rebuilt_afterwards.set(True)
    try:
        yield
    finally:
        _rebuilt_afterwards.reset(token)
    rebuild_all()


def _name(declared: Searchable, sender: type[Model], event: str) -> str:
    return f"search:{declared.kind}:{sender._meta.label_lower}:{event}"


def connect(declared: Searchable) -> None:
    """Index the object on its saves, and on those of the rows that it follows."""

    def saved(sender, instance, created=False, raw=False, update_fields=None, **kwargs):
        if raw or _rebuilt_afterwards.get():
            return
        if not (update_fields and update_fields <= _OF_A_STEP):
            index_object(declared, instance, is_new=created)

    def deleted(sender, instance, **kwargs):
        remove(declared.kind, declared.uuid_of(instance))

    post_save.connect(saved, declared.model, weak=False, dispatch_uid=_name(declared, declared.model, "saved"))
    post_delete.connect(deleted, declared.model, weak=False, dispatch_uid=_name(declared, declared.model, "deleted"))
    for model, owner in declared.follows.items():

        def tied(sender, instance, raw=False, owner=owner, **kwargs):
            target = None if raw or _rebuilt_afterwards.get() else owner(instance)
            if target is not None:
                index_object(declared, target)

        post_save.connect(tied, model, weak=False, dispatch_uid=_name(declared, model, "tied"))
        post_delete.connect(tied, model, weak=False, dispatch_uid=_name(declared, model, "untied"))


def disconnect(declared: Searchable) -> None:
    post_save.disconnect(sender=declared.model, dispatch_uid=_name(declared, declared.model, "saved"))
    post_delete.disconnect(sender=declared.model, dispatch_uid=_name(declared, declared.model, "deleted"))
    for model in declared.follows:
        post_save.disconnect(sender=model, dispatch_uid=_name(declared, model, "tied"))
        post_delete.disconnect(sender=model, dispatch_uid=_name(declared, model, "untied"))
