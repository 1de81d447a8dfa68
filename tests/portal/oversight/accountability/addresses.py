"""A decision whose chain is sealed early because somebody is held to account, and where that is."""

from portal.moment import clock_set_to
from portal.oversight.accountability.holding import hold_to_account


def accountability_addresses(world, decision, today) -> dict[str, object]:
    """The keyword arguments of the room's addresses."""
    with clock_set_to(today):
        case = hold_to_account(
            decision, by=world["county_supervisor"], act_key="proposal", ground="procedure", responsibility="direct",
            finding="未按规定程序提出。", result="correct", result_words="", decided_by="云溪县人民政府",
            decided_on=today, decision_number="",
        )  # fmt: skip
    return {"public_id": decision.public_id, "case_id": case.public_id}
