"""Several versions of one draft before the public: the current one is shown, the earlier ones stay readable.

A further version changes neither the period nor what opinions are about: whether a change is so great that the public
must be asked anew is judged where it always is (a new round).
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.consultation.anchoring import Anchors
from portal.consultation.conducting import ConsultationRefused, held
from portal.consultation.models import DraftVersion, PublicConsultation
from portal.moment import SHANGHAI, now

DRAFT_PUBLISHED = verbs.declare("consultation.draft_published", "公布修改稿")


@dataclass(frozen=True)
class Draft:
    """One version of the draft as the public reads it. ``reason`` says what the version changes and why."""

    number: int
    text: str
    on: date
    reason: str = ""

    def __str__(self):
        return f"第{self.number}稿"


def drafts_of(consultation: PublicConsultation) -> list[Draft]:
    """All versions, the one opened first, the current one last."""
    first = Draft(1, consultation.draft_text, consultation.opened_on)
    later = [
        Draft(version.number, version.text, version.published_at.astimezone(SHANGHAI).date(), version.reason)
        for version in consultation.versions.order_by("number")
    ]
    return [first, *later]


def current_draft(consultation: PublicConsultation) -> Draft:
    return drafts_of(consultation)[-1]


def anchors_of(consultation: PublicConsultation) -> Anchors:
    """Where opinions stand in the current version."""
    return Anchors(current_draft(consultation).text)


@transaction.atomic
def publish_draft(
    consultation: PublicConsultation, *, by, text: str, reason: str, after: int | None = None
) -> DraftVersion:
    """Put a further version before the public (公布修改稿); the period runs on as it was announced.

    :param reason: what was changed and why, shown beside the draft.
    :param after: number of the version that the person saw as the current one; a newer one since is a conflict.
    :raises ConsultationRefused: no text, no reason, nothing changed, somebody was faster, the notice was taken down,
        replaced by a newer round, or its answers are published.
    """
    consultation = held(consultation)
    if consultation.withdrawn_at:
        raise ConsultationRefused("征求意见公告已经撤下，不能公布修改稿。")
    if consultation.answers_published_at:
        raise ConsultationRefused("采纳情况已经公布，不能再公布修改稿。")
    if consultation.file.consultations.filter(round__gt=consultation.round).exists():
        raise ConsultationRefused("已经另开一轮征求意见，修改稿请在新的一轮公布。")
    text, reason = text.strip(), reason.strip()
    if not text:
        raise ConsultationRefused("草案没有内容。")
    if not reason:
        raise ConsultationRefused("请填写修改说明。", field="reason")
    current = current_draft(consultation)
    if after is not None and after != current.number:
        raise ConsultationRefused(f"第{current.number}稿刚刚已由他人公布。请核对后再公布。")
    if text == current.text.strip():
        raise ConsultationRefused("草案与正在公布的一稿相同，没有改动。")
    version = DraftVersion.objects.create(
        consultation=consultation, number=current.number + 1, text=text, reason=reason, published_by=by,
        published_at=now(),
    )  # fmt: skip
    record(DRAFT_PUBLISHED, by=by, file=consultation.file, summary=f"{consultation.title}{version}：{reason}"[:300])
    return version
