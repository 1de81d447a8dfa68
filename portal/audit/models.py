"""Append-only, chained record of acts. PostgreSQL numbers and seals each entry; nobody changes one."""

import pgtrigger
from django.conf import settings
from django.db import models

from portal.audit import verbs
from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation

# One row-lock-free way to one order: the advisory lock lasts until the writer commits, so that the next
# writer of the same chain sees the entry before its own. Chains of different files don't wait for each other;
# all share a lock that the nightly anchor takes alone.
_SEAL = """
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('audit:*', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || NEW.chain, 0));
    SELECT sequence, digest INTO NEW.sequence, NEW.previous
        FROM audit_auditentry WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1;
    NEW.sequence := COALESCE(NEW.sequence, 0) + 1;
    NEW.previous := COALESCE(NEW.previous, '');
    NEW.recorded_at := clock_timestamp();
    NEW.digest := audit_entry_digest(NEW);
    RETURN NEW;
"""


def append_only_triggers(prefix: str):
    """Guards for a table that only grows: no UPDATE, no DELETE, no TRUNCATE."""
    return [
        pgtrigger.Protect(name=f"{prefix}_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{prefix}_never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"RAISE EXCEPTION 'append-only: {prefix} cannot be truncated';",
        ),
    ]


class AuditEntry(models.Model):
    """Who did what to which file, when, in which post, and why.

    ``chain`` is "file:<id>", "org:<id>" or "system". ``occurred_at`` is the moment of the act,
    ``recorded_at`` the moment the database wrote it. Sequence, previous digest and digest are set by the
    database alone. The payload holds references and digests, never personal text, so that erasing a
    person's words elsewhere leaves the chain whole.
    """

    append_only = True

    chain = models.CharField("链", max_length=40)
    sequence = models.BigIntegerField("序号", editable=False, default=0)
    verb = models.CharField("行为", max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="行为人"
    )
    person_name = models.CharField("姓名", max_length=60, blank=True)
    post = models.CharField("职务", max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name="机构")
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="audit_entries", verbose_name="案卷")
    summary = models.CharField("摘要", max_length=400, blank=True)
    payload = models.JSONField("内容", default=dict)
    request_id = models.CharField("请求", max_length=40, blank=True)
    occurred_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间", editable=False)
    previous = models.CharField("前一摘要值", max_length=64, editable=False, default="")
    digest = models.CharField("摘要值", max_length=64, editable=False, default="")

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="audit_chain_order")]
        indexes = [
            models.Index(fields=["file", "-id"], name="audit_of_file"),
            models.Index(fields=["organisation", "-id"], name="audit_of_organisation"),
            models.Index(fields=["person", "-id"], name="audit_of_person"),
        ]
        triggers = [
            pgtrigger.Trigger(name="seal", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_SEAL),
            *append_only_triggers("audit"),
        ]

    def __str__(self):
        return f"{self.chain} #{self.sequence} {self.verb}"

    @property
    def label(self):
        return verbs.label(self.verb) if verbs.is_declared(self.verb) else self.verb


class Anchor(models.Model):
    """The nightly digest over all chain heads. Printed or sent outside, it binds the whole past:
    whoever rewrites the database cannot rewrite the paper."""

    append_only = True

    made_at = models.DateTimeField("固化时间")
    through = models.BigIntegerField("截至记录号")
    chains = models.PositiveIntegerField("链数")
    previous = models.CharField("前一固化值", max_length=64, blank=True)
    digest = models.CharField("固化值", max_length=64)

    class Meta:
        verbose_name = "审计固化值"
        verbose_name_plural = "审计固化值"
        ordering = ("-id",)
        triggers = append_only_triggers("anchor")

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d} {self.digest[:12]}"
