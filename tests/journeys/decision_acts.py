"""What a town, its county and the public do about one major decision, each act by the pages it is done on."""

from datetime import date

TITLE = "龙潭镇集镇供水管网改造方案"
DRAFT = """一、改造范围为集镇供水主管网十二公里，涉及用水户一千四百户。
二、工程分两年实施，停水前三日书面通知用水户。
三、管网改造期间设临时供水点，每处供水点由专人负责。
四、户表以内的管道由用水户承担费用，低保户由镇财政补助。"""
FOURTH = "户表以内的管道由用水户承担费用"
REWORKED = DRAFT.replace("由用水户承担费用，低保户由镇财政补助", "材料费由用水户承担，人工费由镇财政承担，低保户全免")
EXPERTS = (("顾明远", "云溪县水利规划设计院", "规划建设"), ("谢文珍", "云溪职业技术学院", "财政金融"))
OPENING = {"summary": "集镇供水管网拟分期改造，现公开征求意见。"}


def saved(desk):
    """What was pressed last was accepted."""
    assert not desk.errors, f"{desk.page.url}: {desk.errors}"
    return desk


def follow_the_remedy(desk, words: str):
    """From a refusal to the place where what is missing is made good."""
    assert desk.errors, f"nothing was refused on {desk.page.url}"
    return desk.follow(words, among="#errors")


# ── proposal, draft, departments, county ──


def enter_experts(clerk) -> None:
    """Two experts into the town's pool."""
    for name, employer, field in EXPERTS:
        clerk.open("/staff/registers/experts/").follow("登记专家")
        clerk.page.get_by_label(field, exact=True).check()
        clerk.write(
            name=name, kind="institute", employer=employer, title="高级工程师", contact="0000-6128800",
            appointed_from="2026-01-01", consents_to_publication=True,
        ).press("登记入库")  # fmt: skip
        clerk.shows("已登记", name)


def propose(clerk) -> str:
    """A department's proposal is put on file and its facts are checked. Returns the address of the case page."""
    clerk.open("/staff/cases/new/").follow("决策").write(
        title=TITLE, proposer_kind="department", proposer="龙潭镇规划建设办公室", proposed_on="2026-07-20",
        problem="集镇供水主管网使用二十六年，爆管和漏损逐年增加。", matter="project",
        matter_reason="公共建设项目，投资估算1860万元，涉及用水户1400户。", disclosure="proactive",
    ).press("立卷")  # fmt: skip
    assert "应当写明建议理由和依据" in clerk.errors
    clerk.write(
        grounds="两年内抢修四十一次；县水务部门漏损通报。",
        outline="两年内改造主管网十二公里；财政已列预算，技术成熟。",
    ).choose("handling_unit", "党政").press("立卷")
    clerk.shows("已立卷").write(
        touches_public_interest=True, is_professional=True, brings_risk=True, affects_market=True, is_disputed=True,
        stability_kind="project",
    ).press("保存")  # fmt: skip
    return clerk.shows("已保存", TITLE).path


def explain_outside_the_catalogue(clerk, case: str) -> None:
    clerk.open(case).follow("已列入年度决策事项目录").write(people="4200").press("保存")
    assert "请选择目录事项，或者说明未列入的理由" in clerk.errors
    clerk.write(reason="目录公布后县水务部门通报漏损，年终随目录执行情况说明。").press("保存")
    clerk.shows("已登记", "直接影响人数 4200 人")


def write_the_draft(clerk, case: str) -> None:
    clerk.open(f"{case}decision/").write(
        research="走访用水户六十户，检测漏损点十九处，咨询供水企业三家。",
        draft_text=DRAFT,
        drafting_notes="一、必要性\n漏损严重，影响供水安全。\n二、主要内容\n范围、工期、临时供水和费用。",
        legal_basis="《城市供水条例》；县农村供水保障规划",
        options="方案一：两年分期改造，停水少，工期长。",
        contact_name="王建国",
        contact_phone="0000-6128001",
    ).press("保存")
    clerk.shows("已保存")


def add_an_option(clerk) -> None:
    """On the page where a refusal has led."""
    clerk.write(options="方案一：两年分期改造，停水少，工期长。\n方案二：一年集中改造，工期短，停水多。").press(
        "保存"
    ).shows("已保存")


def hear_the_departments(clerk) -> None:
    """One agrees; one dissents, and the drafter says why it stays so. From the list of departments."""
    for unit, agrees, opinion in (
        ("财政所", "yes", "同意。"), ("规划建设办公室", "no", "户表以内的费用应当由镇财政全部承担。"),
    ):  # fmt: skip
        clerk.follow("登记部门意见").write(
            unit=unit, asked_on="2026-07-20", answered_on="2026-07-21", agrees=agrees, opinion=opinion
        )
        saved(clerk.press("保存"))
    clerk.shows("待说明").follow("规划建设办公室的意见")
    clerk.write(own_view="全部承担超出年度预算，改为人工费由镇财政承担。").press("保存").shows("改为人工费由镇财政承担")


def ask_the_county(clerk, case: str) -> None:
    """From the page of the step: drawn up, refused without the draft, sent. A second one can't be drawn up."""
    saved(clerk.write(matter="我镇拟改造集镇供水管网，请审示范围和费用。").press("报县级请示"))
    clerk.take_step(case, "报县级请示", matter="再问一次。").refused("已经拟出一件")
    clerk.take_step(case, "公开征求意见", **OPENING).refused("已经拟稿，尚未报送")
    follow_the_remedy(clerk, "县级同意").follow("重大决策事先请示", among="#county-requests")
    request = clerk.path
    clerk.take_step(request, "报送").refused("缺：决策草案")
    follow_the_remedy(clerk, "所附材料齐备")
    clerk.upload(request, "mr_draft", "决策草案.txt", f"{TITLE}\n\n{DRAFT}")
    clerk.take_step(request, "报送").done()


def answer_for_the_county(reviewer, run_jobs) -> None:
    reviewer.sign_in("county_reviewer").open("/staff/").follow("请示和预审", among="nav").follow(TITLE)
    reviewer.take_step(reviewer.path, "答复", conclusion="agreed", reply="同意，注意保障停水期间的基本用水。").done()
    assert run_jobs()


def open_to_the_public(clerk, case: str) -> date:
    """Returns the closing day that the page proposed."""
    clerk.open(case).start_step("公开征求意见")
    closes_on = date.fromisoformat(clerk.value_of("closes_on"))
    clerk.write(**OPENING, confirmed=True).press("公开征求意见").done()
    return closes_on


# ── the public: comments and hearing ──


def announce_the_hearing(clerk, case: str) -> tuple[str, str]:
    """With a draw of those who speak. Returns its page at work and its public page."""
    clerk.open(case).follow("听证会").follow("公告会议").write(
        kind="hearing", title=f"{TITLE}听证会", purpose="听取用水户和沿街商户对改造方案的意见。",
        held_at="2026-08-14T09:30", place="镇政府三楼会议室", sign_up_until="2026-07-31", speaker_seats=2,
        observer_seats=5, groups="集镇用水户 1\n沿街商户 1", method_kind="draw",
        method="8月3日上午在镇便民服务中心公开抽取。", contact_phone="0000-6128001",
    ).press("核对公告")  # fmt: skip
    saved(clerk).write(declaration=True).press("发布公告").shows("已公告", "正在报名")
    at_work = clerk.path
    return at_work, clerk.follow("公开页面").path


def comment_on_a_paragraph(phone) -> str:
    """From the list of drafts, by the link beside the paragraph. Returns the address of the notice."""
    notice = phone.open("/consultations/").follow(TITLE).path
    phone.page.locator(".para", has_text=FOURTH).get_by_role("link", name="对本段提意见").click()
    phone.write(content="户表以内的费用应当由财政承担一部分。", sent_from="person").press("核对意见").shows("四、")
    phone.write(declaration=True).press("提交意见").shows("意见回执")
    return notice


def comment_on_the_whole(citizen, notice: str) -> None:
    citizen.open(notice).follow("提出意见").write(
        content="建议公布每个施工段的停水时间。", name="沈岩", contact="0000-6120001"
    )
    citizen.press("核对意见").write(declaration=True).press("提交意见").shows("意见回执")


def sign_up(citizen, notice: str, name: str, group: str = "") -> tuple[str, str]:
    """From the draft to the hearing. Without a side, to listen. Returns number and code of the receipt."""
    citizen.open(notice).follow(f"{TITLE}听证会").follow("我要报名").shows("由见证人在场公开抽取")
    citizen.write(wish="speak" if group else "listen", name=name, contact="0000-6125001", views="减轻用水户负担。")
    if group:
        citizen.choose("group", group)
    citizen.press("核对报名").shows(name).write(declaration=True).press("提交报名").shows("报名回执")
    number, code = (citizen.page.locator(f".receipt-top dd.{part}").inner_text() for part in ("no", "code"))
    return number, code.replace(" ", "")


def draw_the_participants(clerk, citizen, at_work: str, hearing: str) -> None:
    """Pool fixed and public, then drawn before the witness; list published, material noted."""
    clerk.open(at_work).follow("公开抽取参加人").shows("抽取 1 人，其余依次候补", "不用抽取，全部入选")
    clerk.press("固定名册")
    assert "请先确认这一项" in clerk.errors
    clerk.write(confirmed=True).press("固定名册").shows("名册已固定")
    citizen.open(hearing).shows("等待抽取").follow("名册、结果和核对方法").shows("尚未抽取", "名册摘要")
    clerk.write(witness_name="吴桂芳", witness_post="镇人大副主席", spoken="桂花", confirmed=True).press("抽取")
    clerk.shows("已抽取", "公开抽取第 1 位", "没有空出的名额")
    citizen.page.reload()
    assert "吴桂芳" not in citizen.shows("镇人大副主席", "桂花", "抽中", "候补").text
    clerk.open(at_work).follow("参加人名单").follow("公布参加人名单").write(confirmed=True).press("公布名单")
    clerk.shows("已办理").follow("登记材料送达").press("登记").shows("已办理")


def hold_the_hearing(clerk, citizen, at_work: str, hearing: str, run_jobs) -> None:
    """Record, signed and complete; every opinion answered; the report on file and public."""
    clerk.open(at_work).follow("记录会议")
    clerk.write(
        attended=True, host="杨振华", recorder="王建国", observers_present=1,
        course="主持人说明事项和议程，起草单位介绍方案，参加人依次发言。",
    )  # fmt: skip
    saved(clerk.press("保存经过"))
    for side, words in (
        ("集镇用水户", "户表以内的人工费应当由镇财政承担。"), ("沿街商户", "停水安排应当避开早晚高峰。"),
    ):  # fmt: skip
        saved(clerk.choose("voice-participant", side).write(**{"voice-content": words}).press("记入意见"))
    record = {"name": "签字笔录.txt", "mimeType": "text/plain", "buffer": "听证会笔录，参加人签字。".encode()}
    saved(clerk.follow("完成笔录").write(signed_record=record, confirmed=True).press("完成笔录"))
    clerk.follow("户表以内").write(outcome="adopted", answer="采纳，写入第四项。").press("保存答复")
    clerk.write(outcome="partly", answer="停水避开早高峰；夜间施工另行协调。").press("保存答复").shows("未答复 0 条")
    saved(clerk.follow("起草报告并入卷").write(confirmed=True).press("报告入卷"))
    saved(clerk.follow("公布报告").write(confirmed=True).press("公布"))
    assert run_jobs()
    citizen.open(hearing).shows("会议报告", "采纳 1 条，部分采纳 1 条", "停水避开早高峰")


def answer_the_opinions(clerk, case: str) -> None:
    for outcome, reason in (
        ("adopted", "采纳，人工费由镇财政承担。"), ("partly", "停水时间三日前公布到小区，不按施工段单列。"),
    ):  # fmt: skip
        clerk.open(f"{case}consultation/?answered=no").follow("", among="main tbody")
        saved(clerk.write(outcome=outcome, answer=reason, confirmed=True).press("保存答复"))


# ── argumentation and risk ──


def hear_the_experts(clerk) -> None:
    """From the page of the argumentations: two of the pool are chosen, heard and answered, the report is on file."""
    clerk.follow("组织专家论证").write(
        form="meeting", questions="范围、工期和费用分担是否合理。", selection="reasoned",
        selection_reason="规划和财政两个领域，来自两个单位。", held_on="2026-08-24",
    )  # fmt: skip
    saved(clerk.press("保存")).follow("选择专家")
    for name, _, _ in EXPERTS:
        clerk.page.get_by_label(f"选择{name}", exact=True).check()
    saved(clerk.press("选定"))
    for (name, _, _), view, words in zip(
        EXPERTS, ("with_changes", "supports"), ("停水时段应当按片区错开。", "财政承担人工费可行。"), strict=True
    ):
        clerk.follow("登记专家意见").choose("chosen", name).write(view=view, opinion=words, signed_on="2026-08-24")
        saved(clerk.write(has_no_interest=True, may_be_published=True).press("保存"))
    for name, _, _ in EXPERTS:
        saved(clerk.follow(f"{name}的意见采纳情况").write(outcome="adopted", answer="采纳。").press("保存"))
    saved(clerk.follow("论证报告入卷").write(report="方案必要、可行，停水按片区错开。").press("入卷"))


def assess_the_risk(clerk) -> None:
    clerk.follow("登记风险评估").write(
        assessor_kind="own", assessor="龙潭镇党政综合办公室", assessed_on="2026-08-24",
        public_views="走访六十户，支持五十四户。", stability="费用分担有意见，调整后可控。",
        environment="施工扬尘有限。", economy="列入年度预算。",
        lawful=True, reasonable=True, feasible=True, integrity=True, controllable=True,
        level="low", measures="设临时供水点。", response_plan="爆管的，抢修队一小时到场。",
    ).press("保存")  # fmt: skip
    saved(clerk).shows("可以决策")


# ── execution and evaluation ──


def plan_the_execution(clerk, case: str) -> str:
    """Returns the page of the execution."""
    page = clerk.open(case).follow("任务、报告和问题").path
    for what, due_on in (("完成一期主管网改造", "2026-09-22"), ("公布各片区停水时间", "2026-09-15")):
        clerk.open(page).follow("分解任务").write(what=what, due_on=due_on).choose("unit", "党政综合办公室")
        clerk.press("保存").shows(what)
    return page


def choose_for_evaluation(clerk) -> str:
    """Returns the case page of the evaluation, with its plan."""
    clerk.open("/staff/").follow("决策后评估", among="nav").follow("选择评估").write(reason="投资大，直接关系民生。")
    clerk.page.get_by_label("决策机关认为有必要", exact=True).check()
    clerk.press("选择并立卷").shows("已立卷").write(
        evaluator_kind="own", evaluator="龙潭镇人民政府", scope="一期改造的效果。", participants="镇人大代表",
        finish_by="2026-10-16",
    )  # fmt: skip
    clerk.page.get_by_label("网上问卷", exact=True).check()
    return clerk.press("保存方案").shows("已保存方案").path


def answer_the_questionnaire(phone, public: str) -> None:
    """From the public page of the decision."""
    phone.open(public).follow("填写问卷").follow("填写问卷")
    for choice in ("本地居民", "了解", "有利", "没有问题", "继续实施"):
        phone.page.get_by_label(choice, exact=True).check()
    phone.page.get_by_role("group", name="实施效果").get_by_label("4", exact=False).first.check()
    saved(phone.press("提交答卷"))


def write_the_findings(clerk, evaluation: str, run_jobs) -> None:
    clerk.open(evaluation).press("收录问卷结果")
    assert run_jobs()
    clerk.open(evaluation).follow("登记意见").write(
        voice="deputy", source="镇人大代表 沈建平", heard_on="2026-10-09", opinion="水压稳定。"
    )
    saved(clerk.press("保存")).open(evaluation).follow("填写评估意见").write(
        effect="漏损降到百分之九。", performance="抢修由每月两次降到零。", cost="投入与预算一致。",
        views="问卷认为有利。", problems="二期停水安排须提前公布。",
    )  # fmt: skip
    saved(clerk.press("保存评估意见"))
