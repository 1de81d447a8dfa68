"""``docs/workflows/``: one page for each declared workflow, and an index.

A page shows what the program enforces: diagram, steps with who may take them, gates with basis and
binding, time limits, and the arcs that the database lets pass.
"""

from pathlib import Path

from portal.accounts.roles import ROLES, roles_with
from portal.deadlines.limits import TimeLimit, UnknownLimit
from portal.deadlines.rules import registry
from portal.organisations.policy import policies
from portal.web.docs import Generated, heading, page, table
from portal.workflow.declare import Gate, Transition, Workflow, always
from portal.workflow.registry import workflows

FOLDER = "docs/workflows"
SOURCE = "the workflow declarations"


def generate(root: Path) -> Generated:
    """The index and one page per registered workflow."""
    declared = workflows.all()
    texts = {f"{FOLDER}/README.md": index(declared)}
    return texts | {f"{FOLDER}/{workflow.code}.md": describe(workflow) for workflow in declared}


def index(declared: list[Workflow]) -> str:
    """The list of workflows with their size."""
    lines = heading("Workflows", SOURCE)
    rows = (
        (
            f"[{workflow.label}]({workflow.code}.md)",
            f"`{workflow.code}`",
            str(len(workflow.stages.values)),
            str(len(workflow.transitions)),
            str(len(_gates(workflow))),
            str(len(workflow.clocks())),
        )
        for workflow in declared
    )
    return page(lines + table(("流程", "代码", "阶段", "步骤", "关口", "期限"), rows))


def describe(workflow: Workflow) -> str:
    """The page of one workflow."""
    lines = heading(workflow.label, SOURCE)
    lines += [f"代码 `{workflow.code}`。" + (f"依据：{workflow.basis}。" if workflow.basis else ""), ""]
    lines += ["## 流程图", "", "```mermaid", *mermaid(workflow), "```", ""]
    lines += ["## 阶段", ""]
    lines += table(("阶段", "代码", "主线", "说明"), (_stage_row(workflow, stage) for stage in workflow.stages.values))
    lines += ["## 步骤", ""]
    columns = ("步骤", "代码", "自", "至", "谁可以办", "关口", "期限", "说明")
    lines += table(columns, (_step_row(workflow, step) for step in workflow.transitions))
    if _gates(workflow):
        lines += ["## 关口", ""]
        columns = ("须具备", "代码", "依据", "效力", "适用", "用于", "补正处")
        lines += table(columns, (_gate_row(workflow, gate) for gate in _gates(workflow)))
    if workflow.clocks():
        lines += ["## 期限", ""]
        columns = ("期限", "代码", "地区", "长度", "依据", "状态", "开始", "停止", "取消")
        lines += table(columns, (row for code in workflow.clocks() for row in _clock_rows(workflow, code)))
    lines += ["## 数据库放行的阶段变化", "", "此外的变化由触发器拒绝。", ""]
    names = dict(workflow.stages.choices)
    lines += table(("自", "至"), ((_named(names, source), _named(names, target)) for source, target in workflow.arcs()))
    return page(lines)


def mermaid(workflow: Workflow) -> list[str]:
    """The lines of a Mermaid state diagram; acts within a stage are left out."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{label}" as {value}' for value, label in workflow.stages.choices]
    lines.append(f"    [*] --> {workflow.initial}")
    for step in workflow.transitions:
        if step.target is not None:
            lines += [f"    {source} --> {step.target}: {step.label}" for source in step.sources]
    return lines + [f"    {stage} --> [*]" for stage in workflow.final]


def _gates(workflow: Workflow) -> list[Gate]:
    """Each gate once, in the order of its first use."""
    return list({gate.code: gate for _, gate in workflow.gated()}.values())


def _named(names: dict[str, str], stage: str) -> str:
    return f"{names[stage]} `{stage}`"


def _stage_row(workflow: Workflow, stage: str) -> tuple[str, ...]:
    marks = [word for word, here in (("起点", stage == workflow.initial), ("终点", stage in workflow.final)) if here]
    return (
        str(dict(workflow.stages.choices)[stage]),
        f"`{stage}`",
        "是" if stage in workflow.track else "",
        "、".join(marks),
    )


def _step_row(workflow: Workflow, step: Transition) -> tuple[str, ...]:
    names = dict(workflow.stages.choices)
    return (
        step.label,
        f"`{step.code}`",
        "、".join(str(names[source]) for source in step.sources),
        str(names[step.target]) if step.target else "（阶段不变）",
        _holders(step),
        "<br>".join(gate.label for gate in step.gates),
        "<br>".join(
            f"{verb} `{code}`"
            for verb, codes in (("开始", step.starts), ("停止", step.stops), ("取消", step.cancels))
            for code in codes
        ),
        "<br>".join(_remarks(workflow, step)),
    )


def _holders(step: Transition) -> str:
    if step.by_system:
        return "系统"
    labels = "、".join(ROLES[code].label for code in roles_with(step.authority))
    return f"{labels}<br>`{step.authority}`"


def _remarks(workflow: Workflow, step: Transition) -> list[str]:
    remarks = [f"不得由办理「{workflow.transition(code).label}」的人办理" for code in step.not_by]
    words = (
        (step.authority_for is not None, "由哪个单位办理，按案卷事实确定"),
        (step.needs_note, "须填写理由"),
        (bool(step.declaration), "须在确认页核对"),
        (step.addresses_county, "自此县级可见"),
        (step.closes, "办结"),
        (not step.main and not step.by_system, "可选步骤，不计入待办"),
    )
    return remarks + [word for holds, word in words if holds]


def _gate_row(workflow: Workflow, gate: Gate) -> tuple[str, ...]:
    applies = []
    if gate.applies is not always:
        applies.append(f"按事实；{gate.not_needed}的不需要")
    if gate.switch:
        applies.append(f"地区可设：{policies[gate.switch].label}")
    used = [step.label for step, other in workflow.gated() if other.code == gate.code]
    remedy = f"`{gate.remedy}`" if gate.remedy else ""
    return (
        gate.label,
        f"`{gate.code}`",
        gate.basis,
        gate.binding.label + ("（按机关性质另有不同）" if gate.binding_for is not None else ""),
        "<br>".join(applies) or "一律",
        "、".join(used),
        remedy,
    )


def _clock_rows(workflow: Workflow, code: str) -> list[tuple[str, ...]]:
    """One row for the national wording and one for each region that has its own."""
    uses = tuple(
        "、".join(step.label for step in workflow.transitions if code in getattr(step, kind))
        for kind in ("starts", "stops", "cancels")
    )
    return [
        (limit.label, f"`{code}`", place, limit.wording, limit.citation, limit.state, *uses)
        for place, limit in _wordings(code)
    ]


def _wordings(code: str) -> list[tuple[str, TimeLimit]]:
    """The newest wording of a limit in each place: the whole country where it has one, then the regions."""
    rules = registry()
    places = []
    try:
        places.append(("全国", rules.wordings(code)[-1]))
    except UnknownLimit:
        # Some limits exist in local rules only; then at least one region below has it.
        places.clear()
    for region in rules.regions.values():
        places += [(region.name, limit) for limit in region.limits if limit.code == code][-1:]
    return places
