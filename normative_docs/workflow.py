"""From drafting to filing. No legality opinion, no collective discussion."""

from django.db.models import TextChoices

from normative_docs import effects, gates, time_limits
from normative_docs.switches import COUNTY_PRECHECK, INTEGRITY_REVIEW
from portal.documents.slots import OTHER
from portal.legal_review.reviewing_body import review_authority
from portal.legal_review.standing import awaits_opinion
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    DRAFTING = "drafting", "起草"
    CONSULTATION = "consultation", "公开征求意见"
    LEGALITY_REVIEW = "legality_review", "合法性审核"
    DELIBERATION = "deliberation", "集体讨论"
    SIGNING = "signing", "签发编号"
    PUBLICATION = "publication", "公布"
    FILING = "filing", "报送备案"
    FILED = "filed", "已备案"
    REVOKED = "revoked", "已撤销"
    RECORDED = "recorded", "存量登记"
    TERMINATED = "terminated", "终止"


def _awaits_registration(document) -> bool:
    return document.registers_first and not document.registration_number


_BEFORE_REVIEW = (Stage.DRAFTING, Stage.CONSULTATION)
_BEFORE_SIGNATURE = (*_BEFORE_REVIEW, Stage.LEGALITY_REVIEW, Stage.DELIBERATION, Stage.SIGNING)
_PACK = tuple(slot.code for slot in gates.REVIEW_PACK)

WORKFLOW = Workflow(
    code="normative_docs",
    label="行政规范性文件",
    mark="规文",
    basis="国办发〔2018〕37号；国办发〔2018〕115号",
    stages=Stage,
    initial=Stage.DRAFTING,
    track=(
        Stage.DRAFTING, Stage.CONSULTATION, Stage.LEGALITY_REVIEW, Stage.DELIBERATION, Stage.SIGNING,
        Stage.PUBLICATION, Stage.FILING, Stage.FILED,
    ),
    final=(Stage.FILED, Stage.REVOKED, Stage.RECORDED, Stage.TERMINATED),
    # A paper can change until the step that relies on it is taken: the review pack until it is sent, and again once
    # the review asks for rework; the formal text until it is signed.
    papers=(
        PapersOpen(_BEFORE_REVIEW, slots=_PACK),
        PapersOpen((Stage.LEGALITY_REVIEW,), slots=_PACK, when=gates.awaits_rework),
        PapersOpen(
            (Stage.LEGALITY_REVIEW,), slots=(gates.FAIR_COMPETITION.code,), when=gates.lacks(gates.FAIR_COMPETITION),
            withdraw=False,
        ),
        PapersOpen(_BEFORE_REVIEW, slots=(gates.EXPIRY_ASSESSMENT.code,)),
        PapersOpen(_BEFORE_SIGNATURE, slots=(gates.FINAL_TEXT.code,)),
        PapersOpen(
            (Stage.RECORDED,), slots=(gates.FINAL_TEXT.code,), when=gates.lacks(gates.FINAL_TEXT), withdraw=False,
        ),
        PapersOpen(_BEFORE_SIGNATURE, slots=(OTHER.code,)),
        PapersOpen(
            (Stage.PUBLICATION, Stage.FILING, Stage.FILED, Stage.REVOKED, Stage.RECORDED), slots=(OTHER.code,),
            withdraw=False,
        ),
    ),
    papers_note="已经送审、签发或者公布所依据的材料须保持原样；需要修改的，先退回到相应环节。",
    transitions=(
        Transition(
            "open_consultation", "公开征求意见", sources=(Stage.DRAFTING,), target=Stage.CONSULTATION,
            authority="consultation.run",
            gates=(gates.RECOGNISED, gates.ISSUER_QUALIFIED, gates.DRAFT_COMPLETE),
            effect=effects.put_to_public, form="normative_docs.forms.OpenConsultationForm",
            declaration="公告内容和草案可以公开，不含国家秘密、工作秘密和个人隐私。",
        ),
        Transition(
            "publish_answers", "公布意见采纳情况", sources=(Stage.CONSULTATION,), target=None,
            authority="consultation.run", gates=(gates.COMMENT_PERIOD_OVER, gates.COMMENTS_ANSWERED),
            effect=effects.announce_answers, main=False,
        ),
        Transition(
            "return_to_drafting", "退回修改草案", sources=(Stage.CONSULTATION, Stage.LEGALITY_REVIEW),
            target=Stage.DRAFTING, authority="normative_docs.draft", needs_note=True, main=False,
            cancels=(
                time_limits.PUBLIC_COMMENT, time_limits.PUBLIC_COMMENT_SHORT, time_limits.REVIEW_MIN,
                time_limits.REVIEW_MAX,
            ),
        ),
        Transition(
            "send_to_review", "送合法性审核", sources=(Stage.CONSULTATION,), target=Stage.LEGALITY_REVIEW,
            authority="normative_docs.draft",
            gates=(
                gates.COMMENT_PERIOD_OVER, gates.COMMENTS_ANSWERED, gates.ANSWERS_PUBLISHED,
                gates.WIDELY_CONSULTED, gates.CITED_IN_FORCE, gates.PACK_COMPLETE, gates.EXPIRY_ASSESSED,
                gates.FAIR_COMPETITION_REVIEWED,
            ),
            effect=effects.put_to_review, starts=(time_limits.REVIEW_MIN, time_limits.REVIEW_MAX),
            stops=(time_limits.PUBLIC_COMMENT, time_limits.PUBLIC_COMMENT_SHORT),
        ),
        Transition(
            "return_pack", "材料不齐，退回补正", sources=(Stage.LEGALITY_REVIEW,), target=Stage.CONSULTATION,
            authority="legal_review.review", authority_for=review_authority, needs_note=True, main=False,
            cancels=(time_limits.REVIEW_MIN, time_limits.REVIEW_MAX),
            help="补正期间不计入审核期限，材料齐备后重新起算。",
        ),
        Transition(
            "issue_opinion", "出具合法性审核意见书", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="legal_review.review", authority_for=review_authority, not_by=("send_to_review", "resubmit"),
            gates=(gates.CHECKLIST_ANSWERED, gates.CLAUSE_HINTS_DECIDED),
            effect=effects.issue_opinion, stops=(time_limits.REVIEW_MAX,), applies=awaits_opinion,
            form="normative_docs.forms.OpinionForm",
            declaration="审核意见书出具后不能修改；文稿修改后须重新审核。",
        ),
        Transition(
            "resubmit", "修改后重新送审", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="normative_docs.draft", main=False,
            gates=(gates.OPINION_ISSUED, gates.FINDINGS_ANSWERED, gates.DRAFT_REWORKED, gates.PACK_COMPLETE),
            effect=effects.put_to_review, cancels=(time_limits.REVIEW_MIN, time_limits.REVIEW_MAX),
            starts=(time_limits.REVIEW_MIN, time_limits.REVIEW_MAX),
        ),
        Transition(
            "ask_precheck", "报县级预审", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="normative_docs.draft", main=False, effect=effects.ask_precheck,
            form="portal.county_requests.forms.AskForm",
            applies=lambda document: document.is_switched_on(COUNTY_PRECHECK),
            help="拟出报审件，核对材料后报送；县级的答复只对所报的这一稿有效。",
        ),
        Transition(
            "assess_integrity", "登记廉洁性评估", sources=(Stage.LEGALITY_REVIEW,), target=None,
            authority="legal_review.review", authority_for=review_authority, not_by=("send_to_review", "resubmit"),
            main=False, effect=effects.note_integrity, form="normative_docs.forms.IntegrityForm",
            applies=lambda document: document.is_switched_on(INTEGRITY_REVIEW),
        ),
        Transition(
            "put_to_deliberation", "提请集体讨论", sources=(Stage.LEGALITY_REVIEW,), target=Stage.DELIBERATION,
            authority="normative_docs.draft",
            gates=(
                gates.LEGALITY_OPINION, gates.FINDINGS_ANSWERED, gates.REVIEW_TIME_GIVEN,
                gates.FAIR_COMPETITION_REVIEWED, gates.COUNTY_PRECHECKED, gates.INTEGRITY_REVIEWED,
            ),
            stops=(time_limits.REVIEW_MIN,),
        ),
        Transition(
            "adopt", "集体讨论通过", sources=(Stage.DELIBERATION,), target=Stage.SIGNING,
            authority="meetings.record", gates=(gates.LEGALITY_OPINION, gates.DELIBERATION_PASSED),
        ),
        Transition(
            "send_back", "会议要求修改", sources=(Stage.DELIBERATION,), target=Stage.LEGALITY_REVIEW,
            authority="meetings.record", gates=(gates.DELIBERATION_SENT_BACK,), main=False, needs_note=True,
            effect=effects.ask_for_rework,
        ),
        Transition(
            "reject", "会议不予通过", sources=(Stage.DELIBERATION,), target=Stage.TERMINATED,
            authority="meetings.record", gates=(gates.DELIBERATION_REJECTED,), main=False, needs_note=True,
            closes=True,
        ),
        Transition(
            "sign", "签发并编号", sources=(Stage.SIGNING,), target=Stage.PUBLICATION,
            authority="normative_docs.sign",
            gates=(gates.FINAL_TEXT_ON_FILE, gates.VALIDITY_SET, gates.COMMENCEMENT_GAP),
            effect=effects.sign, starts=(time_limits.PUBLISH,), form="normative_docs.forms.SignForm",
            declaration="同意签发。签发后即取得发文字号，不能撤销。",
        ),
        Transition(
            "register", "统一登记", sources=(Stage.PUBLICATION,), target=None, authority="oversight.review",
            gates=(gates.LEGALITY_OPINION_GIVEN, gates.FINAL_TEXT_ON_FILE), effect=effects.register,
            stops=(time_limits.REGISTER_DECIDE,), applies=_awaits_registration,
            declaration="已审查制定权限、程序和内容，同意登记、编号。",
        ),
        Transition(
            "refuse_registration", "不予登记", sources=(Stage.PUBLICATION,), target=Stage.SIGNING,
            authority="oversight.review", main=False, needs_note=True, effect=effects.refuse_registration,
            stops=(time_limits.REGISTER_DECIDE,), cancels=(time_limits.PUBLISH,), applies=_awaits_registration,
            help="文件退回制定机关，已编的发文字号作废并说明原因。",
        ),
        Transition(
            "publish", "公布", sources=(Stage.PUBLICATION,), target=Stage.FILING,
            authority="publishing.prepare",
            gates=(
                gates.NUMBERED, gates.MASKING_REVIEWED, gates.PLANNED_ACTS_LISTED, gates.INTERPRETATION_READY,
            ),
            effect=effects.make_public, stops=(time_limits.PUBLISH,), starts=(time_limits.FILING,),
            applies=lambda document: not document.registers_first,
            declaration="公布的文本与签发的正式文本一致。公布后即起算报备期限。",
        ),
        Transition(
            "publish_registered", "公布（已登记）", sources=(Stage.PUBLICATION,), target=Stage.FILED,
            authority="publishing.prepare",
            gates=(
                gates.REGISTERED, gates.MASKING_REVIEWED, gates.PLANNED_ACTS_LISTED, gates.INTERPRETATION_READY,
            ),
            effect=effects.make_registered_public, stops=(time_limits.PUBLISH,),
            applies=lambda document: document.registers_first,
            declaration="公布的文本与签发、登记的正式文本一致。已经登记的，不再另行备案。",
        ),
        Transition(
            "confirm_filing", "备案完成", sources=(Stage.FILING,), target=Stage.FILED,
            authority="oversight.decide", by_system=True, main=False,
        ),
        Transition(
            "confirm_revocation", "被撤销", sources=(Stage.FILING,), target=Stage.REVOKED,
            authority="oversight.decide", by_system=True, main=False,
        ),
        Transition(
            "register_existing", "存量登记", sources=(Stage.DRAFTING,), target=Stage.RECORDED,
            authority="normative_docs.register", gates=(gates.RECORD_COMPLETE,), main=False,
            effect=effects.make_existing_public, form="normative_docs.forms.RegisterExistingForm",
            declaration="该文件此前已经制发；本次只作登记，不补作制定程序。",
        ),
        Transition(
            "publish_existing", "公布存量文件", sources=(Stage.RECORDED,), target=None, main=False,
            authority="publishing.prepare", gates=(gates.MASKING_REVIEWED,), effect=effects.make_recorded_public,
        ),
        Transition(
            "terminate", "终止起草",
            sources=(Stage.DRAFTING, Stage.CONSULTATION, Stage.LEGALITY_REVIEW, Stage.DELIBERATION, Stage.SIGNING),
            target=Stage.TERMINATED, authority="casefiles.lead", needs_note=True, main=False, closes=True,
            cancels=(time_limits.REVIEW_MIN, time_limits.REVIEW_MAX),
        ),
    ),
)  # fmt: skip
