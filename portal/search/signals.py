"""Keep the index in step with what it was derived from, in the same transaction.

Signals serve here, and only here, because nothing is decided: a bulk write that sends none is made good by
`rebuild_search`.
"""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from portal.search.index import index_object, remove
from portal.search.registry import Searchable

# Every step of a file writes its stage, and of that no entry is made: what can be found are texts, dates and numbers.
_STAGE_ONLY = frozenset({"stage"})


def _name(declared: Searchable, sender: type[Model], event: str) -> str:
    return f"search:{declared.kind}:{sender._meta.label_lower}:{event}"


def connect(declared: Searchable) -> None:
    """Index the object on its saves, and on those of the rows that it follows."""

    def saved(sender, instance, raw=False, update_fields=None, **kwargs):
        if not raw and update_fields != _STAGE_ONLY:
            index_object(declared, instance)

    def deleted(sender, instance, **kwargs):
        remove(declared.kind, declared.uuid_of(instance))

    post_save.connect(saved, declared.model, weak=False, dispatch_uid=_name(declared, declared.model, "saved"))
    post_delete.connect(deleted, declared.model, weak=False, dispatch_uid=_name(declared, declared.model, "deleted"))
    for model, owner in declared.follows.items():

        def tied(sender, instance, raw=False, owner=owner, **kwargs):
            target = None if raw else owner(instance)
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
