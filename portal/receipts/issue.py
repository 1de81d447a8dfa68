"""Handing out receipts, and finding one by number and code."""

from __future__ import annotations

import re
from uuid import UUID

from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.numbering import allocate, document_number
from portal.moment import now, today
from portal.organisations.models import Organisation
from portal.receipts.codes import code_hash, is_code_of, new_code
from portal.receipts.models import Receipt
from portal.receipts.registry import StatusView, kind_named

ISSUED = verbs.declare("receipt.issued", "出具回执")
REISSUED = verbs.declare("receipt.reissued", "重发查询码")

_RANK_WORDS = ("街道", "镇", "乡")
_UNKNOWN_HASH = "0" * 64


def issue_receipt(
    kind: str, subject_uuid: UUID, organisation: Organisation, *, file=None, contact: str = ""
) -> tuple[Receipt, str]:
    """Give a receipt for what was handed in; return it with its query code, which is not stored.

    Runs in the transaction that stores the subject: the number is allocated without gap.

    :param subject_uuid: public identifier of the thing handed in; it has one receipt.
    :param organisation: the body that received it; numbers run per town and year.
    :param contact: how the holder can be reached, only where the procedure needs it.
    :raises LookupError: an undeclared kind.
    :raises django.db.transaction.TransactionManagementError: outside a transaction.
    """
    declared = kind_named(kind)
    numbered_by = organisation.town() or organisation
    year = today().year
    mark = f"{_short(numbered_by)}{declared.mark}"
    number = document_number(mark, year, allocate(numbered_by, f"receipt.{kind}", year))
    code = new_code()
    receipt = Receipt.objects.create(
        number=number,
        kind=kind,
        organisation=organisation,
        file_id=file.pk if file is not None else None,
        subject_uuid=subject_uuid,
        code_hash=code_hash(number, code),
        contact=contact,
        created_at=now(),
    )
    record(ISSUED, file=file, organisation=organisation, summary=f"{declared.label}回执 {number}")
    return receipt, code


def reissue_code(receipt: Receipt, *, by) -> str:
    """Replace a lost code, after the holder proved at the counter who they are; the old one ends at once."""
    code = new_code()
    receipt.code_hash = code_hash(receipt.number, code)
    receipt.save(update_fields=["code_hash"])
    record(REISSUED, by=by, file=receipt.file, organisation=receipt.organisation, summary=f"回执 {receipt.number}")
    return code


def find_receipt(number: str, code: str) -> Receipt | None:
    """Return the receipt that this number and code open together.

    An unknown number costs the same query and the same comparison as a wrong code, so neither the answer nor its
    time tells which numbers exist.
    """
    receipt = Receipt.objects.select_related("organisation", "file").filter(number=number).first()
    fits = is_code_of(number, code, receipt.code_hash if receipt else _UNKNOWN_HASH)
    return receipt if receipt is not None and fits else None


def status_of(receipt: Receipt) -> StatusView:
    """Return what the holder may know, as the receipt's own room says.

    :raises LookupError: a kind that no room declares any more.
    """
    return kind_named(receipt.kind).describe(receipt)


def _short(organisation: Organisation) -> str:
    """龙潭镇 → 龙潭, unless another unit would then have the same name (清河镇 and 清河街道)."""
    stem = re.sub(f"({'|'.join(_RANK_WORDS)})$", "", organisation.short_name)
    namesakes = Organisation.objects.filter(short_name__in=[stem, *(stem + word for word in _RANK_WORDS)])
    return organisation.short_name if namesakes.exclude(pk=organisation.pk).exists() else stem
