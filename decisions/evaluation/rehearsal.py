"""Walking an evaluation through its procedure as its people would, day by day. The demo and the tests use it."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from decisions.evaluation.choosing import choose
from decisions.evaluation.gates import CONCLUSION, CONTRACT, REPORT, RESULTS, THIRD_PARTY_REPORT, asks_the_public
from decisions.evaluation.hearing import finish_correction, hear, order_correction
from decisions.evaluation.models import Correction, DecisionEvaluation, HeardOpinion
from decisions.evaluation.papers import public_text
from portal.consultation.questionnaires import answer_questionnaire
from portal.consultation.standing import newest_questionnaire
from portal.demo.walking import ONE_DAY, Cast, FileJourney
from portal.documents.attach import attach
from portal.documents.papers import missing_papers
from portal.evaluations.asking import ask_the_public, put_results_on_file
from portal.evaluations.setting import newest_job
from portal.evaluations.writing import findings_digest, save_findings, save_plan
from portal.jobs import queue
from portal.meetings.minutes import seal
from portal.meetings.models import DeliberationItem

FINDINGS = {
    "effect": "两处停车场和十一座候车亭按期建成，集镇占道停车明显减少，候车条件改善。",
    "performance": "停车场日均停放三百二十车次，占道停车投诉比建设前减少六成。",
    "cost": "实际投入815万元，比预算少45万元；收费仅够日常维护，没有增加财政负担。",
    "views": "问卷多数认为有利；部分居民反映节假日车位不足，一处停车场雨天积水。",
    "problems": "车位按平日需求设计，节假日不足；镇北停车场排水口偏少，雨天积水。",
}


class EvaluationJourney(FileJourney):
    """One evaluation under way.

    :param by_worker: slots whose papers are set as they are at work, which takes a second each; the others stand in
        plain text.
    """

    agreed = "会议同意评估报告，决策继续实施。"

    def __init__(self, cast: Cast, decision, start: date, *, by_worker: tuple[str, ...] = ()):
        super().__init__(cast, start)
        self.decision, self.by_worker = decision, by_worker

    def choose(self) -> DecisionEvaluation:
        with self.on():
            self.document = choose(
                self.decision, by=self.cast.clerk, triggers=["necessary"],
                reason="投资较大，直接关系群众生活，执行已满一年，列为本年重点评估。",
            )  # fmt: skip
        return self.document

    def plan(self, *, third_party: str = "", methods=("questionnaire", "visit", "data"), days: int = 90):
        """The plan; with the name of a third party, its contract is on file."""
        with self.on():
            self.document = save_plan(
                self.document, by=self.cast.clerk, scope="决策确定的全部内容，自实施至今。",
                evaluator_kind="third_party" if third_party else "own",
                evaluator=third_party or self.cast.town.name, methods=list(methods),
                participants="镇人大代表、县政协委员各一名，商会，集镇社区", finish_by=self.day + timedelta(days=days),
            )  # fmt: skip
            self._hand_in(CONTRACT)

    def _hand_in(self, *slots):
        for slot in missing_papers(self.document, slots):
            words = f"{self.document.title}\n{slot.label}"
            attach(self.document, slot.code, ContentFile(words.encode(), name=f"{slot.label}.txt"), self.cast.clerk)

    def begin(self):
        with self.on():
            self._step("begin", self.cast.head)

    def ask(self, closes_on: date | None = None):
        """Put the usual questions to the public."""
        with self.on():
            return ask_the_public(
                self.document, by=self.cast.clerk, opens_on=self.day, closes_on=closes_on or self.day + 15 * ONE_DAY
            )

    def fill_in(self, *scores: int):
        """Citizens answer the questionnaire, one for each score, the day after it opened."""
        asked = newest_questionnaire(self.document)
        with self.on(asked.opens_on + ONE_DAY):
            for score in scores:
                good = score > 3
                answers = {1: [1], 2: [1], 3: [1 if good else 2], 4: [score], 5: [1 if good else 5], 6: [1]}
                answer_questionnaire(asked, answers)

    def close_questionnaire(self):
        """Its counted answers become a paper."""
        asked = newest_questionnaire(self.document)
        self.day = max(self.day, asked.closes_on + ONE_DAY)
        self.workday()
        with self.on():
            if RESULTS.code in self.by_worker:
                put_results_on_file(self.document, by=self.cast.clerk)
                queue.run(newest_job(self.document, RESULTS.code).pk)
            else:
                self._hand_in(RESULTS)

    def hear(self):
        """A delegate and an executing unit say what they think."""
        with self.on():
            for voice, source, words in (
                ("deputy", "镇人大代表 沈建平", "停车难明显缓解，建议增加节假日临时车位。"),
                ("executing_unit", "规划建设办公室", "工程质量验收合格，排水需要完善。"),
            ):
                hear(
                    self.document,
                    HeardOpinion(voice=voice, source=source, heard_on=self.day, opinion=words),
                    by=self.cast.clerk,
                )

    def write(self):
        with self.on():
            self.document = save_findings(
                self.document, by=self.cast.clerk, seen=findings_digest(self.document), **FINDINGS
            )
            self._hand_in(THIRD_PARTY_REPORT)

    def study(self):
        """Everything between the beginning and the report."""
        if asks_the_public(self.document):
            self.ask()
            self.fill_in(5, 4, 4, 5, 3)
            self.close_questionnaire()
        self.hear()
        self.write()

    def _make(self, slot):
        """The paper that the step has asked for."""
        with self.on():
            if slot.code in self.by_worker:
                queue.run(newest_job(self.document, slot.code).pk)
            else:
                words = ContentFile(public_text(self.document).encode(), name=f"{slot.label}.txt")
                name = {REPORT.code: "report", CONCLUSION.code: "conclusion"}[slot.code]
                setattr(self.document, name, attach(self.document, slot.code, words, self.cast.clerk))
                self.document.save(update_fields=[name])
        self.document = DecisionEvaluation.objects.get(pk=self.document.pk)

    def hand_in(self, advice: str = "continue"):
        with self.on():
            self._step("hand_in", self.cast.clerk, outcome=advice, reason="目标基本实现，群众总体满意，问题可以改正。")
        self._make(REPORT)

    def deliberate(self, result=DeliberationItem.Result.PASSED):
        self.workday(2)
        with self.on():
            seal(self.hold_meeting(result), by=self.cast.clerk)

    def conclude(self, outcome: str = "continue"):
        with self.on():
            reason = "决策目标已经实现，公众评价较好，存在的问题通过纠偏措施改正。"
            self._step("conclude", self.cast.head, outcome=outcome, reason=reason)
        self._make(CONCLUSION)

    def publish(self):
        self.review_public_copy()
        with self.on():
            self._step("publish", self.cast.clerk)

    def order(self, task: str = "镇北停车场增设雨水箅子，疏通排水管。", days: int = 30) -> Correction:
        with self.on():
            return order_correction(
                self.document,
                Correction(task=task, unit=self.cast.clerk.organisation, due_on=self.day + timedelta(days=days)),
                by=self.cast.clerk,
            )

    def correct(self, correction: Correction, note: str = "已增设四处雨水箅子，雨天不再积水。"):
        with self.on():
            return finish_correction(correction, by=self.cast.clerk, done_on=self.day, note=note)

    def carry_out(self):
        by = self.cast.head if self.document.outcome == "stop" else self.cast.clerk
        with self.on():
            self._step("carry_out", by)

    def finish(self):
        with self.on():
            self._step("finish", self.cast.clerk)

    def walk(self, until: str, outcome: str = "continue", third_party: str = ""):
        """Everything up to and including the named act, in lawful order."""
        acts = {
            "choose": (0, self.choose),
            "plan": (1, lambda: self.plan(third_party=third_party)),
            "begin": (2, self.begin),
            "study": (1, self.study),
            "hand_in": (3, lambda: self.hand_in(outcome)),
            "deliberate": (0, self.deliberate),
            "conclude": (1, lambda: self.conclude(outcome)),
            "publish": (2, self.publish),
        }
        for act, (workdays, do) in acts.items():
            self.workday(workdays)
            do()
            if act == until:
                break
        return self.document
