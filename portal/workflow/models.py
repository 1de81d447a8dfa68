"""Stages, their records, and whose turn it is."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Func, Q

from portal.audit.models import append_only_triggers
from portal.casefiles.models import CaseFile
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.organisations.models import Organisation
from portal.organisations.policy import PolicyKey, settings_in_force, value_among
from portal.workflow.declare import Workflow


class TransitionRecord(models.Model):
    """A step taken: who, in which post, when, from where to where, and every gate as it stood.

    ``transaction_id`` is set by the database; the deferred guard of each staged table asks for a record of
    the same transaction before it lets a changed stage commit.
    """

    append_only = True

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="transition_records", verbose_name="案卷")
    code = models.CharField("步骤", max_length=60)
    label = models.CharField("步骤名称", max_length=60)
    source = models.CharField("原阶段", max_length=40)
    target = models.CharField("新阶段", max_length=40)
    performed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    person_name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="办理机构")
    note = models.TextField("说明", blank=True)
    data = models.JSONField("所填内容", default=dict)
    gates = models.JSONField("当时各项条件", default=list)
    policies = models.JSONField("当时地区设置", default=dict)
    occurred_at = models.DateTimeField("办理时间")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    transaction_id = models.BigIntegerField(
        editable=False, db_default=Func(function="txid_current", output_field=models.BigIntegerField())
    )

    class Meta:
        verbose_name = "流转记录"
        verbose_name_plural = "流转记录"
        ordering = ("-id",)
        indexes = [models.Index(fields=["file", "-id"], name="records_of_file")]
        triggers = append_only_triggers("transition_record")

    def __str__(self):
        return f"{self.file_id} {self.code}"


class WorkItem(models.Model):
    """It is somebody's turn: one row per open (file, authority). Worklists of every kind read this table.

    The due date is that of ``deadline``; the lamp is computed from it at reading.
    """

    file = models.ForeignKey(CaseFile, models.CASCADE, related_name="work_items", verbose_name="案卷")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    authority = models.CharField("所需权限", max_length=60)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_items",
        verbose_name="承办人",
    )
    stage_label = models.CharField("环节", max_length=60)
    deadline = models.ForeignKey(Deadline, models.SET_NULL, null=True, related_name="work_items", verbose_name="期限")
    opened_at = models.DateTimeField("到达时间")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closed_items",
        verbose_name="办理人",
    )

    class Meta:
        verbose_name = "待办"
        verbose_name_plural = "待办"
        indexes = [
            models.Index(
                fields=["organisation", "authority", "id"], condition=Q(closed_at__isnull=True), name="open_work_items"
            ),
            models.Index(fields=["closed_by", "-closed_at", "-id"], name="work_items_done_by"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "authority"], condition=Q(closed_at__isnull=True), name="one_open_item_per_authority"
            )
        ]

    def __str__(self):
        return f"{self.stage_label}: {self.authority}"


def stage_field(workflow: Workflow) -> models.CharField:
    """The stage of a file. Only ``perform()`` writes it; the database refuses every other arc."""
    return models.CharField(
        "环节", max_length=40, choices=workflow.stages.choices, default=workflow.initial, editable=False
    )


def lawful_stages(workflow: Workflow, table: str):
    """The database guard of a staged table, built from the same arcs that the pages show.

    1. only declared arcs; 2. a new row starts at the beginning; 3. no changed stage without a record of the
    same transaction (checked at commit).
    """
    return [
        pgtrigger.FSM(name="only_declared_arcs", field="stage", transitions=workflow.arcs()),
        pgtrigger.Trigger(
            name="starts_at_the_beginning",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=(
                f"IF NEW.stage <> '{workflow.initial}' THEN "
                f"RAISE EXCEPTION 'a new row of {table} must start as {workflow.initial}'; END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Trigger(
            name="closed_file_stays_as_it_is",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=(
                "IF EXISTS (SELECT 1 FROM casefiles_casefile f WHERE f.id = NEW.casefile_ptr_id "
                "AND f.closed_on IS NOT NULL) THEN RAISE EXCEPTION 'a closed file cannot be changed'; "
                "END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Trigger(
            name="no_move_without_record",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("stage"),
            timing=pgtrigger.Deferred,
            func=(
                "IF NEW.stage <> OLD.stage AND NOT EXISTS ("
                "SELECT 1 FROM workflow_transitionrecord r WHERE r.file_id = NEW.casefile_ptr_id "
                "AND r.source = OLD.stage AND r.target = NEW.stage AND r.transaction_id = txid_current()) "
                "THEN RAISE EXCEPTION 'stage changed without a transition record'; END IF; RETURN NEW;"
            ),
        ),
    ]


class StagedFile(CaseFile):
    """A case file that goes through a workflow. Subclasses set ``workflow`` and ``stage``."""

    workflow: Workflow

    class Meta:
        abstract = True

    @property
    def stage_label(self) -> str:
        return self.workflow.stages(self.stage).label

    def is_switched_on(self, key: PolicyKey) -> bool:
        """What the region chose for this switch."""
        return self.policy(key.code)

    def policy(self, code: str):
        """What holds today for this setting in the file's organisation; all of them are read once for this object."""
        if "_settings" not in self.__dict__:
            self.__dict__["_settings"] = settings_in_force(self.organisation, today())
        return value_among(code, self.__dict__["_settings"])

    def was_switched_on(self, key: PolicyKey) -> bool:
        """What the region had chosen when a step that turns on this switch was last taken; today's before any was.

        For what is asked of a file afterwards, as of its volume: a rule of later days asks nothing of it.
        """
        if "_policies_then" not in self.__dict__:
            kept = self.transition_records.order_by("id").values_list("policies", flat=True)
            self.__dict__["_policies_then"] = {code: chosen for record in kept for code, chosen in record.items()}
        then = self.__dict__["_policies_then"]
        return then[key.code] if key.code in then else self.is_switched_on(key)

    def next_deadline(self, limits=None):
        """The awaited limit that falls due first. :param limits: all limits of the file, where they are at hand."""
        limits = self.deadlines.all() if limits is None else limits
        return next((clock for clock in limits if clock.is_awaited), None)

    def steps_taken(self) -> set[str]:
        """Codes of all steps ever taken on this file, asked for once for this object."""
        if "_steps_taken" not in self.__dict__:
            self.__dict__["_steps_taken"] = set(self.transition_records.values_list("code", flat=True))
        return self.__dict__["_steps_taken"]

    def remember_steps(self, records) -> None:
        """All records of the file are at hand: nobody needs to ask for the steps again."""
        self.__dict__["_steps_taken"] = {record.code for record in records}

    def last_record(self):
        """The newest step taken on this file."""
        return self.transition_records.first()
