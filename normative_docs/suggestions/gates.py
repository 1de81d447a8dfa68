"""What a review suggestion needs before it may move on."""

from portal.documents.slots import PaperSlot, register_slots
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started

BASIS = "山东省行政程序规定 第五十五条（地方示例）"

MATERIAL = PaperSlot("rs_material", "建议人提交的材料", BASIS, needed=False)
STATEMENT = PaperSlot("rs_statement", "制定机关的说明材料", BASIS, needed=False)
REPLY = PaperSlot("rs_reply", "审查建议答复书", BASIS, by_system=True)
PAPERS = register_slots(MATERIAL, STATEMENT, REPLY)


def _identified(suggestion) -> Standing:
    if suggestion.document_id:
        return met(f"《{suggestion.document.title}》")
    return not_started(f"建议人填写的是“{suggestion.named_document}”，请在文件库中对应到一件文件")


def _heard(suggestion) -> Standing:
    if suggestion.statement:
        return met(f"{suggestion.stated_on:%Y-%m-%d} 收到书面说明")
    if suggestion.without_statement:
        return met(f"未收到说明：{suggestion.without_statement}")
    if suggestion.statement_due is None:
        return not_started("尚未要求制定机关说明")
    return in_progress(f"已要求制定机关在 {suggestion.statement_due:%Y-%m-%d} 前说明")


def _letter(suggestion) -> Standing:
    return met("答复书已入卷") if suggestion.reply_letter_id else not_started("系统正在生成答复书")


DOCUMENT_IDENTIFIED = Gate(
    code="suggested_document_identified",
    label="已对应到具体的规范性文件",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_identified,
    remedy="suggestions:identify",
)
MAKER_HEARD = Gate(
    code="maker_heard",
    label="制定机关已说明情况",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_heard,
    remedy="inside:case#statement",
)
LETTER_MADE = Gate(
    code="suggestion_reply_made",
    label="答复书已生成入卷",
    basis=f"{BASIS}：书面答复",
    binding=Binding.LOCAL,
    standing=_letter,
    remedy="inside:case#reply",
)
