"""Clean-ups of the demo county: one of two years ago, so that the next is almost due, and a special one under way."""

from datetime import date, timedelta

from normative_docs.cleanup.campaigns import open_campaign
from normative_docs.cleanup.effects import NOTICE_JOB
from normative_docs.cleanup.models import CleanupCampaign
from normative_docs.cleanup.outcomes import CampaignKind, CleanupOutcome, FairCompetition, Trigger
from normative_docs.cleanup.verdicts import check_items, give_verdict
from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.demo.walking import Cast, cast_of
from portal.jobs import queue
from portal.jobs.models import Job
from portal.legal_review.models import Conclusion
from portal.meetings.minutes import seal
from portal.meetings.models import DeliberationItem

DAYS_SINCE_LAST = 716
"""The finished clean-up lies so far back that the next one is due within weeks."""

_RETAIN = (CleanupOutcome.RETAIN, "与上位法一致，仍需继续执行。", "")
_AMEND = (CleanupOutcome.AMEND, "部分条款与现行规定不一致，需要修改。", "")
_REPEAL = (CleanupOutcome.REPEAL, "所依据的规定已经废止。", "《中华人民共和国行政处罚法》（2021年修订）第十六条")
_LAPSE = (CleanupOutcome.LAPSE, "适用期已过，规范的对象已经消失。", "国办发〔2018〕37号")
# Older documents of 龙潭镇: number, subject, topic, day of issue, on the market, what the clean-up of then concluded.
_OLDER = (
    ("龙政规〔2018〕3号", "农村客运站点管理", "交通运输", date(2018, 6, 5), False, _RETAIN),
    ("龙政规〔2019〕1号", "小餐饮油烟整治", "市场监管", date(2019, 4, 2), True, _REPEAL),
    ("龙政规〔2019〕4号", "村级档案室建设", "档案管理", date(2019, 9, 12), False, _AMEND),
    ("龙政规〔2020〕2号", "返乡人员健康登记", "卫生健康", date(2020, 2, 10), False, _LAPSE),
    ("龙政规〔2020〕5号", "农产品产地交易点管理", "市场监管", date(2020, 8, 20), True, _RETAIN),
)  # fmt: skip


class Round(Journey):
    """One clean-up under way; its campaign is ``document``, as of every journey."""

    def __init__(self, cast: Cast, start: date):
        super().__init__(cast, None, start)

    def begin(self, kind=CampaignKind.FULL, title: str = "", **fields) -> CleanupCampaign:
        """Open it with the documents in scope on the day."""
        town = self.cast.town
        values = {
            "trigger_kind": Trigger.TWO_YEARS, "reference_on": self.day, "finish_by": self.day + timedelta(days=90),
            "handling_unit": self.cast.clerk.organisation,
        } | fields  # fmt: skip
        with self.on():
            self.document = open_campaign(
                by=self.cast.clerk, organisation=town, campaign_kind=kind,
                title=title or f"{town.short_name} {self.day.year} 年行政规范性文件全面清理", **values,
            )  # fmt: skip
        return self.document

    def fix_scope(self):
        with self.on():
            self._step("fix_scope", self.cast.clerk)

    def conclude(self, item, verdict=_RETAIN, **fields):
        """Write down what becomes of one document."""
        code, reason, basis = verdict
        competition = FairCompetition.CLEAN if item.needs_competition_answer else ""
        with self.on():
            return give_verdict(
                item, by=self.cast.clerk, verdict=code, reason=reason, basis=basis,
                **({"fair_competition": competition} | fields),
            )  # fmt: skip

    def conclude_all(self, verdicts=None):
        """Every document without a conclusion gets that of its number, else 保留."""
        for item in self.document.items.filter(in_scope=True, verdict="").select_related("document", "campaign"):
            self.conclude(item, (verdicts or {}).get(item.document.document_number, _RETAIN))

    def send(self):
        with self.on():
            self._step("send_to_review", self.cast.clerk)

    def check_all(self):
        with self.on():
            numbers = list(self.document.items.filter(in_scope=True).values_list("number", flat=True))
            check_items(self.document, numbers, by=self.reviewer)

    def give_opinion(self, conclusion=Conclusion.LAWFUL, opinion="结论、理由和依据符合规定，同意提请集体讨论。"):
        """The legal office has compared every line and says so in writing."""
        self.check_all()
        self.answer_list(failing="" if conclusion == Conclusion.LAWFUL else "no_burden")
        with self.on():
            self._step("issue_opinion", self.reviewer, conclusion=conclusion, opinion=opinion)

    def put_to_meeting(self):
        with self.on():
            self._step("put_to_deliberation", self.cast.clerk)

    def meet(self, result=DeliberationItem.Result.PASSED):
        """The meeting decides, and its minutes are sealed."""
        with self.on():
            seal(self.hold_meeting(result), by=self.cast.clerk)

    def sign_notice(self):
        with self.on():
            self._step("sign", self.cast.head)

    def make_notice(self) -> Job:
        """The worker sets the notice."""
        with self.on():
            asked = Job.objects.filter(kind=NOTICE_JOB, key=f"cleanup:{self.document.pk}").latest("id")
            return queue.run(asked.pk)

    def go_public(self):
        """The text is reviewed by another person, then published; every conclusion takes effect."""
        self.review_public_copy()
        with self.on():
            self._step("publish", self.cast.clerk)

    def finish(self, verdicts=None):
        """From the list as opened to the published result."""
        self.fix_scope()
        self.workday(10)
        self.conclude_all(verdicts)
        self.workday()
        self.send()
        self.workday(3)
        self.give_opinion()
        self.put_to_meeting()
        self.workday()
        self.meet()
        self.adopt()
        self.sign_notice()
        self.make_notice()
        self.workday()
        self.go_public()


def build(world, today: date) -> None:
    """The app's part of the demo: 龙潭镇 alone, so that the county sees a town that never cleaned up beside it."""
    cast = cast_of(world, "longtan")
    verdicts = _older_documents(cast)
    start = today - timedelta(days=DAYS_SINCE_LAST)
    done = Round(cast, start)
    done.begin()
    done.finish(verdicts)
    _special(cast, today)


def record_existing_text(journey: Journey, **fields):
    """A document from before the portal, issued on the journey's day: recorded as existing and public at once."""
    journey.open(issued_on=journey.day, **fields)
    with journey.on():
        return journey._step("register_existing", journey.cast.clerk)


def _older_documents(cast: Cast) -> dict[str, tuple]:
    """Documents from before the portal, recorded as existing; what the clean-up will conclude on each, by number."""
    for number, subject, topic, issued, market, _ in _OLDER:
        journey = Journey(
            cast,
            texts.draft(
                cast.town.short_name, subject, "measures", topic,
                (f"为规范{subject}，制定本办法。", "有关单位应当指定专人负责，办理情况每季度公示一次。"),
                affects_market=market,
            ),
            issued,
        )  # fmt: skip
        record_existing_text(journey, document_number=number, effective_on=issued + timedelta(days=30))
    return {number: verdict for number, _, _, _, _, verdict in _OLDER}


def _special(cast: Cast, today: date) -> None:
    """Documents on the market are gone through anew; half of them are concluded on."""
    special = Round(cast, today - timedelta(days=20))
    special.begin(
        CampaignKind.SPECIAL, f"{cast.town.short_name}妨碍统一市场和公平竞争的规定专项清理",
        trigger_kind=Trigger.FAIR_COMPETITION, trigger="清理妨碍全国统一市场和公平竞争的规定和做法",
        only_market=False, finish_by=today + timedelta(days=3),
    )  # fmt: skip
    special.workday()
    special.fix_scope()
    special.workday(4)
    items = list(special.document.items.select_related("document", "campaign").order_by("number"))
    for item in items[: len(items) // 2]:
        special.conclude(item)
