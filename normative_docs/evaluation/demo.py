"""龙潭镇's and 清河镇's evaluations: one is due, one is asking the public, one is finished."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.evaluation.gates import FILING, REPORT
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.starting import start_evaluation
from normative_docs.models import NormativeDocument
from portal.consultation.questionnaires import answer_questionnaire
from portal.demo.walking import cast_of
from portal.documents.attach import attach
from portal.evaluations.asking import ask_the_public
from portal.evaluations.setting import newest_job as newest_paper
from portal.evaluations.writing import findings_digest, save_findings, save_plan
from portal.jobs import queue
from portal.moment import clock_set_to
from portal.oversight.filing import standing_filing
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.workflow.perform import perform

_FINDINGS = {
    "legality": "制定以来上位法没有变动，未发现与上位法不一致的内容。",
    "fairness": "各方责任明确，与县级同类文件协调。",
    "operability": "管护责任落实到人；停水通知的时限执行中偏紧，部分村做不到。",
    "effect": "报修平均办理时间由五天降到两天，投诉比制定前减少六成。",
    "problems": "停水通知的时限规定过死，建议明确突发故障的例外；水质检测结果建议按季公布。",
}


def build(world, today: date) -> None:
    """The app's part of the demo."""
    longtan, qinghe = cast_of(world, "longtan"), cast_of(world, "qinghe")
    _due(longtan, today)
    _asking(qinghe, today)
    _finished(longtan, today)


def _existing(cast, text, published: date, number: str) -> NormativeDocument:
    journey = Journey(cast, text, published)
    with clock_set_to(published):
        opened = journey.open(
            document_number=f"{cast.town.document_mark}{number}", issued_on=published,
            effective_on=published + timedelta(days=31), valid_until=published + timedelta(days=5 * 365),
            touches_livelihood=True,
        )  # fmt: skip
        return perform(opened, "register_existing", by=cast.clerk)


def _due(cast, today: date) -> None:
    published = today - timedelta(days=2 * 365 + 40)
    text = texts.draft(
        "龙潭镇", "集中居住点物业服务", "measures", "社区治理",
        ("为规范集中居住点物业服务，制定本办法。", "物业服务收费应当公示。", "村民委员会每年组织一次服务评议。"),
    )  # fmt: skip
    _existing(cast, text, published, f"〔{published.year}〕31号")


def _planned(cast, document, day: date, methods, finish_by: date) -> Evaluation:
    with clock_set_to(day):
        evaluation = start_evaluation(document, by=cast.clerk)
        evaluation = save_plan(
            evaluation, by=cast.clerk, methods=list(methods), team=f"{cast.town.short_name}司法所",
            respondents="管理相对人、村民委员会和有关办所", finish_by=finish_by,
        )  # fmt: skip
        return perform(evaluation, "begin", by=cast.clerk)


def _asking(cast, today: date) -> None:
    published = today - timedelta(days=2 * 365 + 90)
    text = texts.draft(
        "清河镇", "便民公交运营管理", "measures", "交通运输",
        ("为规范便民公交运营，制定本办法。", "线路和班次应当公示，调整前公告七日。", "老年人凭证免费乘车。"),
    )  # fmt: skip
    document = _existing(cast, text, published, f"〔{published.year}〕32号")
    evaluation = _planned(
        cast, document, today - timedelta(days=12), ("questionnaire", "visit"), today + timedelta(days=30)
    )
    opened = today - timedelta(days=8)
    with clock_set_to(opened):
        asked = ask_the_public(evaluation, by=cast.clerk, opens_on=opened, closes_on=today + timedelta(days=6))
    with clock_set_to(today - timedelta(days=2)):
        for score in (5, 4, 4, 3, 5):
            answer_questionnaire(asked, {1: [1], 2: [1], 3: [score], 4: [score], 5: [2 if score < 4 else 1], 6: [1]})


def _finished(cast, today: date) -> None:
    """On its whole way, the report set by the worker."""
    started = today - timedelta(days=150)
    text = texts.draft(
        "龙潭镇", "小型水利设施管护", "measures", "水利",
        ("为管好小型水利设施，制定本办法。", "管护责任人由村民会议确定。", "停水检修应当提前二日通知用户。"),
    )  # fmt: skip
    document = _existing(cast, text, started - timedelta(days=2 * 365 + 20), f"〔{started.year - 2}〕33号")
    evaluation = _planned(cast, document, started, ("visit", "meeting", "data"), started + timedelta(days=60))
    with clock_set_to(started + timedelta(days=30)):
        evaluation = save_findings(evaluation, by=cast.clerk, seen=findings_digest(evaluation), **_FINDINGS)
        evaluation = perform(evaluation, "hand_in", by=cast.clerk)
    with clock_set_to(started + timedelta(days=33)):
        reason = "文件总体可行，实施效果良好；执行中的问题通过改进管理解决，不需要修改文件。"
        evaluation = perform(evaluation, "decide", by=cast.head, data={"outcome": "improve", "reason": reason})
        queue.run(newest_paper(evaluation, REPORT.code).pk)
    with clock_set_to(started + timedelta(days=40)):
        measures = "由农业农村办制定突发停水应急办法，按季公布水质；三个月内完成。"
        evaluation = perform(evaluation, "carry_out", by=cast.clerk, data={"improvement": measures})
        perform(evaluation, "report_upward", by=cast.clerk)
        filing = standing_filing(evaluation, FILING)
        attach(filing, "fe_report", ContentFile("现将评估报告报送备案。".encode(), name="报备报告.txt"), cast.clerk)
        perform(filing, "submit", by=cast.clerk)
        reviewed_for_the_public(evaluation, by=cast.clerk, reviewer=cast.head)
        evaluation = perform(evaluation, "publish", by=cast.clerk)
        perform(evaluation, "finish", by=cast.clerk)
