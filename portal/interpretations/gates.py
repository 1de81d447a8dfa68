"""What an interpretation needs, and what a document asks of its own before it is published."""

from portal.documents.slots import PaperSlot, register_slots
from portal.interpretations.switches import BASIS
from portal.publishing.models import Publication
from portal.publishing.standing import copy_reviewed
from portal.workflow.declare import Binding, Gate, Standing, met, not_started

MATERIAL = register_slots(PaperSlot("ip_material", "图解和附件", BASIS, needed=False))[0]


def _text_written(interpretation) -> Standing:
    return met() if interpretation.text.strip() else not_started("解读文字尚未填写")


def _subject_public(interpretation) -> Standing:
    if Publication.objects.live().filter(file_id=interpretation.subject_id).exists():
        return met("所解读的文件已经公布")
    return not_started("所解读的文件尚未公布；文件公布时，定稿的解读同时公布")


TEXT_WRITTEN = Gate(
    code="interpretation_written",
    label="解读文字已填写",
    basis=BASIS,
    binding=Binding.REFERENCE,
    standing=_text_written,
    remedy="interpretations:edit",
)
COPY_REVIEWED = Gate(
    code="interpretation_masked",
    label="公开前的保密和个人信息审查已完成",
    basis="政府信息公开条例 第十四条、第十五条、第十七条",
    standing=copy_reviewed,
    remedy="publishing:staff-review",
)
SUBJECT_PUBLIC = Gate(
    code="interpreted_document_public",
    label="所解读的文件已经公布",
    basis=BASIS,
    binding=Binding.REFERENCE,
    standing=_subject_public,
    remedy="inside:case#text",
)
