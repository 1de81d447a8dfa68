"""Roles as data: what each lets its holder do, and which files it shows.

An authority is ``room.verb``. The three administrators (三员: system, security, audit) exclude each
other and touch no business data (GB/T 22239-2019 8.1.4.2, 8.1.5).
"""

from dataclasses import dataclass
from enum import StrEnum


class Sight(StrEnum):
    """Which case files a role shows within its organisation."""

    ALL = "all"  # every file of the organisation and below
    OWN = "own"  # what the person opened
    ADDRESSED = "addressed"  # what was addressed upward to the county
    NOTHING = "nothing"


@dataclass(frozen=True)
class Role:
    code: str
    label: str
    audience: str  # "staff", "county" or "admin": which door the person uses
    sight: Sight
    authorities: frozenset[str]
    excludes: frozenset[str] = frozenset()


_ADMINISTRATORS = frozenset({"system_administrator", "security_administrator", "audit_administrator"})


def _role(code, label, audience, sight, *authorities):
    excludes = frozenset()
    if code in _ADMINISTRATORS:
        excludes = _ADMINISTRATORS - {code} | {"*business*"}
    return Role(code, label, audience, sight, frozenset(authorities), excludes)


ROLES = {
    role.code: role
    for role in (
        _role(
            "clerk",
            "经办人",
            "staff",
            Sight.ALL,
            "casefiles.see",
            "casefiles.open",
            "casefiles.handle",
            "normative_docs.draft",
            "decisions.draft",
            "decisions.evaluate",
            "normative_docs.register",
            "normative_docs.clean_up",
            "consultation.run",
            "consultation.explain",
            "meetings.record",
            "oversight.file",
            "publishing.prepare",
            "reports.prepare",
            "normative_docs.evaluate",
            "suggestions.answer",
            "experts.see",
            "experts.keep",
            "advisers.see",
            "advisers.keep",
        ),
        _role(
            "legal_reviewer",
            "法制审核员",
            "staff",
            Sight.ALL,
            "casefiles.see",
            "casefiles.open",
            "casefiles.handle",
            "legal_review.review",
            "meetings.record",
            "oversight.file",
            "publishing.review",
            "reports.prepare",
            "normative_docs.register",
            "normative_docs.evaluate",
            "decisions.evaluate",
            "suggestions.answer",
            "normative_docs.relate",
            "normative_docs.confirm_text",
            "experts.see",
            "experts.keep",
            "advisers.see",
            "advisers.keep",
        ),
        _role(
            "head",
            "负责人",
            "staff",
            Sight.ALL,
            "casefiles.see",
            "casefiles.lead",
            "consultation.review_answers",
            "casefiles.approve",
            "meetings.chair",
            "decisions.decide",
            "decisions.sign",
            "normative_docs.sign",
            "normative_docs.relate",
            "normative_docs.confirm_text",
            "publishing.review",
            "deadlines.approve",
            "reports.approve",
            "accountability.see",
            "experts.see",
            "advisers.see",
        ),
        _role("village_informant", "村级信息员", "staff", Sight.OWN, "casefiles.see", "casefiles.open"),
        _role("mediator", "调解员", "staff", Sight.OWN, "casefiles.see", "casefiles.open"),
        _role("petition_receiver", "信访接待员", "staff", Sight.OWN, "casefiles.see", "casefiles.open"),
        _role(
            "filing_reviewer",
            "备案审查员",
            "county",
            Sight.ADDRESSED,
            "casefiles.see",
            "county.see",
            "oversight.review",
            "oversight.decide",
            "oversight.inspect",
            "county_requests.answer",
            "oversight.report",
            "legal_review.review_for_towns",
            "suggestions.review",
            "experts.see",
            "experts.keep",
            "advisers.see",
            "advisers.keep",
        ),
        _role(
            "supervisor",
            "监督员",
            "county",
            Sight.ADDRESSED,
            "casefiles.see",
            "county.see",
            "county.supervise",
            "oversight.decide",
            "oversight.assign",
            "oversight.revoke",
            "oversight.inspect",
            "oversight.report",
            "oversight.approve",
            "county.rules",
            "suggestions.review",
            "suggestions.reply",
            "accountability.see",
            "accountability.open",
            "experts.see",
            "experts.keep",
            "advisers.see",
            "advisers.keep",
        ),
        _role("system_administrator", "系统管理员", "admin", Sight.NOTHING, "system.run", "system.jobs"),
        _role("security_administrator", "安全管理员", "admin", Sight.NOTHING, "security.people"),
        _role("audit_administrator", "审计管理员", "admin", Sight.NOTHING, "audit.read"),
    )
}


def authorities_of(codes) -> frozenset[str]:
    """All authorities that these roles give together."""
    return frozenset().union(*(ROLES[code].authorities for code in codes if code in ROLES))


def roles_with(authority: str) -> list[str]:
    """Codes of the roles that give this authority."""
    return [role.code for role in ROLES.values() if authority in role.authorities]


def every_authority() -> frozenset[str]:
    return authorities_of(ROLES)


def conflicting(codes) -> str | None:
    """Why these roles may not meet in one person, in Chinese; ``None`` when they may."""
    held = set(codes)
    administrators = held & _ADMINISTRATORS
    if len(administrators) > 1:
        return "系统、安全、审计三类管理员不得由同一人兼任。"
    if administrators and held - administrators:
        return "管理员不得兼任业务角色。"
    return None
