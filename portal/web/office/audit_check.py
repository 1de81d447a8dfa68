"""Verifying the audit chains from a page: at once while they are short, as a job when they are long."""

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Person
from portal.audit import verbs
from portal.audit.models import AuditEntry
from portal.audit.record import record
from portal.audit.verification import Verification, verify
from portal.jobs.queue import ask, job

KIND = "audit.verify"
# One statement of the web process may run five seconds; this many entries take a fraction of that.
AT_ONCE = 20_000
FAULTS_KEPT = 20


@transaction.atomic
def verify_and_record(by) -> Verification:
    """Verify all chains and anchors, and put the result on record."""
    result = verify()
    outcome = "完整" if result.is_whole else f"发现 {len(result.faults)} 处异常"
    record(
        verbs.VERIFIED,
        by=by,
        summary=f"核验 {result.chains} 条链、{result.entries} 条记录、{result.anchors} 个固化值：{outcome}",
        payload={
            "entries": result.entries, "chains": result.chains, "anchors": result.anchors,
            "faults": [
                {"entry": fault.entry, "chain": fault.chain, "sequence": fault.sequence, "what": fault.what}
                for fault in result.faults[:FAULTS_KEPT]
            ],
        },
    )  # fmt: skip
    return result


def is_short() -> bool:
    newest = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return newest <= AT_ONCE


def ask_for_verification(by):
    """The job that verifies; a second request while it waits or runs gives the same job."""
    return ask(KIND, "核验审计链", by=by, key="all", person=by.pk)


@job(KIND)
def run_verification(job_row, report, person: int) -> str:
    report(10, "正在重新计算每条记录的摘要值")
    verify_and_record(Person.objects.get(pk=person))
    return reverse("office:audit-chains")
