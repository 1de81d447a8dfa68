"""What stands in the archive of the demo county: a decision sealed and closed, and somebody held to account."""

from datetime import date, timedelta

from decisions.models import DECIDED, MajorDecision
from decisions.workflow import WORKFLOW
from portal.demo.walking import cast_of
from portal.dossiers.sealing import ask_for_sealing
from portal.jobs import queue
from portal.legal_review.letters import newest_job
from portal.legal_review.reviewing import newest
from portal.meetings.models import Meeting
from portal.meetings.printing import ask_for_minutes
from portal.moment import clock_set_to
from portal.oversight.accountability.holding import hold_to_account
from portal.workflow.perform import perform


def build(world, today: date) -> None:
    """Called with the world of the demo county, behind the decisions' own part."""
    longtan = cast_of(world, "longtan")
    made = MajorDecision.objects.filter(organisation=longtan.town, stage__in=DECIDED).order_by("decided_on", "pk")
    done = made.filter(stage__in=WORKFLOW.transition("archive").sources)
    with clock_set_to(today - timedelta(days=3)):
        _archive(done.first(), longtan)
        _look_back(next((one for one in made if not one.is_secret), None), longtan, today)


def _archive(decision: MajorDecision | None, cast) -> None:
    """What the worker prints, the sealed volume, and the last step."""
    if decision is None:
        return
    queue.run(newest_job(newest(decision)).pk)
    queue.run(ask_for_minutes(Meeting.objects.get(items__file=decision), by=cast.clerk).pk)
    queue.run(ask_for_sealing(decision, by=cast.clerk).pk)
    perform(decision, "archive", by=cast.clerk)


def _look_back(decision: MajorDecision | None, cast, today: date) -> None:
    """The county found that the departments' dissent was answered too shortly."""
    if decision is None:
        return
    step = decision.transition_records.get(code="send_to_review")
    hold_to_account(
        decision, by=cast.county_supervisor, act_key=f"step:{step.pk}:{step.code}", ground="neglect",
        responsibility="direct", finding="送审材料中对应急管理办公室不同意见的说明过于简略，经督促后补充。",
        result="admonished", result_words="批评教育，限期补充说明", decided_by="云溪县人民政府",
        decided_on=today - timedelta(days=5), decision_number="云政监〔2026〕4号",
    )  # fmt: skip
