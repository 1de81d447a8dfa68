"""Proving the chains: recompute every digest in one query, and compare the heads with the anchors."""

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

from portal.audit import verbs
from portal.audit.models import Anchor, AuditEntry
from portal.audit.record import record
from portal.moment import now

_BROKEN = """
    SELECT id, chain, sequence,
           CASE WHEN digest <> expected_digest THEN '内容与摘要值不符'
                WHEN sequence <> expected_sequence THEN '序号不连续，前面的记录缺失或次序被改'
                ELSE '与前一条记录不衔接' END AS fault
    FROM (
        SELECT e.id, e.chain, e.sequence, e.digest, e.previous,
               audit_entry_digest(e) AS expected_digest,
               COALESCE(lag(e.sequence) OVER w, 0) + 1 AS expected_sequence,
               COALESCE(lag(e.digest) OVER w, '') AS expected_previous
        FROM audit_auditentry e
        WINDOW w AS (PARTITION BY e.chain ORDER BY e.sequence)
    ) checked
    WHERE digest <> expected_digest OR sequence <> expected_sequence OR previous <> expected_previous
    ORDER BY id
    LIMIT %s
"""

_HEADS = """
    SELECT DISTINCT ON (chain) chain, sequence, digest
    FROM audit_auditentry WHERE id <= %s ORDER BY chain, sequence DESC
"""


@dataclass(frozen=True)
class Fault:
    """One place where the record was tampered with."""

    entry: int | None
    chain: str
    sequence: int | None
    what: str


@dataclass(frozen=True)
class Verification:
    entries: int
    chains: int
    anchors: int
    faults: tuple[Fault, ...]

    @property
    def is_whole(self):
        return not self.faults


def _digest_of_heads(through: int, previous: str) -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [through])
        heads = cursor.fetchall()
    text = previous + "".join(f"\n{chain}\x1f{sequence}\x1f{digest}" for chain, sequence, digest in sorted(heads))
    return hashlib.sha256(text.encode()).hexdigest(), len(heads)


@transaction.atomic
def make_anchor() -> Anchor:
    """Bind everything recorded so far into one digest (nightly)."""
    with connection.cursor() as cursor:
        # Entries take ids before they commit; holding off writers makes "all up to this id" final.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('audit:*', 0))")
    last = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    previous = Anchor.objects.values_list("digest", flat=True).first() or ""
    digest, chains = _digest_of_heads(last, previous)
    anchor = Anchor.objects.create(made_at=now(), through=last, chains=chains, previous=previous, digest=digest)
    record(verbs.ANCHORED, summary=f"固化 {chains} 条链，截至第 {last} 条记录", payload={"digest": digest})
    return anchor


def verify(most: int = 100) -> Verification:
    """Check all chains and all anchors; at most ``most`` faults are named, the first bad entry first.

    A chain whose tail was cut is whole in itself; the anchors show that something is missing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN, [most])
        faults = [Fault(*row) for row in cursor.fetchall()]
        cursor.execute("SELECT count(*), count(DISTINCT chain) FROM audit_auditentry")
        entries, chains = cursor.fetchone()
    previous = ""
    anchors = list(Anchor.objects.order_by("id"))
    for anchor in anchors:
        digest, _ = _digest_of_heads(anchor.through, anchor.previous)
        if anchor.previous != previous or digest != anchor.digest:
            faults.append(
                Fault(None, "anchor", None, f"与 {anchor.made_at:%Y-%m-%d} 的固化值不符：此前的记录被改动、删除或截断")
            )
            break
        previous = anchor.digest
    return Verification(entries, chains, len(anchors), tuple(faults))
