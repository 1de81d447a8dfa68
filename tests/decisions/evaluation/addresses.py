"""An evaluation of a decision under study, and an address of each of its pages."""

from tests.decisions.evaluation import evaluations


def evaluation_addresses(world, by_interface) -> dict[str, dict[str, object]]:
    """The keyword arguments of each address, by URL name or namespace.

    :param by_interface: gives those of a file in the interface, from its name there, the file and a step.
    """
    way = evaluations.walked(world, "begin")
    way.order()
    decision = {"public_id": way.decision.public_id}
    return {
        "decision_evaluation": {"public_id": way.document.public_id, "number": 1},
        "decision_evaluation:choose": decision,
        "decision_evaluation:cue": decision,
        **by_interface("decision-evaluation", way.document, "replan"),
    }
