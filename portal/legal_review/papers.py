"""合法性审核意见书 as official paper."""

from portal.documents.rendering import Heading, OfficialPaper, Paragraph, Table
from portal.documents.rendering.paper import Layout, chinese_date
from portal.documents.slots import PaperSlot, register_slots
from portal.legal_review import notes
from portal.legal_review.checklist import questions_for, word_for
from portal.legal_review.models import LegalityReview
from portal.moment import SHANGHAI

OPINION_LETTER = PaperSlot(
    "lr_opinion_letter", "合法性审核意见书", "国办发〔2018〕115号 六", needed=False, by_system=True
)
register_slots(OPINION_LETTER)


def opinion_letter(review: LegalityReview) -> OfficialPaper:
    """The written opinion of one concluded round, ready to be set (国办发〔2018〕115号 六; GB/T 9704-2012 10.1).

    :raises ValueError: the round is not concluded: there is no opinion to print.
    """
    if not review.is_concluded:
        raise ValueError("审核尚未出具意见，没有意见书。")
    file = review.file
    drafter = file.handling_unit or file.organisation
    named = _in_title(file.title)
    return OfficialPaper(
        kind="函",
        layout=Layout.LETTER,
        mark=(review.reviewing_body.name,),
        number=review.opinion_number,
        title=f"关于{named}的合法性{word_for(file)}意见书",
        recipients=drafter.name,
        body=(*_opening(review, named), *_checklist(review), *_findings(review), *_notes(review), *_closing(review)),
        signature=(review.reviewing_body.name,),
        issued_on=review.concluded_at.astimezone(SHANGHAI).date(),
    )


def _in_title(title: str) -> str:
    """《…》; titles named inside it step down to 〈…〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def _opening(review, named):
    yield Paragraph(
        f"你单位{chinese_date(review.requested_on)}送审的{named}（第{review.round}次送审）收悉。"
        f"送审材料于{chinese_date(review.pack_complete_on)}齐备。经{word_for(review.file)}，提出如下意见："
    )
    yield Heading(1, f"一、{word_for(review.file)}结论")
    yield Paragraph(f"{review.get_conclusion_display()}。")
    for line in review.opinion.splitlines():
        if line.strip():
            yield Paragraph(line.strip())


def _checklist(review):
    answers = {answer.code: answer for answer in review.checks.all()}
    rows = []
    for number, question in enumerate(questions_for(review.file), start=1):
        answer = answers[question.code]
        rows.append((str(number), question.text, "符合" if answer.passed else "不符合", answer.note or "—"))
    word = word_for(review.file)
    yield Heading(1, f"二、{word}事项")
    yield Table(header=("序号", f"{word}事项", "结果", "说明"), rows=tuple(rows), widths=(2, 14, 4, 8))


def _findings(review):
    findings = list(review.findings.all())
    yield Heading(1, "三、需要修改的问题")
    if not findings:
        yield Paragraph("未发现需要修改的问题。")
    for finding in findings:
        yield Paragraph(f"（{finding.number}）{finding.clause}：{finding.problem}")
        yield Paragraph(f"依据：{finding.basis}")
        if finding.suggestion:
            yield Paragraph(f"修改建议：{finding.suggestion}")


def _notes(review):
    for numeral, note in zip("四五六七八九", notes.letter_notes(review), strict=False):
        yield Heading(1, f"{numeral}、{note.heading}")
        yield Paragraph(note.lead)
        if note.rows:
            yield Table(header=note.header, rows=note.rows, widths=note.widths)


def _closing(review):
    word = word_for(review.file)
    if review.findings.exists():
        yield Paragraph(
            f"请逐条研究上述意见；部分采纳或者不采纳的，应当说明理由。文稿作重大修改的，应当重新送请合法性{word}。"
        )
    yield Paragraph(f"依照有关规定，未经合法性{word}或者经{word}不合法的，不得提交集体讨论。")
