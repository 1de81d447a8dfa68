"""A catalogue's year: compiled, consented to, adopted, published, filed, adjusted, accounted for."""

from django.db.models import TextChoices

from decisions.catalogue import effects, gates, time_limits
from portal.documents.slots import OTHER
from portal.oversight.filing import standing_filing
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    COMPILING = "compiling", "编制"
    CONSENT = "consent", "报请党委同意"
    DELIBERATION = "deliberation", "集体讨论"
    PUBLICATION = "publication", "公布"
    CARRYING_OUT = "carrying_out", "实施"
    RESULTS = "results", "年终结果"
    CLOSED = "closed", "已办结"
    TERMINATED = "terminated", "终止"


WORKFLOW = Workflow(
    code="decisions.catalogue",
    label="重大行政决策事项目录",
    mark="决录",
    basis="国令713 第三条第三款；苏府〔2015〕12号（地方示例）",
    stages=Stage,
    initial=Stage.COMPILING,
    track=(
        Stage.COMPILING, Stage.CONSENT, Stage.DELIBERATION, Stage.PUBLICATION, Stage.CARRYING_OUT, Stage.RESULTS,
        Stage.CLOSED,
    ),
    final=(Stage.CLOSED, Stage.TERMINATED),
    papers=(
        PapersOpen((Stage.COMPILING, Stage.CONSENT), slots=(gates.CONSENT.code,)),
        PapersOpen((Stage.CARRYING_OUT,), slots=(gates.ADJUSTMENT_CONSENT.code,), withdraw=False),
        PapersOpen((Stage.COMPILING, Stage.CONSENT), slots=(OTHER.code,)),
        PapersOpen(
            (Stage.DELIBERATION, Stage.PUBLICATION, Stage.CARRYING_OUT, Stage.RESULTS), slots=(OTHER.code,),
            withdraw=False,
        ),
    ),
    papers_note="党委同意和集体讨论所依据的材料须保持原样；目录通过后只能按程序调整。",
    transitions=(
        Transition(
            "submit_to_party", "报请同级党委同意", sources=(Stage.COMPILING,), target=Stage.CONSENT,
            authority="decisions.draft", gates=(gates.ITEMS_LISTED, gates.ITEMS_JUSTIFIED, gates.ITEMS_PLANNED),
        ),
        Transition(
            "note_consent", "登记党委同意，提请集体讨论", sources=(Stage.CONSENT,), target=Stage.DELIBERATION,
            authority="decisions.draft", gates=(gates.CONSENT_ON_FILE,), effect=effects.note_consent,
            form="decisions.catalogue.forms.ConsentForm",
        ),
        Transition(
            "return_to_compiling", "退回修改", sources=(Stage.CONSENT, Stage.DELIBERATION), target=Stage.COMPILING,
            authority="decisions.draft", needs_note=True, main=False, help="修改后重新报请党委同意。",
        ),
        Transition(
            "adopt", "集体讨论通过", sources=(Stage.DELIBERATION,), target=Stage.PUBLICATION,
            authority="meetings.record", gates=(gates.DELIBERATION_PASSED,), effect=effects.adopt,
            starts=(time_limits.MAKE_PUBLIC,), declaration="目录通过后，事项不能直接修改，只能按程序调整。",
        ),
        Transition(
            "send_back", "会议要求修改", sources=(Stage.DELIBERATION,), target=Stage.COMPILING,
            authority="meetings.record", gates=(gates.DELIBERATION_SENT_BACK,), needs_note=True, main=False,
        ),
        Transition(
            "publish", "公布目录", sources=(Stage.PUBLICATION,), target=Stage.CARRYING_OUT,
            authority="publishing.prepare", gates=(gates.PAPER_MADE, gates.REVIEWED_FOR_PUBLIC),
            effect=effects.make_public, stops=(time_limits.MAKE_PUBLIC, time_limits.YEAR),
            declaration="公布的内容与会议通过的目录一致，不含国家秘密和个人隐私。",
        ),
        Transition(
            "report_upward", "报县备案", sources=(Stage.CARRYING_OUT,), target=None, authority="oversight.file",
            gates=(gates.PAPER_MADE,), effect=effects.report_upward,
            applies=lambda catalogue: standing_filing(catalogue, gates.FILING) is None,
            help="建立目录的报备事项，目录文本自动入卷；材料齐备后在报备事项中报送。",
        ),
        Transition(
            "adjust", "公布目录调整", sources=(Stage.CARRYING_OUT,), target=None, authority="publishing.review",
            gates=(gates.ADJUSTMENTS_CONSENTED,), effect=effects.put_adjustments_in_force, main=False,
            applies=lambda catalogue: catalogue.adjustments.filter(in_force_on__isnull=True).exists(),
            declaration="已核对调整内容和理由，不含国家秘密、工作秘密和个人隐私，可以向社会公布。",
        ),
        Transition(
            "begin_results", "开始年终总结", sources=(Stage.CARRYING_OUT,), target=Stage.RESULTS,
            authority="decisions.draft",
            gates=(gates.YEAR_ENDING, gates.FILED_WITH_COUNTY, gates.ADJUSTMENTS_SETTLED),
            help="此后不再调整目录，逐项说明偏差。",
        ),
        Transition(
            "publish_results", "公布目录执行情况", sources=(Stage.RESULTS,), target=Stage.CLOSED,
            authority="publishing.review", not_by=("begin_results",), closes=True,
            gates=(gates.RESULTS_WRITTEN, gates.DEVIATIONS_EXPLAINED), effect=effects.publish_results,
            declaration="已核对执行情况和偏差说明，不含国家秘密、工作秘密和个人隐私；公布后不能修改。",
        ),
        Transition(
            "terminate", "终止编制", sources=(Stage.COMPILING, Stage.CONSENT, Stage.DELIBERATION),
            target=Stage.TERMINATED, authority="casefiles.lead", needs_note=True, main=False, closes=True,
            cancels=(time_limits.YEAR,),
        ),
    ),
)  # fmt: skip
