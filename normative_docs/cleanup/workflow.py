"""A campaign's way: scope, conclusions, legality review, collective decision, notice, publication."""

from django.db.models import TextChoices

from normative_docs.cleanup import effects, gates, time_limits
from portal.legal_review.reviewing_body import review_authority
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    SCOPING = "scoping", "确定范围"
    WORKING = "working", "逐件清理"
    LEGALITY_REVIEW = "legality_review", "合法性审核"
    DELIBERATION = "deliberation", "集体决定"
    SIGNING = "signing", "签发公告"
    PUBLICATION = "publication", "公布结果"
    PUBLISHED = "published", "已公布"
    TERMINATED = "terminated", "终止"


WORKFLOW = Workflow(
    code="normative_docs.cleanup",
    label="规范性文件清理",
    mark="清理",
    basis="国发〔2010〕33号；国办发〔2018〕37号；苏府〔2015〕12号（地方示例）",
    stages=Stage,
    initial=Stage.SCOPING,
    track=(
        Stage.SCOPING, Stage.WORKING, Stage.LEGALITY_REVIEW, Stage.DELIBERATION, Stage.SIGNING, Stage.PUBLICATION,
        Stage.PUBLISHED,
    ),
    final=(Stage.PUBLISHED, Stage.TERMINATED),
    papers=(PapersOpen((Stage.SCOPING, Stage.WORKING)),),
    papers_note="送审后清理材料须保持原样；需要修改的，先退回逐件清理。",
    transitions=(
        Transition(
            "fix_scope", "确定清理范围", sources=(Stage.SCOPING,), target=Stage.WORKING,
            authority="normative_docs.clean_up", gates=(gates.SCOPE_SET,), effect=effects.start_work,
            help="确定后逐件填写结论；仍可按理由补入或者移出个别文件。",
        ),
        Transition(
            "send_to_review", "送合法性审核", sources=(Stage.WORKING,), target=Stage.LEGALITY_REVIEW,
            authority="normative_docs.clean_up",
            gates=(gates.EVERY_DOCUMENT_JUDGED, gates.ENDINGS_HAVE_BASIS, gates.FAIR_COMPETITION_ANSWERED),
            effect=effects.put_to_review,
        ),
        Transition(
            "return_to_work", "退回逐件清理", sources=(Stage.LEGALITY_REVIEW,), target=Stage.WORKING,
            authority="normative_docs.clean_up", needs_note=True, main=False,
            help="按审核意见修改结论后重新送审。",
        ),
        Transition(
            "issue_opinion", "出具合法性审核意见书", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="legal_review.review", authority_for=review_authority, not_by=("send_to_review",),
            gates=(gates.LIST_CHECKED, gates.CHECKLIST_ANSWERED), effect=effects.issue_opinion,
            form="normative_docs.forms.OpinionForm",
            declaration="已逐件核对清理结论；审核意见书出具后不能修改。",
            help="审核清单针对拟保留和拟修改的文件作答；个别文件的问题登记为审核意见。",
        ),
        Transition(
            "put_to_deliberation", "提请集体讨论", sources=(Stage.LEGALITY_REVIEW,), target=Stage.DELIBERATION,
            authority="normative_docs.clean_up", gates=(gates.LEGALITY_OPINION, gates.FINDINGS_ANSWERED),
        ),
        Transition(
            "adopt", "集体讨论通过", sources=(Stage.DELIBERATION,), target=Stage.SIGNING,
            authority="meetings.record", gates=(gates.DELIBERATION_PASSED,), effect=effects.decide,
        ),
        Transition(
            "send_back", "会议要求修改", sources=(Stage.DELIBERATION,), target=Stage.WORKING,
            authority="meetings.record", gates=(gates.DELIBERATION_SENT_BACK,), main=False, needs_note=True,
        ),
        Transition(
            "sign", "签发清理结果公告", sources=(Stage.SIGNING,), target=Stage.PUBLICATION,
            authority="normative_docs.sign", effect=effects.sign, starts=(time_limits.PUBLISH,),
            declaration="同意签发。签发后公告取得文号，清理结论不能再改。",
        ),
        Transition(
            "publish", "公布清理结果", sources=(Stage.PUBLICATION,), target=Stage.PUBLISHED,
            authority="publishing.prepare", gates=(gates.NOTICE_MADE, gates.MASKING_REVIEWED),
            effect=effects.make_public, stops=(time_limits.PUBLISH, time_limits.CAMPAIGN), closes=True,
            declaration="公布后即时生效：列入废止、宣布失效目录的文件自今日起终止效力，列入修改目录的文件开立修改草案。",
        ),
        Transition(
            "terminate", "终止清理",
            sources=(Stage.SCOPING, Stage.WORKING, Stage.LEGALITY_REVIEW, Stage.DELIBERATION),
            target=Stage.TERMINATED, authority="casefiles.lead", needs_note=True, main=False, closes=True,
            cancels=(time_limits.CAMPAIGN,),
            help="终止一次清理不免除每两年全面清理的职责。",
        ),
    ),
)  # fmt: skip
