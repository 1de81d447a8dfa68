"""Walking a decision through its procedure as its people would, day by day. The demo and the tests use it."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from decisions import gates
from decisions.arguing import answer as answer_expert
from decisions.arguing import close, enter_opinion, organise
from decisions.assessing import assess
from decisions.catalogue.linking import explain_outside, link, offered
from decisions.choosing import invite
from decisions.consulting import enter_opinion as enter_department
from decisions.demo.texts import DecisionText
from decisions.models import DepartmentOpinion, ExpertArgumentation, ExpertOpinion, RiskAssessment
from decisions.proposing import propose, review_secrecy
from decisions.switches import COUNTY_REQUEST, INTEGRITY_REVIEW
from decisions.vocabulary import EXPERTS, HEARING, PARTICIPATION, RISK
from portal.audit.context import acting
from portal.casefiles.models import Disclosure
from portal.consultation.models import SessionKind
from portal.consultation.rehearsal import Voice, walk_session
from portal.deadlines.forecast import reckon_for
from portal.demo.typesetter import set_ahead
from portal.demo.walking import ONE_DAY, Cast, FileJourney
from portal.documents.attach import attach
from portal.documents.papers import missing_papers
from portal.interpretations.rehearsal import settled
from portal.legal_review.models import Conclusion
from portal.meetings.minutes import seal
from portal.meetings.models import DeliberationItem
from portal.publishing.renditions import paper_of

ACTS = (
    "propose", "start", "draft", "open", "answer", "assess", "review", "opinion", "deliberate", "adopt", "decide",
    "publish",
)  # fmt: skip


class DecisionJourney(FileJourney):
    """One decision under way."""

    agreed = "会议同意，按程序请示报告后实施。"

    def __init__(self, cast: Cast, text: DecisionText, start: date, *, secret: bool = False):
        super().__init__(cast, start)
        self.text, self.secret = text, secret

    def _hand_in(self, *slots):
        """The papers of these slots that the file still lacks."""
        with self.on():
            for slot in missing_papers(self.document, slots):
                content = ContentFile(self._words(slot).encode(), name=f"{slot.label}.txt")
                attach(self.document, slot.code, content, self.cast.clerk)

    def _words(self, slot) -> str:
        return f"{self.text.title}\n{slot.label}\n\n{self.text.body}"

    def propose(self, **fields):
        """The proposal as it came in."""
        text = self.text
        facts = {
            "title": text.title, "proposer_kind": text.proposer_kind, "proposer": text.proposer,
            "proposed_on": self.day, "problem": text.problem, "grounds": text.grounds, "outline": text.outline,
            "matter": text.matter, "matter_reason": text.matter_reason,
            "handling_unit": self.cast.clerk.organisation, "disclosure": Disclosure.PROACTIVE,
        }  # fmt: skip
        if self.secret:
            facts |= {"disclosure": Disclosure.WITHHELD, "disclosure_reason": "涉及重要目标防护，依法不予公开。"}
        with self.on():
            self.document = propose(by=self.cast.clerk, organisation=self.cast.town, **(facts | text.facts | fields))
            self._place_in_catalogue()
        return self.document

    outside = "目录公布后新出现的事项，已报告镇党委，年终一并说明。"

    def _place_in_catalogue(self):
        """The item of that name in the town's catalogue, or why there is none."""
        item = offered(self.document).filter(title=self.text.title).first()
        if item is not None:
            link(self.document, item, by=self.cast.clerk)
        else:
            reason = "依法不予公开，不列入公布的目录。" if self.secret else self.outside
            explain_outside(self.document, by=self.cast.clerk, reason=reason)

    def start(self):
        with self.on():
            self._step("start", self.cast.head, proposal_answer="建议可行，决定启动，由承办单位牵头起草。")

    def draft(self):
        """Draft and reasons, the departments heard, the county asked."""
        text, decision = self.text, self.document
        with self.on(), acting(self.cast.clerk):
            decision.draft_text, decision.drafting_notes, decision.legal_basis = text.body, text.notes, text.basis
            decision.research, decision.options = text.research, text.options
            decision.contact_name, decision.contact_phone = self.cast.clerk.full_name, "0000-6128001"
            decision.save(
                update_fields=[
                    "draft_text", "drafting_notes", "legal_basis", "research", "options", "contact_name",
                    "contact_phone",
                ]
            )  # fmt: skip
        asked_on = self.day
        self.workday(3)
        with self.on():
            for unit, agrees, words, own in (
                ("财政所", True, "同意。", ""),
                ("应急管理办公室", False, "消防改造应当列入一期。", "采纳后一期工程量过大，改为一期先行完成消防管网。"),
            ):
                enter_department(
                    decision,
                    DepartmentOpinion(
                        unit=unit, asked_on=asked_on, answered_on=self.day, agrees=agrees, opinion=words, own_view=own
                    ),
                    by=self.cast.clerk,
                )  # fmt: skip
        self._hand_in(gates.DRAFT, gates.NOTES)
        if self.document.is_switched_on(COUNTY_REQUEST):
            self.ask_county("ask_county", f"我单位拟就{text.title}作出决策，现将草案报请审示。")
        if self.secret:
            with self.on():
                self.document = review_secrecy(decision, by=self.cast.head)

    def open(self, closes_on: date | None = None, shortened_reason: str = ""):
        """Open the consultation; by default it closes the day after the minimum. A secret one goes on instead."""
        with self.on():
            if not self.document.needs(PARTICIPATION):
                self._step("go_on_in_confidence", self.cast.clerk, note="依法不予公开，理由已经审核。")
                return
            shortest = reckon_for(self.cast.town, "mad_public_comment_min", self.day).effective_end
            self._step(
                "open_participation", self.cast.clerk, summary=self.text.summary,
                closes_on=closes_on or shortest + ONE_DAY, shortened_reason=shortened_reason,
                contact_unit=self.cast.clerk.organisation.name, contact_phone="0000-6128001", contact_email="",
                contact_address="",
            )  # fmt: skip

    def hear(self, announced_on: date):
        """The forum with special groups and the hearing, where they are needed."""
        for wanted, kind, voice in (
            (
                self.document.special_groups, SessionKind.FORUM,
                Voice("孙桂英", "残疾人联合会", "临时市场要有无障碍通道。", "adopted", "采纳。", invited=True),
            ),
            (
                self.document.needs(HEARING), SessionKind.HEARING,
                Voice("沈建平", "经营户", "过渡期摊位费应当减免。", "partly", "减免水电费，摊位费按实际面积收。"),
            ),
        ):  # fmt: skip
            if wanted:
                walk_session(
                    self.document, by=self.cast.clerk, kind=kind, announced_on=announced_on,
                    held_on=announced_on + timedelta(days=25), voices=(voice,),
                )  # fmt: skip

    def conclude_participation(self):
        if self.document.stage == "participation":
            with self.on():
                self._step("conclude_participation", self.cast.clerk)

    EXPERTS = (
        ("梁志远", "云溪职业技术学院 副教授", "规划建设", "supports", "分期合理。", "采纳。"),
        ("何静", "县消防协会 高级工程师", "社会稳定", "with_changes", "临时市场应当设消防通道。", "采纳，写入第三条。"),
    )

    NAMED = ("梁志远",)  # agreed to be named before the public

    def organise_argument(self) -> ExpertArgumentation:
        with self.on():
            return organise(
                self.document,
                ExpertArgumentation(
                    form="meeting", questions="改造范围和分期是否合理，临时市场是否安全。", selection="reasoned",
                    selection_reason="建筑、消防两个领域，来自两个单位，其中一人此前持不同意见。", held_on=self.day,
                ),
                by=self.cast.clerk,
            )  # fmt: skip

    def enter_expert(self, argumentation: ExpertArgumentation, expert: tuple) -> ExpertOpinion:
        """An expert from outside the pool is asked, and says what he or she thinks."""
        name, employer, field, view, words, _ = expert
        with self.on():
            chosen = invite(
                argumentation, by=self.cast.clerk, name=name, employer=employer, field=field,
                reason="专家库中没有这一领域的专家。",
            )  # fmt: skip
            return enter_opinion(
                argumentation,
                ExpertOpinion(
                    chosen=chosen, has_no_interest=True, view=view, opinion=words, signed_on=self.day,
                    may_be_published=name in self.NAMED,
                ),
                by=self.cast.clerk,
            )  # fmt: skip

    def argue(self):
        """Two experts, one of whom dissents; each answered, the report on file."""
        argumentation = self.organise_argument()
        for expert in self.EXPERTS:
            opinion = self.enter_expert(argumentation, expert)
            with self.on():
                answer_expert(opinion, by=self.cast.clerk, outcome="adopted", words=expert[-1])
        with self.on():
            close(argumentation, by=self.cast.clerk, report="方案必要、可行；临时市场须设消防通道。")

    def assess_risk(self, level: str = "medium"):
        acceptable = level in ("low", "medium")
        with self.on():
            return assess(
                self.document,
                RiskAssessment(
                    assessor_kind="own", assessor=self.cast.clerk.organisation.name, assessed_on=self.day,
                    public_views="走访经营户四十户，支持三十六户。", stability="个别经营户担心过渡期收入下降。",
                    environment="施工扬尘和噪声，影响有限。", economy="投资列入年度预算。", lawful=True,
                    reasonable=acceptable, feasible=True, integrity=True, controllable=acceptable, level=level,
                    measures="设临时市场，减免水电费，专人联系经营户。",
                    response_plan="发生聚集的，由分管负责人现场处置并报告。",
                ),
                by=self.cast.clerk,
            )  # fmt: skip

    def assess(self):
        """What the facts ask for between the public's part and the review."""
        if self.document.needs(EXPERTS):
            self.argue()
        if self.document.needs(RISK):
            self.assess_risk()
        self._hand_in(gates.EXPERT_PAPER, gates.RISK_PAPER, *gates.REVIEW_PACK)

    def send_to_review(self):
        with self.on():
            self._step("send_to_review", self.cast.clerk)

    def review_integrity(self):
        if self.document.is_switched_on(INTEGRITY_REVIEW):
            with self.on():
                self._step("assess_integrity", self.reviewer, conclusion="passed", opinion="未发现廉洁风险。")

    def conclude(self, conclusion=Conclusion.LAWFUL, opinion="权限、程序、内容符合规定，可以提请集体讨论。"):
        """The reviewer answers the list, has the adviser's opinion, and issues the opinion."""
        self._hand_in(gates.ADVISER)
        self.answer_list(failing="" if conclusion == Conclusion.LAWFUL else "content")
        with self.on():
            self._step("issue_opinion", self.reviewer, conclusion=conclusion, opinion=opinion)

    def wait_for_review_time(self):
        minimum = self.document.deadlines.filter(code="mad_legality_review_min").order_by("-id").first()
        while self.day <= minimum.effective_end:
            self.workday()

    def deliberate(self, result=DeliberationItem.Result.PASSED):
        """Put to the meeting once the review time is over; members first, head last, minutes sealed."""
        self.respond_to_findings()
        self.wait_for_review_time()
        with self.on():
            self._step("put_to_deliberation", self.cast.clerk)
            seal(self.hold_meeting(result), by=self.cast.clerk)

    def adopt(self):
        with self.on():
            self._step("adopt", self.cast.clerk)

    def prepare_decision(self):
        """The report to the Party committee, the formal text, and who carries it out."""
        self._hand_in(gates.PARTY_REPORT, gates.FINAL_TEXT)
        decision = self.document
        with self.on():
            decision.executing_unit, decision.executed_until = self.cast.clerk.organisation, self.day + timedelta(240)
            decision.adoption_notes = "公众意见采纳一条、部分采纳一条；专家意见均已采纳。未采纳的意见已逐条说明理由。"
            decision.save(update_fields=["executing_unit", "executed_until", "adoption_notes"])

    def decide(self):
        self.prepare_decision()
        with self.on():
            self._step("decide", self.cast.head, reported_on=self.day, party_opinion="镇党委会议研究，同意按程序实施。")

    def publish(self):
        """Published with the reasons for what was adopted and what not; a secret one is only carried out."""
        if not self.document.needs(PARTICIPATION):
            with self.on():
                self._step("carry_out_in_confidence", self.cast.clerk, note="依法不予公布。")
            return
        self.review_public_copy()
        with self.on():
            if self.text.interpretation:
                settled(self.document, by=self.cast.clerk, reviewer=self.cast.head, text=self.text.interpretation)
            self._step("publish", self.cast.clerk)

    def participate(self, comments=()):
        """The public's part, where there is one: comments, forum and hearing, answers."""
        if not self.document.needs(PARTICIPATION):
            return
        opened_on = self.day
        self.comment(*comments)
        self.hear(opened_on)
        self.answer()
        self.workday()
        self.conclude_participation()

    def review(self):
        self.review_integrity()
        self.conclude()

    def walk(self, until: str, comments=()):
        """Everything up to and including the named act of ``ACTS``, in lawful order."""
        acts = {
            "propose": (0, self.propose),
            "start": (2, self.start),
            "draft": (1, self.draft),
            "open": (1, self.open),
            "answer": (0, lambda: self.participate(comments)),
            "assess": (1, self.assess),
            "review": (0, self.send_to_review),
            "opinion": (3, self.review),
            "deliberate": (0, self.deliberate),
            "adopt": (0, self.adopt),
            "decide": (2, self.decide),
            "publish": (1, self.publish),
        }
        if until == "publish" and not self.secret:
            set_ahead(paper_of(gates.FINAL_TEXT.label, self._words(gates.FINAL_TEXT)))
        for act in ACTS[: ACTS.index(until) + 1]:
            workdays, do = acts[act]
            self.workday(workdays)
            do()
        return self.document
