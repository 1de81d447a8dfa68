"""What stands on file in the demo county: decisions in every stage, seen from the given day."""

from datetime import date, timedelta

from decisions.demo import catalogues, execution, texts
from decisions.demo.journey import DecisionJourney
from decisions.due_days import explain_delay
from decisions.switches import COUNTY_REQUEST
from portal.consultation.rehearsal import answer_together, new_draft, walk_question
from portal.demo.county import SINCE
from portal.demo.walking import cast_of
from portal.legal_review.models import Conclusion
from portal.organisations.models import PolicySetting


def build(world, today: date) -> None:
    """The app's part of the demo, oldest first, so that numbers run in the order of time."""
    _prior_reports_since(world.county, today - timedelta(days=70))
    catalogues.begin(world, today)
    longtan, qinghe = cast_of(world, "longtan"), cast_of(world, "qinghe")

    def journey(cast, text, days, **more):
        return DecisionJourney(cast, text(cast.town.short_name), today - timedelta(days=days), **more)

    baishi, dongcheng = cast_of(world, "baishi"), cast_of(world, "dongcheng")
    _under_way(journey(longtan, texts.market, 210), today)
    _suspended(journey(qinghe, texts.riverside, 190))
    _stopped(journey(baishi, texts.bus, 170))
    journey(qinghe, texts.bus, 120).walk("decide", comments=texts.COMMENTS[:2])
    _not_lawful(journey(longtan, texts.bus, 100), today)
    _nearly_due(journey(qinghe, texts.market, 95), today)
    journey(dongcheng, texts.riverside, 90).walk("adopt", comments=texts.COMMENTS[:1])
    _terminated(journey(dongcheng, texts.bus, 60))
    journey(baishi, texts.riverside, 55).walk("answer", comments=texts.COMMENTS[1:2])
    _open_with_comments(journey(longtan, texts.square, 24))
    _urgent(journey(baishi, texts.square, 12))
    _declined(journey(qinghe, texts.square, 6))
    journey(qinghe, texts.waterworks, 8, secret=True).walk("start")
    journey(longtan, texts.waterworks, 3, secret=True).walk("propose")
    catalogues.tie(world, today)


def _prior_reports_since(county, first_day: date) -> None:
    """The county asks for a prior report since that day only: older decisions did without."""
    PolicySetting.objects.create(
        organisation=county, code=COUNTY_REQUEST.code, value=False, valid_from=SINCE,
        valid_until=first_day - timedelta(days=1), basis="云溪县重大决策请示报告规定（地方示例）", set_by_name="韩梅",
    )  # fmt: skip


def _under_way(journey: DecisionJourney, today: date) -> None:
    """A task done and one late, a problem answered, the first report overdue; the county has asked why."""
    journey.walk("publish", comments=texts.COMMENTS)
    journey.workday(3)
    execution.plan(journey)
    journey.workday(15)
    execution.do_tasks(journey, 1)
    execution.tell_problem(journey)
    journey.day = max(journey.day, today - timedelta(days=4))
    execution.follow_up(journey)


def _suspended(journey: DecisionJourney) -> None:
    """Halted for the flood season by the head's order, with its tasks open."""
    journey.walk("publish")
    journey.workday(3)
    execution.plan(journey)
    journey.workday(20)
    execution.do_tasks(journey, 1)
    execution.halt(journey, "河道水位持续超过警戒线，施工便道被淹，中止执行至汛期结束。")


def _stopped(journey: DecisionJourney) -> None:
    """Given up, since the county has taken the matter over."""
    journey.walk("publish")
    journey.workday(12)
    execution.give_up(journey, "县城乡公交一体化方案已经覆盖本乡全部线路，经集体讨论，停止执行。")


def _terminated(journey: DecisionJourney) -> None:
    """Given up while it was drafted."""
    journey.walk("draft")
    journey.workday(4)
    with journey.on():
        journey._step("terminate", journey.cast.head, note="县里统一调整线路，本街道不再单独作出决策。")


def _nearly_due(journey: DecisionJourney, today: date) -> None:
    """Deliberated, and to be decided within days."""
    journey.walk("deliberate", comments=texts.COMMENTS[:2])
    execution.promise(journey, today + timedelta(days=12), "镇人民代表大会会议上的承诺")


def _not_lawful(journey: DecisionJourney, today: date) -> None:
    """The review says that it must be changed first; meanwhile the promised day has passed (久拖不决)."""
    journey.walk("review", comments=texts.COMMENTS[:2])
    journey.workday(2)
    journey.find(
        clause="三、", problem="免费乘车的补贴没有预算安排，超越镇级事权。", basis="《中华人民共和国预算法》第十三条",
        suggestion="与县交通、财政部门协商后再定。",
    )  # fmt: skip
    journey.review_integrity()
    journey.conclude(Conclusion.AMEND, "第三项须与有关部门协商，修改后重新送审。")
    execution.promise(journey, today - timedelta(days=18), "对县人大代表建议的书面答复")
    with journey.on(max(journey.day, today - timedelta(days=10))):
        explain_delay(
            journey.document, by=journey.cast.clerk, reason="审查要求与财政、交通部门协商补贴来源，尚未达成一致。",
            expected_on=today + timedelta(days=25),
        )  # fmt: skip


def _urgent(journey: DecisionJourney) -> None:
    """Before the public for a shorter time, for a reason that the notice gives (art. 15)."""
    journey.walk("draft")
    journey.workday()
    journey.open(
        journey.day + timedelta(days=14),
        "入冬前须完成充电设施改造，消除飞线充电的火灾隐患，征求意见期缩短为十四日。",
    )


def _declined(journey: DecisionJourney) -> None:
    """Proposed, and answered with why nothing is started."""
    journey.walk("propose")
    journey.workday(2)
    with journey.on():
        journey._step("decline", journey.cast.head, proposal_answer="小区产权单位已另行安排改造，镇级不再重复立项。")


def _open_with_comments(journey: DecisionJourney) -> None:
    """Opinions on two versions of the draft, some of one mind; what people asked, answered, to be reviewed, open."""
    journey.walk("open")
    clerk, head = journey.cast.clerk, journey.cast.head
    opened_on, document = journey.day, journey.document
    journey.comment(*texts.SQUARE_COMMENTS, days=2)
    new_draft(
        document, by=clerk, on=opened_on + timedelta(days=5),
        changes={"二、位置由居民议事会确定。": texts.SQUARE_REWORKED},
        reason="按照公众意见，第二项增加消防通道和安全距离的要求。",
    )  # fmt: skip
    answer_together(
        document, [1, 2], by=clerk, on=opened_on + timedelta(days=6), name="选址留出消防通道", outcome="adopted",
        answer="采纳，已在第2稿第二项写明。",
    )  # fmt: skip
    walk_question(
        document, by=clerk, reviewer=head, asked_on=opened_on + timedelta(days=3), content="我们小区排在哪一批？",
        answer="第一批四个小区名单在方案通过后公布，选取条件是楼龄二十年以上。",
    )  # fmt: skip
    walk_question(
        document, by=clerk, asked_on=opened_on + timedelta(days=4), content="充电每度收多少钱？",
        answer="按居民电价加服务费，服务费上限由居民议事会商定。",
    )  # fmt: skip
    walk_question(document, by=clerk, asked_on=opened_on + timedelta(days=6), content="老年代步车能不能充？")
