"""A town with one thing of every kind, and an address of each page that shows one of them.

The access matrix walks all URL patterns with these; a pattern for which nothing is named here fails.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from decisions.demo import execution
from decisions.demo.journey import DecisionJourney
from decisions.demo.texts import market, waterworks
from decisions.executing import ask_adjustment
from decisions.models import ExecutionAdjustment
from normative_docs.cleanup.demo import Round
from normative_docs.cleanup.outcomes import CampaignKind, Trigger
from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.in_force.acts import OutsideAct, amend
from normative_docs.in_force.versions import confirm, prepare
from normative_docs.models.recognition import QUESTIONS as RECOGNITION_QUESTIONS
from normative_docs.recognising import recognise
from normative_docs.recording import open_draft
from normative_docs.vocabulary import PRECHECK_REQUEST
from portal.accounts.models import SignedInSession
from portal.bulletins.periods import Span
from portal.consultation.commenting import COUNTER, hand_in
from portal.consultation.models import PublicComment
from portal.consultation.standing import newest as newest_consultation
from portal.county_requests.asking import ask_county
from portal.demo.county import World
from portal.demo.walking import cast_of
from portal.documents.attach import attach
from portal.documents.models import Document
from portal.moment import SHANGHAI, clock_set_to
from portal.notifications.messages import notify
from portal.notifications.models import Notification
from portal.organisations.models import Qualification
from portal.oversight.effects import ask_for_paper
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import FurtherFiling
from portal.publishing.copying import CHECKLIST
from portal.reports.writing import ask_paper
from portal.web.docs.addresses import Address
from tests.decisions.catalogue.addresses import catalogue_addresses
from tests.decisions.evaluation.addresses import evaluation_addresses
from tests.normative_docs.addresses import document_addresses
from tests.normative_docs.suggestions.addresses import review_addresses
from tests.portal.bulletins import scenarios as bulletins
from tests.portal.capacity.people import capacity_addresses
from tests.portal.consultation.addresses import opinion_addresses, participation_addresses
from tests.portal.documents.specimens import pdf
from tests.portal.oversight import inspections
from tests.portal.oversight.accountability.addresses import accountability_addresses
from tests.portal.reports.desk import Desk

TODAY = date(2026, 6, 26)
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")

# What names a thing of the town. The rest of an address (a year, a code of the law) names nothing that is anybody's.
OF_THE_TOWN = {"public_id", "meeting_id", "document_id", "comment_id", "job_id", "serial", "recognition", "document",
               "relation", "further_id", "expert_id", "adviser_id", "list_id", "case_id"}  # fmt: skip
OF_THE_TOWN_TOO = {"reports:figure"}
QUESTIONS = {
    "api:time-limit": "?start=2026-06-01", "api:indicator": "?organisation=longtan&year=2025",
    **dict.fromkeys(("accountability:person", "accountability:person-export"), "?name=镇人大代表 沈建平"),
}  # fmt: skip
UNKNOWN = {
    "public_id": NOBODY, "meeting_id": NOBODY, "document_id": NOBODY, "comment_id": NOBODY, "job_id": NOBODY,
    "recognition": NOBODY, "attendance_id": NOBODY, "item_id": NOBODY, "statement_id": NOBODY, "pk": 999_999,
    "serial": 9_999, "document": NOBODY, "relation": 999_999, "further_id": NOBODY,
    "expert_id": NOBODY, "adviser_id": NOBODY, "list_id": NOBODY, "case_id": NOBODY,
}  # fmt: skip


@dataclass
class Scene:
    """龙潭镇 with files in every stage, and the keyword arguments of each address by URL name or namespace."""

    world: World
    files: dict[str, object] = field(default_factory=dict)
    arguments: dict[str, dict[str, object]] = field(default_factory=dict)
    # What a page answered to whom, by user name and path: nothing that reads changes it.
    answered: dict[tuple[str | None, str], int] = field(default_factory=dict)

    def kwargs(self, address: Address) -> dict[str, object]:
        """What the address needs. :raises LookupError: nothing is named for one of its places."""
        found = {**self.arguments.get(address.namespace, {}), **self.arguments.get(address.name, {})}
        wanted = PLACEHOLDER.findall(address.route)
        missing = [name for name in wanted if name not in found]
        if missing:
            raise LookupError(f"tests/matrix.py names no {missing} for {address.name} ({address.route})")
        return {name: found[name] for name in wanted}

    def path(self, address: Address) -> str:
        return reverse(address.name, kwargs=self.kwargs(address)) + QUESTIONS.get(address.name, "")

    def paths(self, address: Address) -> list[str]:
        """The address for its own thing and, where it is about any file, for a file of every stage."""
        paths = [self.path(address)]
        if set(PLACEHOLDER.findall(address.route)) == {"public_id"} and address.namespace == "inside":
            paths += [reverse(address.name, kwargs={"public_id": file.public_id}) for file in self.files.values()]
        return list(dict.fromkeys(paths))

    def path_to_nothing(self, address: Address) -> str:
        """The same address for a thing that does not exist."""
        kwargs = {name: UNKNOWN.get(name, value) for name, value in self.kwargs(address).items()}
        if address.name in OF_THE_TOWN_TOO:
            kwargs["code"] = "nowhere"
        return reverse(address.name, kwargs=kwargs)


def is_of_the_town(address: Address) -> bool:
    """Whether the address names a thing of the town that is not public."""
    inside = address.route.startswith(("/staff/", "/county/", "/api/"))
    return inside and (bool(OF_THE_TOWN & set(PLACEHOLDER.findall(address.route))) or address.name in OF_THE_TOWN_TOO)


def build(world: World) -> Scene:
    """Walk documents to their stages, start a report, and name an address for everything."""
    scene, cast = Scene(world), cast_of(world, "longtan")

    def journey(text, start):
        return Journey(cast, text("龙潭镇"), start)

    filed, submitted = journey(texts.water, date(2026, 1, 5)), journey(texts.fire, date(2026, 2, 2))
    filed.walk("record", comments=texts.COMMENTS[:1])
    submitted.walk("submit", comments=texts.COMMENTS[:1])
    deliberating = journey(texts.market, date(2026, 3, 2))
    deliberating.walk("opinion", comments=texts.COMMENTS[:1])
    meeting = _put_to_deliberation(deliberating)
    reviewing = journey(texts.waste, date(2026, 4, 7))
    reviewing.walk("review", comments=texts.COMMENTS[:1])
    finding = reviewing.find()
    consulting = journey(texts.housing, TODAY - timedelta(days=10))
    consulting.walk("consult", comments=texts.COMMENTS[:2])
    draft = journey(texts.parking, TODAY - timedelta(days=2))
    draft.open()
    report = Desk(world, day=TODAY).start()
    cleaned, cleaning = _clean_up(cast)
    decision = _decision_under_argument(cast)
    carried_out = _decision_carried_out(cast)
    scene.files = {
        "filed": filed.document, "submitted": submitted.document, "deliberating": deliberating.document,
        "reviewing": reviewing.document, "consulting": consulting.document, "draft": draft.document,
        "filing": submitted.filing, "recorded": filed.filing, "report": report,
        "cleaned": cleaned.document, "cleaning": cleaning.document, "decision": decision,
        "carried_out": carried_out,
    }  # fmt: skip
    with clock_set_to(TODAY):
        _name_addresses(scene, consulting, meeting, finding)
    return scene


def _clean_up(cast):
    """A clean-up whose result is public, and one under way."""
    done, running = Round(cast, date(2026, 5, 6)), Round(cast, TODAY - timedelta(days=3))
    done.begin()
    done.finish()
    running.begin(CampaignKind.SPECIAL, "龙潭镇专项清理", trigger_kind=Trigger.REFORM, trigger="乡镇综合执法改革")
    running.fix_scope()
    return done, running


def _decision_under_argument(cast):
    """A decision before the public, an argumentation with one opinion open, its risk assessed."""
    journey = DecisionJourney(cast, market("龙潭镇"), TODAY - timedelta(days=20))
    journey.walk("open")
    argumentation = journey.organise_argument()
    journey.enter_expert(argumentation, journey.EXPERTS[0])
    journey.assess_risk()
    return journey.document


def _decision_carried_out(cast):
    """A decision that is carried out: its tasks, a problem and a change that wait, a note of the county."""
    journey = DecisionJourney(cast, waterworks("龙潭镇"), TODAY - timedelta(days=80), secret=True)
    journey.walk("publish")
    execution.plan(journey)
    execution.tell_problem(journey, answered=False)
    execution.follow_up(journey)
    with journey.on():
        ask_adjustment(
            journey.document,
            ExecutionAdjustment(
                kind="drop", task=journey.document.execution_tasks.get(number=2), reason="县里统一实施。"
            ),
            by=cast.clerk,
        )
    return journey.document


def _put_to_deliberation(journey):
    """A meeting whose minutes are still open."""
    minimum = journey.document.deadlines.filter(code="nd_legality_review_min").latest("id")
    while journey.day <= minimum.effective_end:
        journey.workday()
    with journey.on():
        journey.respond_to_findings()
        journey._step("put_to_deliberation", journey.cast.clerk)
        return journey.hold_meeting("")


def _name_addresses(scene, consulting, meeting, finding) -> None:
    files, clerk = scene.files, scene.world["lt_clerk"]
    reviewing, filing, report = files["reviewing"], files["filing"], files["report"]
    paper = attach(reviewing, "other", ContentFile(pdf("依据材料"), name="依据.pdf"), clerk)
    paper = paper if isinstance(paper, Document) else paper.document
    version = paper.versions.latest("number")
    consultation = newest_consultation(consulting.document)
    comment = consultation.comments.earliest("id")
    draft_token = COUNTER.keep(
        {"content": "建议明确办理时限。", "name_is_public": False, "sent_from": PublicComment.From.values[0]},
        consultation=consultation,
    )
    done_token = COUNTER.keep(
        {"content": "建议公布联系电话。", "name_is_public": False, "sent_from": PublicComment.From.values[0]},
        consultation=consultation,
    )
    hand_in(consultation, done_token)
    notify([clerk], "待办", "有一件事项轮到您办理", key="matrix")
    slot = next(slot for slot in filing_kinds[filing.filing_kind].papers if slot.code)
    job = ask_for_paper(filing, slot, clerk)
    report_job = ask_paper(report, by=clerk)
    Client().force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    item = meeting.items.earliest("id")
    waiting = recognise(
        by=clerk, organisation=scene.world.longtan, title="龙潭镇广场舞活动管理规定", form="provisions",
        answers={question.code: True for question in RECOGNITION_QUESTIONS}, reason="全镇普遍适用。",
    )  # fmt: skip
    unrecognised = open_draft(by=clerk, organisation=scene.world.longtan, title="待认定的文件", disclosure="proactive")
    published = files["filed"].publications.get()
    change = _amended(files["filed"], scene.world)
    role = scene.world["qh_clerk"].role_assignments.earliest("id")
    asking = ask_county(files["draft"], PRECHECK_REQUEST, by=clerk, matter="现将草案报请预审。")
    scene.arguments = {
        "accounts": {"pk": SignedInSession.objects.filter(person=clerk).earliest("id").pk},
        "inside": {"public_id": reviewing.public_id, "document_id": paper.public_id},
        "inside:clock": {"pk": reviewing.deadlines.filter(state="running").earliest("id").pk},
        "inside:record": {"pk": reviewing.transition_records.earliest("id").pk},
        "inside:step": {"code": "issue_opinion"},
        **{f"inside:register{part}": {"code": "normative_docs"} for part in ("", "-columns", "-views", "-export")},
        "office": {"username": "qh_clerk", "pk": role.pk, "act": "disable"},
        "office:notification": {"pk": Notification.objects.get(reader=clerk, key="matrix").pk},
        "office:job": {"public_id": report_job.public_id},
        "office:job-retry": {"public_id": report_job.public_id},
        "office:rule": {"code": "normative_docs.commencement_gap"},
        "office:calendar-year": {"year": 2026},
        "documents": {"public_id": paper.public_id, "number": version.number, "page": 1, "name": version.name},
        "consultation": {
            "public_id": consulting.document.public_id, "comment_id": comment.public_id, "number": consultation.round,
        },
        **{
            f"consultation:public-{page}": {"public_id": consultation.public_id, "token": token}
            for page, token in (
                ("detail", ""), ("comment", ""), ("check", draft_token), ("receipt", done_token),
            )
        },
        **participation_addresses(consulting.document, clerk, TODAY),
        **opinion_addresses(consultation, files["decision"], clerk),
        "legal_review": {"public_id": reviewing.public_id, "number": finding.number},
        "meetings": {
            "public_id": files["deliberating"].public_id, "meeting_id": meeting.public_id, "item_id": item.public_id,
            "attendance_id": meeting.attendances.earliest("id").public_id,
            "statement_id": item.statements.earliest("id").public_id,
        },
        "receipts": {"number": 1},
        "oversight": {"public_id": filing.public_id, "job_id": job.public_id},
        "oversight:further": {"further_id": _also_sent(filing).public_id},
        "oversight:inspection": {"public_id": inspections.issued(scene.world).public_id},
        "oversight:revoked-notice": {"public_id": filing.public_id},
        "bulletins": {
            "public_id": bulletins.composed(scene.world, Span("year", 2025), TODAY).public_id, "unit": "longtan",
            "code": "oversight.filed",
        },
        "capacity": capacity_addresses(scene.world, TODAY),
        "oversight:supervision-files": {"town": "longtan", "indicator": "normative_docs.filing_rate"},
        "publishing": {"year": published.year, "serial": published.serial, "number": 1, "code": "longtan"},
        "publishing:staff-review": {"public_id": files["deliberating"].public_id},
        "publishing:staff-making": {"public_id": files["deliberating"].public_id},
        "reports": {"public_id": report.public_id, "code": "longtan", "year": 2025},
        "reports:figure": {"figure_code": "normative_docs.issued"},
        "reports:section": {"code": "shortcomings"},
        "normative_docs": {"public_id": files["draft"].public_id},
        "decisions": {"public_id": files["decision"].public_id, "number": 1, "opinion": 1, "expert": 1},
        "accountability": accountability_addresses(scene.world, files["decision"], TODAY),
        **{
            f"decisions:{page}": {"public_id": files["carried_out"].public_id, "number": 1}
            for page in (
                "execution", "new-task", "task", "task-done", "new-problem", "problem", "new-adjustment", "adjustment",
                "remake",
            )
        },
        "cleanup": {"public_id": files["cleaning"].public_id, "number": 1},
        "cleanup:notice": {"public_id": files["cleaned"].public_id},
        "cleanup:public-result": files["cleaned"].publications.values("year", "serial").get(),
        "in_force": {
            "public_id": files["filed"].public_id, "act": "end", "relation": change.pk, "year": published.year,
            "serial": published.serial, "day": TODAY, "before": 1, "after": 2,
        },
        "in_force:plan": {"public_id": files["draft"].public_id},
        "api:normative-document-version-list": {"document": files["filed"].public_id},
        "api:normative-document-relation-list": {"document": files["filed"].public_id},
        "normative_docs:recognition": {"public_id": files["draft"].recognition.public_id},
        "normative_docs:recognise-file": {"public_id": unrecognised.public_id},
        "normative_docs:continuation": {"public_id": files["filed"].public_id},
        "normative_docs:new": {"recognition": waiting.public_id},
        "office:end-qualification": {"pk": Qualification.objects.latest("id").pk},
        "api:time-limit": {"code": "nd_filing"},
        "api:indicator": {"code": "normative_docs.issued"},
        "api:organisation-detail": {"code": "longtan"},
        "api:case-file-detail": {"public_id": reviewing.public_id},
        **_by_interface("filing", filing, "accept"),
        **_by_interface("normative-document-cleanup", files["cleaning"], "send_to_review"),
        **_by_interface("normative-document", reviewing, "issue_opinion"),
        **_by_interface("major-decision", files["decision"], "publish_answers"),
        "county_requests": {"public_id": asking.public_id},
        **_by_interface("county-request", asking, "submit"),
        **catalogue_addresses(scene.world, files["decision"], TODAY, _by_interface),
        **review_addresses(scene.world, files["filed"], _by_interface),
        **evaluation_addresses(scene.world, _by_interface),
        **document_addresses(scene.world, files["draft"]),
    }  # fmt: skip


def _amended(document, world):
    """A published document amended today, its consolidated text confirmed."""
    change = amend(
        document, by=world["lt_legal"], on=TODAY, through=None, reason="修改", articles=["第一条"],
        act=OutsideAct("关于修改的决定", "龙政规〔2026〕99号"),
    )  # fmt: skip
    label = "第一条　"
    text = document.draft_text.replace(label, f"{label}为了保障安全，", 1)
    version = prepare(change, by=world["lt_clerk"], text=text)
    confirm(version, by=world["lt_legal"], checklist=[question.code for question in CHECKLIST])
    return change


def _also_sent(filing) -> FurtherFiling:
    """The town's document on the list of the people's congress."""
    return FurtherFiling.objects.create(
        issuer=filing.organisation, subject_id=filing.subject_id, target="presidium", title=filing.subject.title,
        recipient="云溪县龙潭镇人民代表大会主席团",
    )  # fmt: skip


def _by_interface(prefix: str, file, code: str) -> dict[str, dict[str, object]]:
    pages = ("detail", "deadlines", "history", "papers", "transition", "transitions")
    return {f"api:{prefix}-{page}": {"public_id": file.public_id, "code": code} for page in pages}


def noon() -> datetime:
    """The moment at which the matrix is walked."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, 0, tzinfo=SHANGHAI)
