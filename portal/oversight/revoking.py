"""When a town does not put right what the county found: proposal, revocation, public notice (公开通报).

Law: 地方各级人民代表大会和地方各级人民政府组织法 art. 73(3): a county government alters or revokes unsuitable
decisions of the governments below it. The portal records the decision of the organ that took it.
"""

from portal.accounts.authority import holders
from portal.deadlines import clocks
from portal.documents.rendering.paper import NUMBER_SHAPE
from portal.moment import today
from portal.notifications.messages import notify
from portal.oversight.effects import ask_for_paper
from portal.oversight.kinds import REVOCATION, filing_kinds
from portal.workflow.refusals import StepRefused

TEXTS = {"reason": "撤销理由", "basis": "撤销依据"}
DECISION = {**TEXTS, "organ": "决定机关", "approver": "批准人", "number": "撤销决定文号"}


def _words(data: dict, wanted: dict[str, str]) -> dict[str, str]:
    """:raises StepRefused: naming what was left empty."""
    words = {name: (data.get(name) or "").strip() for name in wanted}
    empty = [label for name, label in wanted.items() if not words[name]]
    if empty:
        raise StepRefused("请填写" + "、".join(empty) + "。")
    return words


def proposed(filing, by, data):
    """Why it should be revoked, and on what basis; a correction period that ran out is noted as such."""
    words = _words(data, TEXTS)
    filing.revocation_reason, filing.revocation_basis = words["reason"], words["basis"][:300]
    filing.save(update_fields=["revocation_reason", "revocation_basis"])
    code = filing_kinds[filing.filing_kind].correction_clock
    if code and filing.deadlines.open().filter(code=code).exists():
        clocks.lapse_clock(filing, code, by, reason="届满未报送整改情况，提请撤销")
    _tell_town(filing, f"提请撤销：{filing.subject.title}", filing.revocation_reason)


def dropped(filing, by, data):
    """No revocation: the town answers anew within a new limit."""
    filing.revocation_reason = filing.revocation_basis = ""
    filing.save(update_fields=["revocation_reason", "revocation_basis"])
    filing.findings.filter(settled_at__isnull=True).update(answer="", answered_at=None)
    code = filing_kinds[filing.filing_kind].correction_clock
    if code:
        clocks.start_clock(filing, code, today(), by=by)
    _tell_town(filing, f"不予撤销，请继续整改：{filing.subject.title}", "请在新的整改期限内逐条答复。")


def revoked(filing, by, data):
    """The organ's decision with its number; the subject loses its effect on that day.

    :raises StepRefused: something of the decision is missing, or its number or day cannot be right.
    """
    words = _words(data, DECISION)
    if not NUMBER_SHAPE.fullmatch(words["number"]):
        raise StepRefused("撤销决定文号应当写作“云府决〔2026〕1号”。")
    on = data.get("on") or today()
    if on > today() or (filing.decided_on and on < filing.decided_on):
        raise StepRefused("撤销日期不能晚于今天，也不能早于备案审查意见作出之日。")
    filing.revocation_reason, filing.revocation_basis = words["reason"], words["basis"][:300]
    filing.revocation_organ, filing.revocation_approver = words["organ"][:120], words["approver"][:120]
    filing.revocation_number, filing.revoked_on = words["number"][:60], on
    filing.save(
        update_fields=[
            "revocation_reason", "revocation_basis", "revocation_organ", "revocation_approver", "revocation_number",
            "revoked_on",
        ]
    )  # fmt: skip
    kind = filing_kinds[filing.filing_kind]
    if kind.revoked is not None:
        kind.revoked(filing, by, on, filing.revocation_reason)
    ask_for_paper(filing, REVOCATION, by)
    _tell_town(filing, f"已撤销：{filing.subject.title}", f"{filing.revocation_organ} {filing.revocation_number}")


def announced(filing, by, data):
    """From today on the public directory names it (公开通报)."""
    filing.announced_on = today()
    filing.save(update_fields=["announced_on"])
    _tell_town(filing, f"已公开通报：{filing.subject.title}", f"撤销决定 {filing.revocation_number}")


def _tell_town(filing, heading: str, body: str) -> None:
    told = [*holders("oversight.file", filing.organisation), *holders("casefiles.lead", filing.organisation)]
    notify(list({person.pk: person for person in told}.values()), heading[:200], body, file=filing)
