"""A filing's way: prepared by the town, checked for form, reviewed, decided, corrected, closed."""

from django.db.models import TextChoices

from portal.oversight import effects, gates, revoking
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    PREPARING = "preparing", "准备报送"
    SUBMITTED = "submitted", "形式审查"
    RETURNED = "returned", "退回补正"
    REVIEWING = "reviewing", "备案审查"
    CORRECTION = "correction", "限期整改"
    ANSWERED = "answered", "核查整改"
    RECORDED = "recorded", "准予备案"
    REVOKING = "revoking", "提请撤销"
    ANNOUNCING = "announcing", "通报撤销"
    REVOKED = "revoked", "已撤销"
    WITHDRAWN = "withdrawn", "已撤回"


WORKFLOW = Workflow(
    code="oversight.filing",
    label="报送备案",
    mark="报备",
    basis="国办发〔2018〕37号；云溪县行政规范性文件备案审查办法（地方示例）",
    stages=Stage,
    initial=Stage.PREPARING,
    track=(Stage.PREPARING, Stage.SUBMITTED, Stage.REVIEWING, Stage.RECORDED),
    final=(Stage.RECORDED, Stage.REVOKED, Stage.WITHDRAWN),
    # What lies before the county stays as it was submitted; a correction adds versions beside what was reviewed.
    papers=(
        PapersOpen((Stage.PREPARING, Stage.RETURNED)),
        PapersOpen((Stage.CORRECTION,), withdraw=False),
    ),
    papers_note="报送后，县级审查期间不得更换报备材料；确需补正的，由审查机关退回。",
    transitions=(
        Transition(
            "submit", "报送备案",
            sources=(Stage.PREPARING, Stage.RETURNED), target=Stage.SUBMITTED,
            authority="oversight.file", gates=(gates.PAPERS_COMPLETE, gates.ALSO_SENT), effect=effects.submitted,
            addresses_county=True,
            declaration="所报材料与公布文本一致，电子文本与纸质文本一致。",
        ),
        Transition(
            "withdraw", "撤回", sources=(Stage.PREPARING, Stage.RETURNED), target=Stage.WITHDRAWN,
            authority="oversight.file", main=False, needs_note=True, closes=True,
        ),
        Transition(
            "return_papers", "退回补正", sources=(Stage.SUBMITTED,), target=Stage.RETURNED,
            authority="oversight.review", main=False, effect=effects.returned, form="portal.oversight.forms.ReturnForm",
            help="材料不齐或者不合格式的，一次说明需要补正的全部内容。",
        ),
        Transition(
            "accept", "受理并出具回执", sources=(Stage.SUBMITTED,), target=Stage.REVIEWING,
            authority="oversight.review", gates=(gates.FORM_CHECKED,), effect=effects.accepted,
        ),
        Transition(
            "record", "准予备案", sources=(Stage.REVIEWING,), target=Stage.RECORDED,
            authority="oversight.decide", gates=(gates.NO_OPEN_FINDINGS,), effect=effects.recorded,
            form="portal.oversight.forms.DecisionForm",
            declaration="已对该文件的权限、程序和内容进行审查，未发现需要纠正的问题。",
        ),
        Transition(
            "order_correction", "限期修改或者纠正", sources=(Stage.REVIEWING,), target=Stage.CORRECTION,
            authority="oversight.decide", gates=(gates.FINDINGS_ON_FILE,), effect=effects.correction_ordered,
            form="portal.oversight.forms.CorrectionForm",
            declaration="审查意见书将送达制定机关，并载明整改期限。",
        ),
        Transition(
            "answer", "报送整改情况", sources=(Stage.CORRECTION,), target=Stage.ANSWERED,
            authority="oversight.file", gates=(gates.FINDINGS_ANSWERED,), effect=effects.answered,
        ),
        Transition(
            "accept_answer", "整改到位，准予备案", sources=(Stage.ANSWERED,), target=Stage.RECORDED,
            authority="oversight.decide", gates=(gates.REFUSALS_SETTLED,), effect=effects.corrected,
        ),
        Transition(
            "reject_answer", "整改不到位，退回", sources=(Stage.ANSWERED,), target=Stage.CORRECTION,
            authority="oversight.decide", main=False, effect=effects.answer_rejected,
            form="portal.oversight.forms.RejectForm",
            help="未销号的审查意见须重新逐条答复，整改期限重新起算。",
        ),
        Transition(
            "propose_revocation", "拒不纠正，提请撤销", sources=(Stage.CORRECTION, Stage.ANSWERED),
            target=Stage.REVOKING, authority="oversight.review", gates=(gates.CORRECTION_FAILED,), main=False,
            effect=revoking.proposed, form="portal.oversight.forms.ProposalForm",
            help="整改期限届满没有报送，或者制定机关答复不予修改的，提请有权机关撤销。",
        ),
        Transition(
            "revoke", "撤销", sources=(Stage.REVOKING,), target=Stage.ANNOUNCING, authority="oversight.revoke",
            not_by=("propose_revocation",), effect=revoking.revoked, form="portal.oversight.forms.RevocationForm",
            declaration="有权机关已经批准撤销。自撤销之日起该文件失去效力，不能恢复。",
        ),
        Transition(
            "drop_revocation", "不予撤销，退回整改", sources=(Stage.REVOKING,), target=Stage.CORRECTION,
            authority="oversight.revoke", main=False, needs_note=True, effect=revoking.dropped,
        ),
        Transition(
            "announce", "公开通报", sources=(Stage.ANNOUNCING,), target=Stage.REVOKED, authority="oversight.decide",
            gates=(gates.REVOCATION_IN_FILE,), effect=revoking.announced, closes=True,
            declaration="通报内容可以向社会公开，不含国家秘密、工作秘密和个人隐私。",
        ),
        # The file closes only when the opinion lies in it: what is closed takes no more papers (档案法).
        Transition(
            "archive", "归档", sources=(Stage.RECORDED,), target=None, authority="oversight.decide",
            gates=(gates.OPINION_IN_FILE,), main=False, by_system=True, closes=True,
        ),
    ),
)  # fmt: skip
