"""Setting a region's choice: what it would change, then the change itself.

The choices are declared in ``portal.organisations.policy``; this writes their dated values.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.moment import today
from portal.organisations.models import Organisation, PolicySetting
from portal.organisations.policy import PolicyKey, policies, setting_in_force
from portal.workflow.declare import Gate, Transition, Workflow
from portal.workflow.registry import workflows


class SettingRefused(Exception):
    """The value cannot be set like this; the message says why, in Chinese."""


@dataclass(frozen=True)
class Touched:
    """An open file that the new value reaches. ``at_once``: its next step asks for one of the conditions."""

    file: CaseFile
    stage: str
    at_once: bool


@dataclass(frozen=True)
class Preview:
    """What a new value would do. ``gates`` are the conditions that the switch governs."""

    key: PolicyKey
    organisation: Organisation
    before: Any
    after: Any
    valid_from: date
    gates: tuple[tuple[Workflow, Transition, Gate], ...]
    touched: tuple[Touched, ...]
    replaced: tuple[PolicySetting, ...]

    @property
    def changes_nothing(self) -> bool:
        return self.before == self.after and not self.replaced


def in_words(key: PolicyKey, value: Any) -> str:
    """A stored value as people read it."""
    if key.kind == "switch":
        return "启用" if value else "不启用"
    if key.kind == "choice":
        return dict(key.choices).get(value, str(value))
    return str(value) if value not in (None, "") else "未设定"


def governed(key: PolicyKey) -> list[tuple[Workflow, Transition, Gate]]:
    """The conditions of steps that this key switches."""
    return [
        (workflow, transition, gate)
        for workflow in workflows.all()
        for transition, gate in workflow.gated()
        if gate.switch == key.code
    ]


def _reached(key: PolicyKey, organisation: Organisation, valid_from: date) -> list[Organisation]:
    """Organisations within, whose value is not decided by a nearer setting of their own."""
    within = Organisation.objects.within(organisation)
    own = PolicySetting.objects.filter(code=key.code, organisation__in=within, valid_from__lte=valid_from).exclude(
        valid_until__lt=valid_from
    )
    nearer = [path for path in own.values_list("organisation__path", flat=True) if path != organisation.path]
    return [unit for unit in within if not any(unit.path.startswith(path) for path in nearer)]


def _files(key: PolicyKey, gates, reached) -> list[Touched]:
    """Open files of the kinds concerned: those with such a condition, else those of the app that declares the key."""
    app = key.code.partition(".")[0]
    kinds = {workflow.code for workflow, _, _ in gates} or {
        workflow.code for workflow in workflows.all() if workflows.model(workflow.code)._meta.app_label == app
    }
    found = []
    for kind in sorted(kinds):
        model = workflows.model(kind)
        asked_at = {stage for workflow, step, _ in gates if workflow.code == kind for stage in step.sources}
        open_files = model.objects.filter(closed_on__isnull=True, organisation__in=reached).select_related(
            "organisation"
        )
        stages = workflows[kind].stages
        found += [
            Touched(file, stages(file.stage).label, file.stage in asked_at)
            for file in open_files.order_by("id")
            if file.stage not in workflows[kind].final
        ]
    return sorted(found, key=lambda touched: not touched.at_once)


def preview_setting(key: PolicyKey, organisation: Organisation, value: Any, valid_from: date) -> Preview:
    """What would change if this value held from that day; nothing is written.

    :raises SettingRefused: a day in the past: steps already taken were judged by the value of their day.
    """
    if valid_from < today():
        raise SettingRefused("起效日期不能早于今天：已经办理的步骤按当时的取值判断，不能倒改。")
    current = setting_in_force(key.code, organisation, valid_from)
    gates = governed(key)
    touched = _files(key, gates, _reached(key, organisation, valid_from))
    replaced = PolicySetting.objects.filter(code=key.code, organisation=organisation, valid_from__gte=valid_from)
    return Preview(
        key=key,
        organisation=organisation,
        before=key.default if current is None else current.value,
        after=value,
        valid_from=valid_from,
        gates=tuple(gates),
        touched=tuple(touched),
        replaced=tuple(replaced.order_by("valid_from")),
    )


@transaction.atomic
def set_value(code: str, organisation: Organisation, value: Any, valid_from: date, basis: str, *, by) -> PolicySetting:
    """Let a value hold from that day on, until another is set.

    The value before it ends with the day before; values that were to begin on or after that day are replaced.
    Both stay readable in the audit record.

    :raises SettingRefused: see :func:`preview_setting`.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    preview = preview_setting(policies[code], organisation, value, valid_from)
    replaced = [{"value": old.value, "valid_from": str(old.valid_from), "basis": old.basis} for old in preview.replaced]
    PolicySetting.objects.filter(pk__in=[old.pk for old in preview.replaced]).delete()
    running = PolicySetting.objects.filter(code=code, organisation=organisation, valid_from__lt=valid_from)
    running.exclude(valid_until__lt=valid_from).update(valid_until=valid_from - timedelta(days=1))
    setting = PolicySetting.objects.create(
        organisation=organisation,
        code=code,
        value=value,
        valid_from=valid_from,
        basis=basis,
        set_by_name=by.full_name,
    )
    key = preview.key
    record(
        verbs.SETTING_CHANGED,
        by=by,
        organisation=organisation,
        summary=f"{key.label}：{in_words(key, preview.before)} → {in_words(key, value)}，自 {valid_from} 起（{basis}）",
        payload={
            "code": code, "before": preview.before, "after": value, "valid_from": str(valid_from),
            "replaced": replaced, "open_files": len(preview.touched),
        },
    )  # fmt: skip
    return setting
