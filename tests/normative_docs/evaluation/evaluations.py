"""Documents of age, and evaluations at every point of their way, as their people bring them there."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.evaluation.gates import FILING, REPORT, RESULTS
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.papers import report_text
from normative_docs.evaluation.starting import start_evaluation
from portal.consultation.questionnaires import answer_questionnaire
from portal.demo.walking import cast_of
from portal.documents.attach import attach
from portal.evaluations.asking import ask_the_public
from portal.evaluations.writing import findings_digest as seen
from portal.evaluations.writing import save_findings, save_plan
from portal.jobs import queue
from portal.moment import clock_set_to
from portal.oversight.filing import standing_filing
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.workflow.perform import perform

PUBLISHED = date(2024, 3, 12)
TODAY = date(2026, 3, 16)
"""A Monday, four days after the document came of age."""
FINDINGS = {name: f"{label}方面没有突出问题。" for name, label in Evaluation.ASPECTS}


def document(world, town="longtan", text=texts.water, published=PUBLISHED, number="〔2024〕1号", **facts):
    """A document in force since its day, marked as of people's livelihood unless said otherwise."""
    cast = cast_of(world, town)
    journey = Journey(cast, text(cast.town.short_name), published)
    with clock_set_to(published):
        opened = journey.open(
            document_number=f"{cast.town.document_mark}{number}", issued_on=published,
            effective_on=published + timedelta(days=40), valid_until=date(2029, 3, 31),
            **{"touches_livelihood": True, **facts},
        )  # fmt: skip
        return perform(opened, "register_existing", by=cast.clerk)


def work_off():
    """Do what waits for a worker, here and now."""
    for pk in queue.waiting().values_list("pk", flat=True):
        job = queue.run(pk)
        assert job is None or job.state == job.State.DONE, job.message


def planned(world, *, kind="post", methods=("visit",), on=TODAY, **facts) -> Evaluation:
    made = document(world, **facts)
    with clock_set_to(on):
        evaluation = start_evaluation(made, by=world["lt_clerk"], kind=kind)
        return save_plan(
            evaluation, by=world["lt_clerk"], methods=list(methods), team="龙潭镇司法所",
            respondents="供水用户和村民委员会", finish_by=on + timedelta(days=60),
        )  # fmt: skip


def begun(world, on=TODAY, **facts) -> Evaluation:
    evaluation = planned(world, on=on, **facts)
    with clock_set_to(on):
        return perform(evaluation, "begin", by=world["lt_clerk"])


def asked(world, on=TODAY, answers=3, **facts) -> Evaluation:
    """With a questionnaire that closes in ten days."""
    evaluation = begun(world, on=on, methods=("questionnaire", "visit"), **facts)
    with clock_set_to(on):
        made = ask_the_public(evaluation, by=world["lt_clerk"], opens_on=on, closes_on=on + timedelta(days=10))
        for _ in range(answers):
            answer_questionnaire(made, {1: [1], 2: [1], 3: [4], 4: [5], 5: [1], 6: [1], 7: "没有其他意见"})
    return evaluation


def written(evaluation, world, on=TODAY):
    with clock_set_to(on):
        return save_findings(evaluation, by=world["lt_clerk"], seen=seen(evaluation), **FINDINGS)


def ready_to_hand_in(world) -> Evaluation:
    """The questionnaire is over, its results are on file, and everything is written."""
    evaluation = asked(world)
    later = TODAY + timedelta(days=14)
    with clock_set_to(later):
        words = ContentFile("结果".encode(), name="结果.txt")
        attach(evaluation, RESULTS.code, words, world["lt_clerk"])
    return written(evaluation, world, later)


def handed_in(world, **facts) -> Evaluation:
    evaluation = written(begun(world, **facts), world)
    with clock_set_to(TODAY):
        return perform(evaluation, "hand_in", by=world["lt_clerk"])


def decided(world, outcome="keep", paper=True, **facts) -> Evaluation:
    """Decided, with a report in plain text: setting official paper takes seconds, and one test does that."""
    evaluation = handed_in(world, **facts)
    with clock_set_to(TODAY):
        data = {"outcome": outcome, "reason": "实施效果良好，群众反映较好。"}
        evaluation = perform(evaluation, "decide", by=world["lt_head"], data=data)
        if paper:
            words = ContentFile(report_text(evaluation).encode(), name="评估报告.txt")
            evaluation.report = attach(evaluation, REPORT.code, words, world["lt_head"])
            evaluation.save(update_fields=["report"])
    return Evaluation.objects.get(pk=evaluation.pk)


def filed(evaluation, world) -> None:
    """Reported upward with both papers."""
    with clock_set_to(TODAY):
        perform(evaluation, "report_upward", by=world["lt_clerk"])
        filing = standing_filing(evaluation, FILING)
        attach(filing, "fe_report", ContentFile("报告".encode(), name="报备报告.txt"), world["lt_clerk"])
        perform(filing, "submit", by=world["lt_clerk"])


def reviewed(evaluation, world) -> None:
    """The public text is prepared and looked at by another person."""
    with clock_set_to(TODAY):
        reviewed_for_the_public(evaluation, by=world["lt_clerk"], reviewer=world["lt_head"])


def published(evaluation, world) -> Evaluation:
    reviewed(evaluation, world)
    with clock_set_to(TODAY):
        return perform(evaluation, "publish", by=world["lt_clerk"])


def ready_to_finish(world, outcome="keep") -> Evaluation:
    evaluation = decided(world, outcome)
    filed(evaluation, world)
    return published(evaluation, world)
