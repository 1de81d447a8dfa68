"""The papers of a filing: the town's covering report upward, the county's receipt, notice, opinion and conclusion.

Law: 党政机关公文处理工作条例 arts. 8, 9 (upward paper names its signer); the layout is that of GB/T 9704-2012.
"""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db.models import Q

from portal.accounts.authority import holders
from portal.accounts.models import PostHolding
from portal.casefiles.numbering import allocate, document_number
from portal.documents.attach import attach
from portal.documents.papers import file_index
from portal.documents.rendering import Attachment, Layout, OfficialPaper, parse_blocks, render_docx, render_pdf
from portal.documents.rendering.paper import chinese_date
from portal.documents.slots import is_filled_by_system, slot_label
from portal.moment import today
from portal.organisations.models import Organisation, OrganisationKind
from portal.oversight.kinds import CONCLUSION, RECEIPT, RETURN_NOTICE, REVIEW_OPINION, REVOCATION
from portal.oversight.models import Filing, FilingFinding
from portal.oversight.workflow import Stage
from portal.workflow.handing_in import hand_in
from portal.workflow.refusals import StepRefused

REPORT_WORD = "报"
EDITABLE = "（可编辑）"


class PaperRefused(StepRefused):
    """The paper can't be made from what the file says; the message says what is missing, in Chinese."""


def head_of(organisation) -> str:
    """Name of the unit's main responsible person (主要负责人) on this day; empty when none is known."""
    day = today()
    holding = (
        PostHolding.objects.filter(post__organisation=organisation, post__is_head=True, held_from__lte=day)
        .exclude(held_until__lt=day)
        .select_related("person")
        .order_by("post__rank", "-held_from")
        .first()
    )
    if holding is not None:
        return holding.person.full_name
    person = holders("casefiles.approve", organisation).first()
    return person.full_name if person else ""


def report_mark(organisation) -> str:
    """机关代字 of reports: the same organ with 报 instead of 发 or 规 (龙政规 → 龙政报)."""
    return (organisation.document_mark or organisation.short_name).rstrip("发规字") + REPORT_WORD


def _own_report_number(filing: Filing) -> str:
    """The report's document number, given once; a report made again keeps it."""
    if not filing.report_number:
        year = today().year
        mark = report_mark(filing.organisation)
        filing.report_number = document_number(mark, year, allocate(filing.organisation, "filing_report", year))
        filing.save(update_fields=["report_number"])
    return filing.report_number


def covering_report(filing: Filing) -> OfficialPaper:
    """备案报告: the town's report to the county government, with its signer.

    :raises PaperRefused: no head is registered who could have signed it.
    """
    town, kind = filing.organisation, filing.kind_of_filing
    signer = head_of(town)
    if not signer:
        raise PaperRefused("本机关没有登记主要负责人，备案报告须标注签发人。")
    account = kind.account(filing.subject) if kind.account is not None else ""
    body = f"现将{filing.name_of_subject}报送备案，请予审查。\n{account}\n特此报告。"
    handed = [entry.version.document for entry in file_index(filing)]
    enclosed = [
        Attachment(slot.label)
        for slot in kind.papers
        if slot.code != kind.report and any(d.slot == slot.code for d in handed)
    ]
    bureau = Organisation.objects.within(filing.recipient).filter(kind=OrganisationKind.JUSTICE_BUREAU).first()
    return OfficialPaper(
        kind="报告",
        layout=Layout.DOCUMENT,
        mark=(town.name,),
        number=_own_report_number(filing),
        signers=(signer,),
        title=f"{town.name}关于报送《{filing.subject.title}》备案的报告",
        recipients=filing.recipient.name,
        body=parse_blocks(body),
        attachments=tuple(enclosed),
        signature=(town.name,),
        issued_on=today(),
        annotation=f"联系人：{filing.opened_by.full_name}" + (f"，联系电话：{town.contact}" if town.contact else ""),
        copies_to=(bureau.name,) if bureau else (),
    )


def receipt(filing: Filing) -> OfficialPaper:
    """备案回执: what was received, when and under which number.

    :raises PaperRefused: not accepted yet.
    """
    if not filing.receipt_number:
        raise PaperRefused("尚未受理，没有备案号。")
    timely = {True: "在报备期限内报送。", False: "超过报备期限报送。", None: ""}[filing.is_on_time]
    limit = f"报备期限为{chinese_date(filing.due_on)}，{timely}" if filing.due_on else ""
    names = [slot.label for slot in filing.kind_of_filing.papers if slot.code in _slots_in(filing)]
    body = (
        f"你单位于{chinese_date(filing.submitted_on)}报送的{filing.name_of_subject}备案材料收悉。"
        f"经形式审查，材料齐全，符合要求，予以受理，备案号为{filing.receipt_number}。{limit}\n"
        f"收到的材料：{'、'.join(names)}。"
    )
    return _plain(filing, "备案回执", body, filing.received_on)


def return_notice(filing: Filing) -> OfficialPaper:
    """补正通知书: everything that is missing, at once, and until when.

    :raises PaperRefused: it was not returned.
    """
    if not filing.returned_count:
        raise PaperRefused("这件报备没有被退回。")
    until = (
        f"请于{chinese_date(filing.return_until)}前补正后重新报送。" if filing.return_until else "请补正后重新报送。"
    )
    body = (
        f"你单位报送的{filing.name_of_subject}备案材料，经形式审查，需要补正下列内容：\n{filing.return_reason}\n"
        f"{until}补正期间，报备期限继续计算。"
    )
    return _plain(filing, "备案材料补正通知书", body, today())


def review_opinion(filing: Filing) -> OfficialPaper:
    """备案审查意见书, as a letter (信函格式): the decision, each finding, and the limit.

    :raises PaperRefused: nothing was decided yet.
    """
    if not filing.opinion_number:
        raise PaperRefused("尚未作出审查决定。")
    lines = [
        f"你单位报送备案的{filing.name_of_subject}（备案号：{filing.receipt_number}）收悉。经审查，现提出如下意见：",
        filing.opinion,
    ]
    if filing.order:
        # What was taken back before the decision is not part of it; what was settled afterwards still is.
        stood = Q(settled_at__isnull=True) | Q(settled_at__date__gt=filing.decided_on)
        for number, finding in enumerate(filing.findings.filter(stood), start=1):
            lines += _finding_lines(number, finding)
        clock = filing.deadlines.filter(code=filing.kind_of_filing.correction_clock).order_by("id").first()
        until = f"请于{chinese_date(clock.effective_end)}前" if clock else "请"
        lines.append(f"以上问题，决定{filing.get_order_display()}。{until}将整改情况书面报告。")
    return OfficialPaper(
        kind="函",
        layout=Layout.LETTER,
        mark=(filing.recipient.name,),
        number=filing.opinion_number,
        title=f"关于《{filing.subject.title}》的备案审查意见书",
        recipients=filing.organisation.name,
        body=parse_blocks("\n".join(lines)),
        signature=(filing.recipient.name,),
        issued_on=filing.decided_on,
    )


def _finding_lines(number: int, finding: FilingFinding) -> list[str]:
    lines = [
        f"（{_chinese_numeral(number)}）{finding.clause}",
        f"问题（{finding.get_fault_display()}）：{finding.problem}",
        f"依据：{finding.basis}。",
    ]
    return [*lines, f"建议：{finding.suggestion}"] if finding.suggestion else lines


def _chinese_numeral(number: int) -> str:
    """1 to 99 in Chinese numerals, as the second level of a paper is counted."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def conclusion(filing: Filing) -> OfficialPaper:
    """整改核查结论: what became of each finding.

    :raises PaperRefused: no correction was ordered, or it is not concluded.
    """
    if not filing.order or filing.stage != Stage.RECORDED:
        raise PaperRefused("整改尚未核查完毕。")
    lines = [
        f"你单位就{filing.name_of_subject}（备案号：{filing.receipt_number}）报送的整改情况，经核查，整改到位，准予备案。"
    ]
    for finding in filing.findings.all():
        result = f"{finding.get_answer_display()}。{finding.answer_text}" if finding.answer else finding.settled_reason
        lines.append(f"第{finding.number}条（{finding.clause}）：{result}")
    return _plain(filing, "备案审查整改核查结论", "\n".join(lines), today())


def revocation(filing: Filing) -> OfficialPaper:
    """撤销决定: what is revoked, why, on what basis and from which day, by the organ that decided.

    :raises PaperRefused: nothing was decided yet.
    """
    if not filing.revoked_on:
        raise PaperRefused("尚未作出撤销决定。")
    lines = [
        f"{filing.organisation.name}：",
        f"你单位报送备案的{filing.name_of_subject}（备案号：{filing.receipt_number}），经备案审查（{filing.opinion_number}）"
        f"发现存在问题，你单位{filing.how_correction_failed}。",
        filing.revocation_reason,
        f"依据{filing.revocation_basis}，决定自{chinese_date(filing.revoked_on)}起撤销该文件，不再作为行政管理的依据。"
        "请立即停止执行，并在原公布渠道公告。",
    ]
    return OfficialPaper(
        kind="决定",
        layout=Layout.DOCUMENT,
        mark=(filing.revocation_organ,),
        number=filing.revocation_number,
        title=f"{filing.revocation_organ}关于撤销《{filing.subject.title}》的决定",
        body=parse_blocks("\n".join(lines)),
        signature=(filing.revocation_organ,),
        issued_on=filing.revoked_on,
    )


def _plain(filing: Filing, title: str, body: str, day) -> OfficialPaper:
    return OfficialPaper(
        kind="通知",
        layout=Layout.PLAIN,
        title=title,
        recipients=filing.organisation.name,
        body=parse_blocks(body),
        signature=(filing.recipient.name,),
        issued_on=day,
    )


def _slots_in(filing: Filing) -> set[str]:
    return {entry.version.document.slot for entry in file_index(filing)}


_BY_SLOT: dict[str, Callable[[Filing], OfficialPaper]] = {
    RECEIPT.code: receipt,
    RETURN_NOTICE.code: return_notice,
    REVIEW_OPINION.code: review_opinion,
    CONCLUSION.code: conclusion,
    REVOCATION.code: revocation,
}


def compose(filing: Filing, slot: str) -> OfficialPaper:
    """The paper that belongs in this slot of the filing.

    :raises PaperRefused: no paper is made for the slot, or the file does not say enough for it.
    """
    if slot == filing.kind_of_filing.report:
        paper = covering_report(filing)
    elif slot in _BY_SLOT:
        paper = _BY_SLOT[slot](filing)
    else:
        raise PaperRefused("这件材料不由系统生成。")
    problems = paper.problems()
    if problems:
        raise PaperRefused("；".join(problems))
    return paper


def put_on_file(filing: Filing, slot: str, paper: OfficialPaper, by, *, mark: str = "") -> list:
    """Set the paper as PDF and as DOCX and lay both into its slot; the versions they became.

    :param mark: tells apart papers of one slot, such as the second notice of return.
    :raises PapersKept: the town's own report, and it has been submitted meanwhile.
    """
    name = slot_label(slot) + mark
    take = attach if is_filled_by_system(slot) else hand_in
    pdf = take(filing, slot, ContentFile(render_pdf(paper), name=f"{name}.pdf"), by, title=mark and name)
    docx = take(filing, slot, ContentFile(render_docx(paper), name=f"{name}.docx"), by, title=f"{name}{EDITABLE}")
    return [pdf, docx]
