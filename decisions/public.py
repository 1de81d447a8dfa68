"""What of a decision is public once it is published: the matter, its basis and its result (国令713 art. 32; S0-4.1d).

Departments' opinions, minutes, reviews and contacts are not named here, so nothing shows them. What experts said is
shown with what became of it.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from decisions import events, time_limits
from decisions.gates import FINAL_TEXT
from decisions.models import ExpertOpinion, MajorDecision
from decisions.workflow import Stage
from portal.casefiles.models import Disclosure
from portal.consultation import matters
from portal.interpretations.models import Interpretation
from portal.interpretations.public import show_on
from portal.publishing import redaction, sections
from portal.publishing.faces import Obligation, PublicFace, register
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

PUBLIC = register(
    PublicFace(
        kind="decisions",
        column="重大行政决策",
        title=lambda decision: decision.title,
        number=lambda decision: decision.document_number,
        text=lambda decision: f"{decision.draft_text}\n\n意见采纳情况\n{decision.adoption_notes}",
        organisation=lambda decision: decision.organisation,
        published_on=lambda decision: decision.published_on,
        fields=(
            ("决策机关", lambda decision: decision.organisation.name),
            ("文号", lambda decision: decision.document_number),
            ("决策日期", lambda decision: decision.decided_on),
            ("决策依据", lambda decision: decision.legal_basis),
            ("承办单位", lambda decision: decision.handling_unit.name if decision.handling_unit else ""),
            ("执行单位", lambda decision: decision.executing_unit.name if decision.executing_unit else ""),
            ("计划完成", lambda decision: decision.executed_until),
        ),
        papers=(FINAL_TEXT.code,),
        obligation=Obligation(
            after=("decide",),
            limit=time_limits.PUBLISH,
            basis="国令713 第三十二条；政府信息公开条例 第二十六条",
        ),
    )
)

# The interpretations stand beside the decision.
INTERPRETATIONS = show_on(PUBLIC.kind)


def _with_public_course() -> QuerySet:
    """Decisions that were put before the public or published; never a secret one, nor one whose title was hidden."""
    publications = Publication.objects.filter(file_id=OuterRef("pk"))
    hidden = Exists(publications.filter(hides_title=True)) & ~Exists(publications.live())
    return (
        MajorDecision.objects.exclude(disclosure=Disclosure.WITHHELD)
        .filter(Q(matters.before_the_public()) | Q(published_on__isnull=False))
        .exclude(hidden)
    )


def _published(decision) -> Iterable[matters.Event]:
    """The decision and its interpretations, as they went out and were taken down."""
    for publication in Publication.objects.filter(file_id=decision.pk):
        yield matters.Event(
            publication.published_at, "公布决策", document_url(publication) if publication.is_live else ""
        )
        if not publication.is_live:
            yield matters.Event(publication.taken_down_at, "撤下公开文本", document_url(publication))
    interpretations = Interpretation.objects.filter(subject_id=decision.pk).values("pk")
    for publication in Publication.objects.live().filter(file_id__in=interpretations):
        yield matters.Event(publication.published_at, "公布政策解读", document_url(publication))
    for tell in events.public_course:
        yield from tell(decision)


# What has a page of its own (the notice, its answers, sessions, the publication) tells of itself.
COURSE = matters.register(
    matters.PublicMatter(
        kind=PUBLIC.kind,
        column=PUBLIC.column,
        files=_with_public_course,
        steps={
            "start": "启动决策程序",
            "conclude_participation": "公众参与结束，转入论证评估",
            "return_to_drafting": "退回修改草案",
            "send_to_review": "送合法性审查",
            "put_to_deliberation": "合法性审查完成，提请集体讨论",
            "adopt": "集体讨论通过",
            "send_back": "会议要求修改",
            "reject": "会议不予通过",
            "decide": "作出决策",
            "suspend": "中止执行",
            "resume": "恢复执行",
            "stop": "停止执行",
            "finish_execution": "执行完毕",
            "terminate": "终止决策程序",
        },
        next_steps={
            Stage.DRAFTING: "修改草案；作重大修改的，重新公开征求意见",
            Stage.PARTICIPATION: "征求意见期满后逐条研究，公布采纳情况和理由",
            Stage.ASSESSMENT: "按需要组织专家论证、风险评估，然后送合法性审查",
            Stage.LEGALITY_REVIEW: "合法性审查通过后，提请集体讨论",
            Stage.DELIBERATION: "由会议集体讨论",
            Stage.PARTY_REPORT: "按规定请示报告后，作出决策",
            Stage.PUBLICATION: "公布决策事项、依据和结果",
            Stage.EXECUTION: "执行决策，跟踪效果",
            Stage.SUSPENDED: "决定恢复或者停止执行",
            Stage.EXECUTED: "立卷归档；列入后评估的，公开听取意见",
        },
        also=_published,
    )
)


def _course_of(publication) -> dict | None:
    address = matters.matter_url(publication.file)
    return {"url": address} if address else None


COURSE_LINK = sections.register(
    sections.PublicSection(PUBLIC.kind, "consultation/public_course.html", _course_of, place="side")
)


def _plain(text: str) -> str:
    """Without numbers and names that the rules of masking find in it."""
    return redaction.apply(text, redaction.propose(text))


def _experts_heard(publication) -> dict | None:
    """What experts said and what became of it (P5; art. 21 para. 2), by name only where the expert agreed to that."""
    opinions = (
        ExpertOpinion.objects.filter(
            argumentation__decision=publication.file_id, argumentation__closed_at__isnull=False
        )
        .select_related("argumentation", "chosen")
        .order_by("argumentation__number", "number")
    )
    lines = [
        {
            "who": f"{opinion.name}（{opinion.employer}）" if opinion.may_be_published else f"专家{number}",
            "field": opinion.field, "view": opinion.get_view_display(), "words": _plain(opinion.opinion),
            "outcome": opinion.get_outcome_display(), "answer": _plain(opinion.answer),
        }
        for number, opinion in enumerate(opinions, start=1)
    ]  # fmt: skip
    return {"lines": lines} if lines else None


EXPERTS_HEARD = sections.register(
    sections.PublicSection(PUBLIC.kind, "decisions/public_experts.html", _experts_heard, place="below")
)
