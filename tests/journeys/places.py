"""Where the pages of the journey are in the demo county: a name for people, who opens it, and its address."""

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from decisions.catalogue.models import DecisionCatalogue
from decisions.evaluation.models import DecisionEvaluation
from decisions.models import MajorDecision
from normative_docs.models import NormativeDocument, Recognition
from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.experts.models import Expert
from portal.consultation.models import PublicConsultation, Questionnaire, Session
from portal.draws.models import Draw
from portal.meetings.models import Meeting
from portal.oversight.models import Filing
from portal.publishing.models import Publication
from portal.reports.models import AnnualReport


class Address(Protocol):
    def __call__(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """A page: what it is, who opens it (nobody: the public), where it is, and what is pressed to see its errors."""

    name: str
    who: str
    address: Address
    press: str = ""
    status: int = 200


def fixed(path: str) -> Address:
    return lambda: path


def of_document(title: str, route: str = "inside:case", **more) -> Address:
    """A page about the newest document with these words in its title."""

    def address():
        document = NormativeDocument.objects.filter(title__contains=title).latest("id")
        return reverse(route, kwargs={"public_id": document.public_id, **more})

    return address


def of_decision(stage: str, route: str = "inside:case", **more) -> Address:
    """A page about the newest decision in this stage."""

    def address():
        decision = MajorDecision.objects.filter(stage=stage).latest("id")
        return reverse(route, kwargs={"public_id": decision.public_id, **more})

    return address


def of_evaluation(stage: str, route: str = "inside:case", **more) -> Address:
    """A page about the newest evaluation of a decision in this stage."""

    def address():
        evaluation = DecisionEvaluation.objects.filter(stage=stage).latest("id")
        return reverse(route, kwargs={"public_id": evaluation.public_id, **more})

    return address


def of_catalogue(stage: str, route: str = "inside:case", **more) -> Address:
    """A page about the catalogue of decision matters in this stage."""

    def address():
        catalogue = DecisionCatalogue.objects.filter(stage=stage).latest("id")
        return reverse(route, kwargs={"public_id": catalogue.public_id, **more})

    return address


def a_public_catalogue() -> str:
    found = Publication.objects.live().filter(column="决策事项目录").earliest("id")
    return reverse("publishing:document", args=[found.year, found.serial])


def of_filing(stage: str, route: str) -> Address:
    def address():
        filing = Filing.objects.filter(stage=stage, organisation__code="longtan").latest("id")
        return reverse(route, kwargs={"public_id": filing.public_id})

    return address


def of_consultation(route: str) -> Address:
    def address():
        consultation = PublicConsultation.objects.filter(title__contains="龙潭镇野外用火").latest("id")
        return reverse(route, kwargs={"public_id": consultation.public_id})

    return address


def of_charging_points(route: str, *, public: bool = False, **more) -> Address:
    """A page about the decision of 龙潭镇 that is before the public in its second version, or about its notice."""

    def address():
        decision = MajorDecision.objects.filter(title__contains="龙潭镇老旧小区加装充电设施").latest("id")
        found = PublicConsultation.objects.get(file_id=decision.pk) if public else decision
        return reverse(f"consultation:{route}", kwargs={"public_id": found.public_id, **more})

    return address


def of_session(page: str, *, held: bool = False) -> Address:
    """A page about the session that is signed up for, or about the one that was reported."""

    def address():
        session = Session.objects.filter(report_published_at__isnull=not held).latest("id")
        return reverse(f"consultation:{page}", kwargs={"public_id": session.public_id})

    return address


def a_draw() -> str:
    return reverse("draws:draw", kwargs={"public_id": Draw.objects.latest("id").public_id})


def of_questionnaire(page: str) -> Address:
    def address():
        questionnaire = Questionnaire.objects.running().latest("id")
        return reverse(f"consultation:{page}", kwargs={"public_id": questionnaire.public_id})

    return address


def an_opinion() -> str:
    document = NormativeDocument.objects.get(title__contains="村级公共厕所")
    opinion = PublicConsultation.objects.get(file_id=document.pk).comments.first()
    return reverse(
        "consultation:staff-comment", kwargs={"public_id": document.public_id, "comment_id": opinion.public_id}
    )


def a_meeting() -> str:
    meeting = Meeting.objects.filter(organisation__code="longtan", items__isnull=False).latest("held_on")
    return reverse("meetings:staff-meeting", kwargs={"meeting_id": meeting.public_id})


def a_publication() -> str:
    publication = Publication.objects.filter(title__contains="住房建设").latest("id")
    return reverse("publishing:document", kwargs={"year": publication.year, "serial": publication.serial})


def a_recognition() -> str:
    """Rules in the form of minutes: the page raises the alarm."""
    return reverse(
        "normative_docs:recognition", args=[Recognition.objects.filter(form="minutes").latest("id").public_id]
    )


def a_recognition_to_draft() -> str:
    waiting = Recognition.objects.filter(is_normative=True, document=None, organisation__code="longtan").latest("id")
    return reverse("normative_docs:new", args=[waiting.public_id])


def an_expert() -> str:
    return reverse("capacity:expert", args=[Expert.objects.filter(owner__code="longtan").latest("id").public_id])


def an_adviser() -> str:
    adviser = AdviserAppointment.objects.filter(organisation__code="longtan").latest("id")
    return reverse("capacity:adviser", args=[adviser.public_id])


def an_annual_report() -> str:
    return reverse("inside:case", kwargs={"public_id": AnnualReport.objects.latest("year").public_id})


PUBLIC = (
    Place("首页", "", fixed("/")),
    Place("政策文件", "", fixed("/docs/")),
    Place("文件正文", "", a_publication),
    Place("决策事项目录", "", fixed("/decision-catalogues/")),
    Place("目录和执行情况", "", a_public_catalogue),
    Place("制定主体清单", "", fixed("/bodies/")),
    Place("意见征集", "", fixed("/consultations/")),
    Place("征求意见", "", of_consultation("consultation:public-detail")),
    Place("提意见", "", of_consultation("consultation:public-comment")),
    Place("提意见，有错误", "", of_consultation("consultation:public-comment"), press="核对意见"),
    Place("征求意见，第二稿", "", of_charging_points("public-detail", public=True)),
    Place("草案的一稿", "", of_charging_points("public-draft", public=True, number=2)),
    Place("决策进程", "", fixed("/matters/")),
    Place("事项进程和答疑", "", of_charging_points("public-matter")),
    Place("提问", "", of_charging_points("public-ask")),
    Place("提问，有错误", "", of_charging_points("public-ask"), press="核对问题"),
    Place("听证与座谈", "", fixed("/consultations/sessions/")),
    Place("会议公告", "", of_session("public-session")),
    Place("会议公告，已公布报告", "", of_session("public-session", held=True)),
    Place("会议报名", "", of_session("public-sign-up")),
    Place("会议报名，有错误", "", of_session("public-sign-up"), press="核对报名"),
    Place("取消报名", "", of_session("public-sign-up-withdraw")),
    Place("公开抽取", "", a_draw),
    Place("问卷调查", "", fixed("/consultations/questionnaires/")),
    Place("问卷", "", of_questionnaire("public-questionnaire")),
    Place("填写问卷", "", of_questionnaire("public-answer")),
    Place("填写问卷，有错误", "", of_questionnaire("public-answer"), press="提交答卷"),
    Place("办理结果查询", "", fixed("/status/")),
    Place("办理结果查询，有错误", "", fixed("/status/"), press="查询办理进度"),
    Place("检索", "", fixed("/search/?q=住房")),
    Place("检索，没有结果", "", fixed("/search/?q=不存在的词语")),
    Place("备案目录", "", fixed("/filings/")),
    Place("专家名单", "", fixed("/experts/")),
    Place("年度报告", "", fixed("/reports/")),
    Place("年度报告正文", "", fixed("/reports/2021/longtan/")),
    Place("没有的页面", "", fixed("/docs/1999/1/"), status=404),
    Place("登录", "", fixed("/staff/sign-in/")),
)
TOWN = (
    Place("工作台", "lt_clerk", fixed("/staff/")),
    Place("工作台预警", "lt_clerk", fixed("/staff/?tab=alerts")),
    Place("事项办理", "lt_clerk", fixed("/staff/cases/")),
    Place("认定规范性文件", "lt_clerk", fixed("/staff/normative-documents/recognitions/new/")),
    Place("认定，有错误", "lt_clerk", fixed("/staff/normative-documents/recognitions/new/"), press="得出结论"),
    Place("认定记录", "lt_clerk", fixed("/staff/normative-documents/recognitions/")),
    Place("认定结论", "lt_clerk", a_recognition),
    Place("立卷起草", "lt_clerk", a_recognition_to_draft),
    Place("所依据的文件", "lt_clerk", of_document("停车", "normative_docs:bases")),
    Place("办理延续", "lt_clerk", of_document("龙潭镇集贸市场", "normative_docs:continuation")),
    Place("编号台账", "lt_head", fixed("/staff/numbers/")),
    Place("事项，起草", "lt_clerk", of_document("停车")),
    Place("事项，征求意见", "lt_clerk", of_document("村级公共厕所")),
    Place("事项，合法性审核", "lt_clerk", of_document("摊点")),
    Place("事项，集体讨论", "qh_clerk", of_document("清河镇农村供水")),
    Place("事项，报送备案", "lt_clerk", of_document("健身场地")),
    Place("事项，已备案", "lt_clerk", of_document("龙潭镇集贸市场")),
    Place("修改规范性文件", "lt_clerk", of_document("停车", "normative_docs:edit")),
    Place("材料", "lt_clerk", of_document("摊点", "inside:papers")),
    Place("办理", "lt_clerk", of_document("停车", "inside:step", code="open_consultation")),
    Place(
        "办理，有错误", "lt_clerk", of_document("停车", "inside:step", code="open_consultation"), press="公开征求意见"
    ),
    Place("办理全程", "lt_clerk", of_document("摊点", "inside:history")),
    Place("台账", "lt_clerk", fixed("/staff/registers/normative_docs/")),
    Place("公开征求意见", "lt_clerk", of_document("村级公共厕所", "consultation:staff-consultation")),
    Place("会议", "lt_clerk", of_document("村级公共厕所", "consultation:staff-sessions")),
    Place("会议，已报告", "lt_clerk", of_document("村级公共厕所", "consultation:staff-session", number=1)),
    Place("会议笔录", "lt_clerk", of_document("村级公共厕所", "consultation:staff-session-record", number=1)),
    Place("公告会议", "lt_clerk", of_document("村级公共厕所", "consultation:staff-session-announce")),
    Place(
        "公告会议，有错误",
        "lt_clerk",
        of_document("村级公共厕所", "consultation:staff-session-announce"),
        press="核对公告",
    ),
    Place("会议报名名单", "lt_clerk", of_document("野外用火", "consultation:staff-sign-ups", number=1)),
    Place("会议参加人", "lt_clerk", of_document("野外用火", "consultation:staff-participants", number=1)),
    Place("公开抽取参加人", "lt_clerk", of_document("村级公共厕所", "consultation:staff-session-draw", number=2)),
    Place("会议改期", "lt_clerk", of_document("野外用火", "consultation:staff-session-act", number=1, act="move")),
    Place("问卷结果", "lt_clerk", of_document("村级公共厕所", "consultation:staff-questionnaire", number=1)),
    Place("发布问卷", "lt_clerk", of_document("村级公共厕所", "consultation:staff-questionnaire-open")),
    Place(
        "发布问卷，有错误",
        "lt_clerk",
        of_document("村级公共厕所", "consultation:staff-questionnaire-open"),
        press="核对问卷",
    ),
    Place("答复意见", "lt_clerk", an_opinion),
    Place("合法性审核", "lt_legal", of_document("集体聚餐", "legal_review:staff-review")),
    Place("审核清单", "lt_legal", of_document("集体聚餐", "legal_review:staff-checklist")),
    Place("集体讨论", "qh_clerk", of_document("清河镇农村供水", "meetings:staff-deliberation")),
    Place("会议记录", "lt_clerk", a_meeting),
    Place("公开前审查", "lt_clerk", of_document("健身场地", "publishing:staff-review")),
    Place("报送备案", "lt_clerk", of_filing("preparing", "oversight:staff-filing")),
    Place("统计报告", "lt_clerk", fixed("/staff/reports/")),
    Place("年度报告，编写", "lt_clerk", an_annual_report),
    Place("专家和法律顾问", "bs_clerk", fixed("/staff/capacity/")),
    Place("专家库", "lt_clerk", fixed("/staff/registers/experts/")),
    Place("专家", "lt_clerk", an_expert),
    Place("登记专家，有错误", "lt_clerk", fixed("/staff/experts/new/"), press="登记入库"),
    Place("按名单登记专家", "lt_clerk", fixed("/staff/experts/import/")),
    Place("法律顾问", "lt_clerk", an_adviser),
    Place("登记法律顾问，有错误", "lt_clerk", fixed("/staff/advisers/new/"), press="登记"),
    Place("登记决策建议", "lt_clerk", fixed("/staff/decisions/new/"), press="立卷"),
    Place("决策案卷", "lt_clerk", of_decision("execution")),
    Place("各稿对照", "lt_clerk", of_decision("execution", "inside:draft-versions")),
    Place("决策征求意见", "lt_clerk", of_charging_points("staff-consultation")),
    Place("公布修改稿", "lt_clerk", of_charging_points("staff-new-draft"), press="公布修改稿"),
    Place("同类意见", "lt_clerk", of_charging_points("staff-group", round=1, number=1), press="一并答复"),
    Place("意见采纳情况表", "lt_clerk", of_charging_points("staff-table")),
    Place("公众提问", "lt_clerk", of_charging_points("staff-questions")),
    Place("答复提问", "lt_clerk", of_charging_points("staff-question", number=3), press="保存，送审核"),
    Place("审核对提问的答复", "lt_head", of_charging_points("staff-question", number=2), press="保存审核结果"),
    Place("修改决策", "lt_clerk", of_decision("proposed", "decisions:edit")),
    Place("需要哪些程序环节", "lt_clerk", of_decision("proposed", "decisions:steps")),
    Place("审核不予公开的理由", "lt_head", of_decision("proposed", "decisions:secrecy")),
    Place("部门协商", "lt_clerk", of_decision("execution", "decisions:departments")),
    Place("登记部门意见", "lt_clerk", of_decision("proposed", "decisions:new-department"), press="保存"),
    Place("专家论证", "qh_clerk", of_decision("deliberation", "decisions:experts")),
    Place("组织专家论证", "lt_clerk", of_decision("proposed", "decisions:new-argumentation"), press="保存"),
    Place("风险评估", "lt_clerk", of_decision("execution", "decisions:risk")),
    Place("登记风险评估", "lt_clerk", of_decision("proposed", "decisions:new-risk"), press="保存"),
    Place("决策后评估", "lt_clerk", fixed("/staff/decision-evaluations/")),
    Place("决策后评估案卷", "lt_clerk", of_evaluation("study")),
    Place("决策后评估案卷，已办结", "lt_clerk", of_evaluation("finished")),
    Place("选择作后评估", "lt_clerk", of_decision("execution", "decision_evaluation:choose"), press="选择并立卷"),
    Place("登记听取的意见", "lt_clerk", of_evaluation("study", "decision_evaluation:opinion"), press="保存"),
    Place("登记纠偏措施", "lt_clerk", of_evaluation("study", "decision_evaluation:new-correction"), press="保存"),
    Place("评估意见", "lt_clerk", of_evaluation("study", "evaluations:findings")),
    Place("年度决策目录", "lt_clerk", fixed("/staff/catalogues/")),
    Place("编制年度目录", "lt_clerk", fixed("/staff/catalogues/new/")),
    Place("目录案卷", "lt_clerk", of_catalogue("carrying_out")),
    Place("已办结的目录", "lt_clerk", of_catalogue("closed")),
    Place("变更目录事项", "lt_clerk", of_catalogue("carrying_out", "catalogue:adjust-item", number=1)),
    Place("增加目录事项，有错误", "lt_clerk", of_catalogue("carrying_out", "catalogue:adjust-add"), press="拟订调整"),
    Place("目录偏差和执行情况", "lt_clerk", of_catalogue("carrying_out", "catalogue:results")),
    Place("决策与目录的对应", "lt_clerk", of_decision("proposed", "catalogue:entry")),
    Place("目录事项台账", "lt_clerk", fixed("/staff/registers/catalogue_items/")),
    Place("决策台账", "lt_clerk", fixed("/staff/registers/decisions/")),
    Place("决策执行", "lt_clerk", of_decision("execution", "decisions:execution")),
    Place("登记任务完成", "lt_clerk", of_decision("execution", "decisions:task-done", number=2), press="保存"),
    Place("报告执行中的问题", "lt_clerk", of_decision("execution", "decisions:new-problem"), press="报告"),
    Place("提出执行调整", "lt_clerk", of_decision("execution", "decisions:new-adjustment"), press="提交审批"),
    Place("报告执行情况", "lt_clerk", of_decision("execution", "inside:step", code="report_execution")),
    Place("重新决策", "lt_head", of_decision("execution", "decisions:remake"), press="另立决策建议"),
    Place("决策执行台账", "lt_clerk", fixed("/staff/registers/decision-execution/")),
    Place("久拖不决清单", "lt_clerk", fixed("/staff/registers/decisions-pending/")),
    Place("立卷归档", "lt_clerk", of_decision("archived", "dossiers:dossier")),
    Place("决策档案目录", "lt_clerk", fixed("/staff/registers/decision_archive/")),
    Place("责任追溯", "lt_head", fixed("/staff/accountability/")),
    Place("责任追溯，按人员", "lt_head", fixed("/staff/accountability/people/")),
    Place("责任链", "lt_head", of_decision("archived", "accountability:file")),
    Place("一个人参与的决策", "lt_head", fixed("/staff/accountability/person/?name=%E8%B4%A2%E6%94%BF%E6%89%80")),
)
COUNTY = (
    Place("县级工作台", "county_reviewer", fixed("/county/")),
    Place("备案审查收件箱", "county_reviewer", fixed("/county/filings/")),
    Place("备案审查", "county_reviewer", of_filing("reviewing", "oversight:county-filing")),
    Place("监督", "county_supervisor", fixed("/county/supervision/")),
    Place(
        "登记责任追究，有错误", "county_supervisor", of_decision("archived", "accountability:new-case"), press="登记"
    ),
    Place("各地年度报告", "county_supervisor", fixed("/county/reports/")),
    Place("决策后评估情况", "county_supervisor", fixed("/county/decision-evaluations/")),
    Place("决策执行台账，县级", "county_supervisor", fixed("/staff/registers/decision-execution/")),
    Place("久拖不决清单，县级", "county_supervisor", fixed("/staff/registers/decisions-pending/")),
    Place("决策执行，县级", "county_supervisor", of_decision("execution", "decisions:execution")),
    Place("专家和法律顾问，县级", "county_supervisor", fixed("/staff/capacity/")),
    Place("各地决策目录", "county_supervisor", fixed("/county/catalogues/")),
)
EVERYWHERE = (*PUBLIC, *TOWN, *COUNTY)
