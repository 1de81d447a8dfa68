"""Papers that people hand in, replace and withdraw: only while the procedure leaves them open.

What has been reviewed, decided or published on the strength of a paper may not change behind the reviewer's back
(档案法 arts. 13-14: records stay true and complete). Papers that the system makes itself go by ``attach()``.
"""

from collections.abc import Iterable
from functools import cache

from django.core.files import File
from django.db import transaction

from portal.casefiles.models import CaseFile
from portal.documents.attach import attach, remove
from portal.documents.models import Document, DocumentVersion
from portal.documents.slots import PaperSlot, is_filled_by_system, slot_label
from portal.workflow.refusals import StepRefused
from portal.workflow.registry import workflows


class PapersKept(StepRefused):
    """The papers of this slot can't be changed now; the message says where the file stands."""


def why_kept(file, slot: str, *, withdrawing: bool = False) -> str:
    """Why people may not change papers of this slot now, in Chinese; empty when they may.

    :param file: as its own kind, with its stage. :param withdrawing: a paper is to be taken out.
    """
    return reasons_kept(file, [slot], withdrawing=withdrawing)[slot]


def reasons_kept(file, slots: Iterable[str], *, withdrawing: bool = False) -> dict[str, str]:
    """The answer of :func:`why_kept` for each of several slots; what the workflow asks of the file is asked once."""
    holds = cache(lambda entry: entry.when(file))

    def reason(slot: str) -> str:
        if file.is_closed:
            return "案卷已经办结，不能再增加、替换或者撤下材料。"
        if is_filled_by_system(slot):
            return f"{slot_label(slot)}由系统生成，不能由人提交或者撤下。"
        for entry in file.workflow.papers:
            if file.stage not in entry.stages or (entry.slots and slot not in entry.slots):
                continue
            if (entry.withdraw or not withdrawing) and holds(entry):
                return ""
        act = "撤下" if withdrawing else "增加或者替换"
        return f"现在是「{file.stage_label}」环节，不得{act}{slot_label(slot)}。{file.workflow.papers_note}"

    return {slot: reason(slot) for slot in slots}


def open_slots(file, slots: Iterable[PaperSlot]) -> tuple[PaperSlot, ...]:
    """Those of the slots into which people may hand a paper now."""
    slots = tuple(slots)
    kept = reasons_kept(file, [slot.code for slot in slots])
    return tuple(slot for slot in slots if not kept[slot.code])


def require_open(file: CaseFile, slot: str, *, withdrawing: bool = False) -> None:
    """Ask the file as it stands, and hold its stage until the transaction ends.

    The file's own table is locked first and the case file after it, in the order of a step, so that neither waits for
    the other for ever.

    :raises PapersKept: the papers of this slot are not open.
    """
    held = workflows.model(file.kind).objects.select_for_update(of=("self",), no_key=True).get(pk=file.pk)
    reason = why_kept(held, slot, withdrawing=withdrawing)
    if reason:
        raise PapersKept(reason)


def hand_in(file: CaseFile, slot: str, upload: File, by, title: str = "") -> DocumentVersion:
    """Take a paper from a person into a slot that is open.

    :raises PapersKept: it is not open. :raises FileRefused: the file itself is not taken.
    """
    return attach(file, slot, upload, by, title, first=lambda: require_open(file, slot))


@transaction.atomic
def withdraw(document: Document, by, reason: str) -> None:
    """Take a paper out again, with a reason, while its slot is open.

    :raises PapersKept: it is not open. :raises ValueError: without a reason, or withdrawn already.
    """
    require_open(document.file, document.slot, withdrawing=True)
    remove(document, by, reason)
