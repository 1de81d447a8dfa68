"""An evaluation, a suggestion and an incidental review of one document, and an address of each of their pages."""

from normative_docs.evaluation.starting import start_evaluation
from normative_docs.suggestions.incidental.registering import register_review
from normative_docs.suggestions.receiving import COUNTER, hand_in
from portal.evaluations.writing import save_plan
from portal.moment import today


def review_addresses(world, document, by_interface) -> dict[str, dict[str, object]]:
    """The keyword arguments of each address, by URL name or namespace.

    :param by_interface: gives those of a file in the interface, from its name there, the file and a step.
    """
    clerk = world["lt_clerk"]
    evaluation = start_evaluation(document, by=clerk)
    save_plan(
        evaluation, by=clerk, methods=["visit"], team="龙潭镇司法所", respondents="供水用户", finish_by=today()
    )  # fmt: skip
    typed = {
        "document": document.pk, "town": document.organisation.code, "named_document": document.title,
        "clause": "第三条", "reason": "没有依据。", "proposer": "person", "proposer_name": "陈小满",
    }  # fmt: skip
    waiting, done = COUNTER.keep(typed), COUNTER.keep(typed)
    suggestion = hand_in(done).suggestion
    review = register_review(
        document, by=clerk, channel="reconsideration", requesting_body="云溪县人民政府",
        case_number="云府复〔2026〕1号", received_on=today(),
    )  # fmt: skip
    return {
        "evaluation": {"public_id": evaluation.public_id},
        "evaluations": {"public_id": evaluation.public_id, "slot": "ev_report"},
        "evaluation:start": {"public_id": document.public_id},
        "evaluation:importance": {"public_id": document.public_id},
        "suggestions": {"public_id": suggestion.public_id},
        "suggestions:check": {"token": waiting},
        "suggestions:receipt": {"token": done},
        "suggestions:incidental-statement": {"public_id": review.public_id},
        **by_interface("evaluation", evaluation, "begin"),
        **by_interface("review-suggestion", suggestion, "accept"),
        **by_interface("incidental-review", review, "hand_in"),
    }
