"""龙潭镇's evaluations of decisions: one concluded and published, one asking the public."""

from dataclasses import replace
from datetime import date, timedelta

from decisions.demo import catalogues, execution, texts
from decisions.demo.journey import DecisionJourney
from decisions.evaluation.choosing import note_cue
from decisions.evaluation.gates import REPORT
from decisions.evaluation.rehearsal import EvaluationJourney
from decisions.models import MajorDecision
from portal.demo.walking import cast_of
from portal.moment import clock_set_to

THIRD_PARTY = "云溪县公共政策研究会"
_LONG_AGO = 640  # days: decided, and carried out for more than a year


def build(world, today: date) -> None:
    """The room's part of the demo."""
    longtan = cast_of(world, "longtan")
    _finished(longtan, today)
    _asking(longtan, today)


def _parking(town: str) -> texts.DecisionText:
    return replace(
        texts.bus(town),
        title=f"{town}集镇停车场和候车亭建设方案",
        proposer_kind="department",
        proposer=f"{town}规划建设办公室",
        problem="集镇占道停车多，候车点没有遮雨设施。",
        grounds="镇人大代表连续两年提出建议，派出所统计占道停车投诉全年一百余件。",
        outline="新建停车场两处、候车亭十一座，一年内完成。",
        matter="project",
        matter_reason="公共建设项目，投资估算860万元，超过500万元的量化标准。",
        body="一、在镇北、镇西新建停车场两处，共设车位一百六十个。\n二、沿公交线路新建候车亭十一座。\n"
        "三、停车收费用于日常维护，前三十分钟免费。\n四、方案公布之日起一年内建成。",
        notes="一、必要性\n规范停车，改善候车条件。\n二、主要内容\n选址、规模、收费和工期。",
        basis="《城市停车设施建设指南》；县城乡交通基础设施三年行动计划",
        summary="拟新建集镇停车场两处、候车亭十一座，现就选址和收费公开征求意见。",
        interpretation="一、建在哪里\n镇北、镇西各一处停车场，共一百六十个车位；公交沿线十一座候车亭。\n二、怎样收费\n前三十分钟免费，"
        "收费只用于日常维护。\n三、什么时候建成\n方案公布之日起一年内。",
    )


_COMMENTS = (("三、", "请写明由谁负责巡查。", ""), ("", "支持，希望尽快实施。", ""))


def _finished(cast, today: date) -> None:
    """继续实施, by a third party, both corrections done."""
    decided = DecisionJourney(cast, _parking(cast.town.short_name), today - timedelta(days=_LONG_AGO))
    decided.walk("publish", comments=_COMMENTS)
    execution.finish(decided)
    journey = EvaluationJourney(cast, decided.document, today - timedelta(days=160), by_worker=(REPORT.code,))
    journey.walk("publish", third_party=THIRD_PARTY)
    first = journey.order(days=30)
    second = journey.order("利用东侧空地增设节假日临时车位四十个。", days=45)
    journey.workday(15)
    journey.correct(first)
    journey.workday(10)
    journey.correct(second, "临时车位已经划线启用。")
    journey.finish()


def _asking(cast, today: date) -> None:
    """The questionnaire is open; complaints spoke for choosing this decision of last year's catalogue."""
    decision = MajorDecision.objects.get(organisation=cast.town, title=catalogues.of_last_year(cast).title)
    with clock_set_to(today - timedelta(days=40)):
        note_cue(
            decision, by=cast.clerk, trigger="opinions", words="12345 热线半年内收到 23 件反映，集中在清运不及时。"
        )
    journey = EvaluationJourney(cast, decision, today - timedelta(days=20))
    journey.walk("begin")
    journey.day = today - timedelta(days=8)
    journey.ask(closes_on=today + timedelta(days=7))
    journey.fill_in(5, 4, 2, 4, 3, 5)
    journey.hear()
    journey.order("清运不及时的收运点由村级信息员每日拍照上报，由镇逐点销号。", days=12)
