"""What a decision leaves in its file besides papers, written out: proposal, departments, experts, risk, secrecy."""

from collections.abc import Iterator

from decisions.models import PROPERTIES
from decisions.vocabulary import STEPS
from portal.documents.records import Record, table
from portal.moment import SHANGHAI


def _day(day) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def proposal_record(decision) -> Iterator[Record]:
    """The proposal as it came in, and its answer (art. 10)."""
    yield Record("决策建议和启动情况", lambda: _proposal(decision), at=decision.proposed_on, who=decision.proposer)


def _proposal(decision) -> str:
    return "\n".join(
        [
            f"决策事项：{decision.title}",
            f"提出主体：{decision.get_proposer_kind_display()}",
            f"提出人：{decision.proposer}",
            f"提出日期：{_day(decision.proposed_on)}",
            f"事项类别：{decision.get_matter_display()}",
            f"认定理由：{decision.matter_reason}",
            f"拟解决的主要问题：{decision.problem}",
            f"建议理由和依据：{decision.grounds}",
            f"初步方案：{decision.outline}",
            f"启动日期：{_day(decision.started_on)}",
            f"对建议的答复：{decision.proposal_answer}（{_day(decision.answered_on)}）",
        ]
    )


def steps_record(decision) -> Iterator[Record]:
    """Which steps the decision needed and why, with every choice made by hand (S1-12.3c)."""
    yield Record(
        "程序环节认定", lambda: _steps(decision), at=decision.started_on, who=decision.organisation.name, ending="csv"
    )  # fmt: skip


def _steps(decision) -> str:
    rows = [
        [step.label, "需要" if decision.needs(step) else "不需要", decision.why(step), step.basis]
        for step in STEPS.values()
    ]
    for choice in decision.step_choices.select_related("chosen_by").order_by("pk"):
        made = f"{choice.chosen_at.astimezone(SHANGHAI):%Y-%m-%d}，{choice.chosen_by.full_name}"
        rows.append(
            [f"人工认定：{choice.get_step_display()}", "需要" if choice.is_needed else "不需要", choice.reason, made]
        )
    return table(["环节", "认定", "理由", "依据或者认定人"], rows)


def department_record(decision) -> Iterator[Record]:
    """What departments said, dissent in its own words beside the drafter's reasons (art. 13)."""
    opinions = list(decision.department_opinions.order_by("number"))
    if opinions:
        days = [opinion.answered_on for opinion in opinions if opinion.answered_on]
        yield Record(
            "部门协商情况", lambda: _departments(opinions), at=max(days, default=None),
            who=decision.handling_unit.name if decision.handling_unit else "", ending="csv",
        )  # fmt: skip


def _departments(opinions) -> str:
    views = {True: "同意", False: "不同意", None: "未答复"}
    return table(
        ["序号", "单位", "发出日期", "答复日期", "态度", "意见", "协商结果和理由"],
        (
            [one.number, one.unit, _day(one.asked_on), _day(one.answered_on), views[one.agrees], one.opinion,
             one.own_view]
            for one in opinions
        ),
    )  # fmt: skip


def expert_record(decision) -> Iterator[Record]:
    """Every argumentation with its report: how the experts were chosen, what each said, what became of it (19-21)."""
    closed = list(decision.argumentations.filter(closed_at__isnull=False).prefetch_related("opinions"))
    if closed:
        yield Record(
            "专家论证情况", lambda: "\n\n".join(_argumentation(one) for one in closed),
            at=max(one.held_on for one in closed),
        )  # fmt: skip


def _argumentation(one) -> str:
    lines = [
        f"{one}（{one.get_form_display()}，{_day(one.held_on)}）",
        f"论证的问题：{one.questions}",
        f"专家产生方式：{one.get_selection_display()}；{one.selection_reason}",
        *(f"选定的专家：{_chosen(expert)}" for expert in one.chosen.all()),
    ]
    for opinion in sorted(one.opinions.all(), key=lambda each: each.number):
        lines += [
            f"{opinion.number}. {opinion.name}（{opinion.employer}，{opinion.field}），{opinion.get_view_display()}："
            f"{opinion.opinion}",
            f"采纳情况：{opinion.get_outcome_display()}。{opinion.answer}",
        ]
    return "\n".join([*lines, f"论证报告：{one.report}"])


def _chosen(expert) -> str:
    ties = f"已知利益关联：{'；'.join(expert.tie_lines)}" if expert.ties else ""
    released = f"不参加：{expert.released_reason}" if expert.released_at else ""
    return "，".join(filter(None, (str(expert), expert.get_way_display(), ties, expert.reason, released)))


def risk_record(decision) -> Iterator[Record]:
    """Every assessment in order, with the five tests and the response plan (arts. 22-24)."""
    assessments = list(decision.risk_assessments.order_by("number"))
    if assessments:
        newest = assessments[-1]
        yield Record(
            "风险评估情况", lambda: "\n\n".join(_assessment(one) for one in assessments), at=newest.assessed_on,
            who=newest.assessor,
        )  # fmt: skip


def _assessment(one) -> str:
    tests = "、".join(f"{label}{'通过' if getattr(one, name) else '不通过'}" for name, label in PROPERTIES)
    return "\n".join(
        [
            f"第{one.number}次评估（{_day(one.assessed_on)}，{one.get_assessor_kind_display()}{one.assessor}）",
            f"听取意见：{one.public_views}",
            f"社会稳定风险：{one.stability}",
            f"生态环境风险：{one.environment}",
            f"经济风险：{one.economy}",
            f"五项评估：{tests}",
            f"风险等级：{one.get_level_display()}",
            f"防范措施：{one.measures}",
            f"处置预案：{one.response_plan}",
        ]
    )


def secrecy_record(decision) -> Iterator[Record]:
    """Why it is not public, and who reviewed that (art. 14)."""
    if decision.is_secret and decision.disclosure_reviewer is not None:
        words = f"不予公开的理由：{decision.disclosure_reason}\n审核人：{decision.disclosure_reviewer.full_name}"
        yield Record("不予公开的理由和审核", lambda: words)


def integrity_record(decision) -> Iterator[Record]:
    """The conclusion of the integrity review, with the step in which it was given."""
    steps = decision.transition_records.filter(code="assess_integrity").order_by("-pk")
    step = steps.first() if decision.integrity_conclusion else None
    if step is not None:
        words = "\n".join(
            [
                f"结论：{decision.get_integrity_conclusion_display()}",
                f"意见：{step.data.get('opinion', '')}",
                f"审查人：{step.person_name}（{step.post}）",
                *([f"参加的第三方：{step.data['third_party']}"] if step.data.get("third_party") else []),
            ]
        )
        yield Record("廉洁性审查情况", lambda: words, at=step.occurred_at.astimezone(SHANGHAI).date())


def decision_record(decision) -> Iterator[Record]:
    """The decision as it was made: number, day, who signed, the Party committee's opinion, who carries it out."""
    if decision.decided_on is None:
        return
    signer = decision.signed_by.full_name if decision.signed_by else ""
    unit = decision.executing_unit.name if decision.executing_unit else ""
    words = "\n".join(
        [
            f"决策文号：{decision.document_number}",
            f"决策日期：{_day(decision.decided_on)}",
            f"签发人：{signer}",
            f"请示报告同级党委：{_day(decision.reported_to_party_on)}；{decision.party_opinion}",
            f"执行单位：{unit}，计划完成 {_day(decision.executed_until)}",
            f"意见采纳情况：{decision.adoption_notes}",
            "",
            "决策内容",
            decision.draft_text,
        ]
    )
    yield Record("决策作出情况", lambda: words, at=decision.decided_on, who=decision.organisation.name)


def execution_record(decision) -> Iterator[Record]:
    """Tasks, reports, problems, adjustments and the county's notes, in their order (arts. 34, 35, 37)."""
    tasks = list(decision.execution_tasks.select_related("unit").order_by("number"))
    if not tasks:
        return
    parts = [
        [f"执行任务下达日期：{_day(decision.plan_settled_on)}；执行完毕日期：{_day(decision.executed_on)}"],
        [
            f"任务{task.number}：{task.what}（{task.unit.name}，{_day(task.due_on)}前），{task.get_state_display()}"
            f"{_day(task.settled_on)}。{task.result}"
            for task in tasks
        ],
        [
            f"执行报告（应报{_day(report.due_on)}，报告{_day(report.reported_on)}）："
            f"{report.progress} {report.next_steps}"
            for report in decision.execution_reports.order_by("pk")
        ],
        [
            f"问题（{_day(problem.found_on)}，{problem.get_kind_display()}）：{problem.what} "
            f"处理：{problem.get_outcome_display()} {problem.answer}"
            for problem in decision.execution_problems.order_by("pk")
        ],
        [
            f"{adjustment}：{adjustment.reason}，{adjustment.get_outcome_display()}"
            for adjustment in decision.execution_adjustments.order_by("pk")
        ],
        [
            f"督办（{_day(note.issued_on)}）：{note.demand} 办理情况（{_day(note.answered_on)}）：{note.answer}"
            for note in decision.execution_follow_ups.order_by("pk")
        ],
    ]
    words = "\n".join(line.rstrip() for part in parts for line in part)
    yield Record("执行情况", lambda: words, at=tasks[-1].settled_on or decision.plan_settled_on)
