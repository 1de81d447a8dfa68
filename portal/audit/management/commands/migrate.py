"""`migrate`, drawing no model anew that an operation leaves as it is (docs/decisions/0015).

After each operation Django renders the changed model and all that are tied to it, here about fifty. Indexes,
constraints and triggers are handed to the database by themselves and look the same on every rendering: nothing is
rendered for them. A new model, or one with a field more or less, is rendered by itself: those that it points to, and
those that point to it, keep their own tables. So is one with a changed field, unless others refer to that field.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.core.management.commands.migrate import Command as Migrate
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
)
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def _nothing(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """Leave the rendered models as they are."""


def _the_model_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in state.__dict__:  # else they are all rendered when somebody asks
        state.apps.render_multiple([state.models[app_label, model_name]])


def _the_model_alone_unless_referred_to(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> None:
    # Django's own word for "no relation, and no other model refers to this field".
    if delay:
        _the_model_alone(state, app_label, model_name)
    else:
        ProjectState.reload_model(state, app_label, model_name)


RENDERING = {
    AddIndex: _nothing,
    RemoveIndex: _nothing,
    AddConstraint: _nothing,
    RemoveConstraint: _nothing,
    AddTrigger: _nothing,
    RemoveTrigger: _nothing,
    CreateModel: _the_model_alone,
    AddField: _the_model_alone,
    RemoveField: _the_model_alone,
    AlterField: _the_model_alone_unless_referred_to,
}


@contextmanager
def _rendering(kind, render: Callable) -> Iterator[None]:
    """Operations of this kind render what ``render`` does instead of everything that is tied to the model."""
    state_forwards = kind.state_forwards

    def change(operation, app_label, state):
        state.reload_model = lambda *place, **how: render(state, *place, **how)
        try:
            state_forwards(operation, app_label, state)
        finally:
            del state.reload_model

    kind.state_forwards = change
    try:
        yield
    finally:
        kind.state_forwards = state_forwards


class Command(Migrate):
    def handle(self, *arguments, **options):
        with ExitStack() as stack:
            for kind, render in RENDERING.items():
                stack.enter_context(_rendering(kind, render))
            return super().handle(*arguments, **options)
