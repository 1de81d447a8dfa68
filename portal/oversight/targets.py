"""Who else receives a document for the record (另行报备), as data: the people's congress of the same level."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.organisations import policy
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.policy import PolicyKey

STANDING_COMMITTEE_SWITCH = policy.declare(
    PolicyKey(
        "oversight.congress_standing_committee", "县级人民政府的规范性文件报同级人大常委会备案", "switch", True,
        "各级人民代表大会常务委员会监督法（规范性文件的备案审查）",
    )
)  # fmt: skip
PRESIDIUM_SWITCH = policy.declare(
    PolicyKey(
        "oversight.congress_presidium", "乡镇的规范性文件同时报乡镇人大主席团备案", "switch", False,
        "云溪县地方规则（地方示例）",
    )
)  # fmt: skip
DAYS = policy.declare(
    PolicyKey(
        "oversight.congress_days", "报同级人大机构备案的天数（自公布之日起）", "number", 30,
        "云溪县地方规则（地方示例）",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One kind of recipient: whose documents go to it, under which switch, and its name for an issuer."""

    code: str
    label: str
    basis: str
    switch: str
    issuers: tuple[str, ...]
    name: Callable[[Organisation], str]

    def is_due_from(self, issuer: Organisation, on) -> bool:
        """Whether this issuer's documents go there, by its kind and its region's choice on that day."""
        return issuer.kind in self.issuers and bool(policy.value(self.switch, issuer, on))


def _place(issuer: Organisation) -> str:
    return issuer.name.removesuffix("人民政府")


TARGETS = {
    target.code: target
    for target in (
        Target(
            "standing_committee", "同级人大常委会", STANDING_COMMITTEE_SWITCH.basis, STANDING_COMMITTEE_SWITCH.code,
            (OrganisationKind.COUNTY_GOVERNMENT,), lambda issuer: f"{_place(issuer)}人民代表大会常务委员会",
        ),
        Target(
            "presidium", "乡镇人大主席团", PRESIDIUM_SWITCH.basis, PRESIDIUM_SWITCH.code,
            (OrganisationKind.TOWN_GOVERNMENT,), lambda issuer: f"{_place(issuer)}人民代表大会主席团",
        ),
    )
}  # fmt: skip


def targets_of(issuer: Organisation, on) -> list[Target]:
    """Every further recipient of this issuer's documents on that day."""
    return [target for target in TARGETS.values() if target.is_due_from(issuer, on)]


def target_label(code: str) -> str:
    """The name of a kind of recipient; the code for one that is no longer declared."""
    return TARGETS[code].label if code in TARGETS else code
