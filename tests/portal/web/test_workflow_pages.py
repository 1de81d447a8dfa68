"""The page of a workflow shows diagram, steps, gates and arcs as declared."""

from django.db.models import TextChoices

from portal.web.docs.workflows import describe, index, mermaid
from portal.workflow.declare import Binding, Gate, Transition, Workflow, not_started


class Stage(TextChoices):
    DRAFTING = "drafting", "起草"
    REVIEW = "review", "审核"
    ISSUED = "issued", "印发"


OPINION = Gate(
    code="opinion_on_file",
    label="已有审核意见",
    basis="某办法第五条",
    standing=lambda file: not_started(),
    binding=Binding.REFERENCE,
    remedy="legal_review:request",
    applies=lambda file: True,
    not_needed="内部事务",
)

WORKFLOW = Workflow(
    code="sample",
    label="样例流程",
    mark="样",
    stages=Stage,
    initial=Stage.DRAFTING,
    final=(Stage.ISSUED,),
    track=(Stage.DRAFTING, Stage.REVIEW, Stage.ISSUED),
    transitions=(
        Transition("submit", "送审", (Stage.DRAFTING,), Stage.REVIEW, "normative_docs.draft"),
        Transition("remark", "备注", (Stage.REVIEW,), None, "legal_review.review", main=False),
        Transition(
            "issue",
            "印发",
            (Stage.REVIEW,),
            Stage.ISSUED,
            "normative_docs.sign",
            gates=(OPINION,),
            not_by=("submit",),
            closes=True,
        ),
    ),
)


def row(text, code):
    return next(line for line in text.splitlines() if f"| `{code}` |" in line)


def test_the_diagram_draws_each_change_of_stage_and_no_act_within_one():
    lines = mermaid(WORKFLOW)
    assert "    drafting --> review: 送审" in lines
    assert "    [*] --> drafting" in lines
    assert "    issued --> [*]" in lines
    assert not [line for line in lines if "备注" in line]


def test_a_step_names_its_holders_its_gates_and_its_conditions():
    step = row(describe(WORKFLOW), "issue")
    assert "负责人" in step
    assert "已有审核意见" in step
    assert "不得由办理「送审」的人办理" in step
    assert "办结" in step


def test_a_gate_shows_basis_binding_and_when_it_is_not_needed():
    gate = row(describe(WORKFLOW), "opinion_on_file")
    assert "某办法第五条" in gate
    assert "参照" in gate
    assert "内部事务的不需要" in gate
    assert "`legal_review:request`" in gate


def test_the_arcs_are_those_that_the_database_lets_pass():
    arcs = describe(WORKFLOW).partition("## 数据库放行的阶段变化")[2]
    assert "起草 `drafting` | 审核 `review`" in arcs
    assert "起草 `drafting` | 印发" not in arcs


def test_the_index_links_the_page_and_counts_its_parts():
    assert "| [样例流程](sample.md) | `sample` | 3 | 3 | 1 | 0 |" in index([WORKFLOW])
