"""What an incidental review needs before it may move on."""

from normative_docs.suggestions.vocabulary import Channel, Verdict
from portal.documents.slots import PaperSlot, register_slots
from portal.meetings import standing as meetings
from portal.workflow.declare import Gate, Standing, met, not_started
from portal.workflow.papers_on_file import papers_on_file

RECONSIDERATION = "行政复议法 第五十六条至第六十条"
COURT = "最高人民法院关于适用行政诉讼法的解释 第一百四十九条"

NOTICE = PaperSlot("ir_notice", "审查通知、转送函或者司法建议书", f"{RECONSIDERATION}；{COURT}")
GROUNDS = PaperSlot("ir_grounds", "制定依据和程序材料", "行政复议法 第五十八条")
REPLY = PaperSlot("ir_reply", "书面答复", f"{RECONSIDERATION}；{COURT}", by_system=True)
RESULT = PaperSlot("ir_result", "复议决定、处理意见或者裁判文书", RECONSIDERATION)
PAPERS = register_slots(NOTICE, GROUNDS, REPLY, RESULT)


def _statement(review) -> Standing:
    return met("已填写") if review.statement.strip() else not_started("尚未填写合法性说明")


def _reply(review) -> Standing:
    return met("书面答复已入卷") if review.reply_paper_id else not_started("系统正在生成书面答复")


def _consequence(review) -> Standing:
    if review.follow_up_id:
        return met(f"已立卷：《{review.follow_up.title}》")
    return not_started("文件被认定不合法，应当修改或者废止")


NOTICE_ON_FILE = Gate(
    code="incidental_notice_on_file",
    label="来文已入卷",
    basis=RECONSIDERATION,
    standing=lambda review: papers_on_file(review, (NOTICE,)),
    remedy="inside:papers#ir_notice",
)
STATEMENT_WRITTEN = Gate(
    code="incidental_statement_written",
    label="合法性说明已填写",
    basis="行政复议法 第五十八条",
    standing=_statement,
    remedy="suggestions:incidental-statement",
)
GROUNDS_ON_FILE = Gate(
    code="incidental_grounds_on_file",
    label="制定依据和程序材料已入卷",
    basis="行政复议法 第五十八条",
    standing=lambda review: papers_on_file(review, (GROUNDS,)),
    remedy="inside:papers#ir_grounds",
)
COLLECTIVE_VIEW = Gate(
    code="incidental_collective_view",
    label="答复已经集体讨论",
    basis="国办发〔2018〕37号（集体审议）",
    standing=meetings.passed,
    applies=lambda review: review.needs_collective_view,
    not_needed="登记时认定不需要集体讨论",
    remedy="meetings:staff-deliberation",
)
REPLY_MADE = Gate(
    code="incidental_reply_made",
    label="书面答复已生成入卷",
    basis=f"{RECONSIDERATION}；{COURT}",
    standing=_reply,
    remedy="inside:case#statement",
)
RESULT_ON_FILE = Gate(
    code="incidental_result_on_file",
    label="结果文书已入卷",
    basis=RECONSIDERATION,
    standing=lambda review: papers_on_file(review, (RESULT,)),
    applies=lambda review: review.channel != Channel.COURT,
    not_needed="司法建议没有后续文书；以书面答复办结",
    remedy="inside:papers#ir_result",
)
CONSEQUENCE_DRAWN = Gate(
    code="incidental_consequence_drawn",
    label="不合法的文件已经启动修改或者废止",
    basis="行政复议法 第五十九条；行政诉讼法 第六十四条",
    standing=_consequence,
    applies=lambda review: review.verdict == Verdict.UNLAWFUL,
    not_needed="没有认定不合法",
    remedy="inside:case#result",
)
