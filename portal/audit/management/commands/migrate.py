"""`migrate`, drawing no model anew that an operation leaves as it is (docs/decisions/0015).

After each operation Django renders the changed model and all that are tied to it, here about fifty. Indexes,
constraints and triggers are handed to the database by themselves and look the same on every rendering: nothing is
rendered for them. A new model, or one with a field more or less, is rendered by itself: those that it points to, and
those that point to it, keep their own tables. So is one with a changed field. What does ask for others (a field that
they refer to is changed, a model is renamed) finds them all rendered anew.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.core.management.commands.migrate import Command as Migrate
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelTable,
    CreateModel,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
    RenameField,
    RenameModel,
)
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def _nothing(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """Leave the rendered models as they are."""


def _the_model_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    # Django's mark for "what others know of it lags behind": its operations by Python code render everything first.
    state.is_delayed = True
    if "apps" in state.__dict__:  # else they are all rendered when somebody asks
        state.apps.render_multiple([state.models[app_label, model_name]])


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
    AlterField: _the_model_alone,
}
ASKING_FOR_OTHERS = (AlterField, AlterModelTable, RenameField, RenameModel)


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


def _concerns_itself_alone(operation, app_label: str, state: ProjectState) -> bool:
    if not isinstance(operation, AlterField) or operation.field.many_to_many:
        return False
    place = (app_label, operation.model_name_lower)
    return not field_is_referenced(state, place, (operation.name, operation.field))


@contextmanager
def _with_all_rendered(kind) -> Iterator[None]:
    """Operations of this kind see every model as it is, on both sides of the change."""
    database_forwards = kind.database_forwards

    def change(operation, app_label, schema_editor, from_state, to_state):
        if not _concerns_itself_alone(operation, app_label, to_state):
            from_state.clear_delayed_apps_cache()
            to_state.clear_delayed_apps_cache()
        database_forwards(operation, app_label, schema_editor, from_state, to_state)

    kind.database_forwards = change
    try:
        yield
    finally:
        kind.database_forwards = database_forwards


@contextmanager
def rendering_less() -> Iterator[None]:
    """Inside, operations render what they change and no more."""
    with ExitStack() as stack:
        for kind, render in RENDERING.items():
            stack.enter_context(_rendering(kind, render))
        for kind in ASKING_FOR_OTHERS:
            stack.enter_context(_with_all_rendered(kind))
        yield


class Command(Migrate):
    def handle(self, *arguments, **options):
        with rendering_less():
            return super().handle(*arguments, **options)
