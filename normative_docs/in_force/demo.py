"""Documents of earlier years that were repealed, amended and replaced, near their end or past it."""

from datetime import date, timedelta

from normative_docs.demo import texts
from normative_docs.in_force import acts, planning, versions
from normative_docs.in_force.models import RelationKind
from normative_docs.in_force.sweep import sweep
from normative_docs.recording import open_draft
from portal.casefiles.models import Disclosure
from portal.demo.walking import cast_of
from portal.documents.rendering.paper import chinese_date
from portal.moment import clock_set_to
from portal.publishing.copying import CHECKLIST
from portal.workflow.perform import perform

ONE_DAY = timedelta(days=1)


def build(world, today: date) -> None:
    """The room's part of the demo, through the functions that people use."""
    cast = cast_of(world, "longtan")
    town = cast.town.short_name
    market = _existing(cast, texts.market(town), 11, today - timedelta(days=900), today + timedelta(days=800))
    _amended(cast, market, today)
    parking = _existing(cast, texts.parking(town), 12, today - timedelta(days=700), today + timedelta(days=300))
    _waiting(cast, parking, today)
    elderly = _existing(cast, texts.elderly(town), 13, today - timedelta(days=1000), today + timedelta(days=700))
    newer = _existing(
        cast, texts.elderly(town), 14, today - timedelta(days=400), today + timedelta(days=1000), word="办法（修订）"
    )
    with clock_set_to(newer.issued_on + ONE_DAY):
        acts.repeal(
            elderly, by=cast.legal or cast.head, on=newer.effective_on, kind=RelationKind.REPLACES, through=newer,
            reason="内容已由新文件重新规定",
        )  # fmt: skip
    _existing(cast, texts.waste(town), 15, today - timedelta(days=730), today - timedelta(days=1))
    with clock_set_to(today):
        sweep(today)
    _draft_that_ends(cast, parking, today)


def _existing(cast, text, number: int, issued: date, until: date, word: str = ""):
    """One registered document; its number is given by hand, as those of earlier years are."""
    title = f"{text.title}（{issued.year}年）" if not word else f"{text.title.removesuffix('办法')}{word}"
    effective = issued + timedelta(days=31)
    *articles, last = text.body.split("\n\n")
    dates = f"本办法自{chinese_date(effective)}起施行，有效期至{chinese_date(until)}。"
    with clock_set_to(issued):
        document = open_draft(
            by=cast.clerk, organisation=cast.town, title=title, disclosure=Disclosure.PROACTIVE, topic=text.topic,
            document_kind=text.kind, draft_text="\n\n".join([*articles, last.split("　")[0] + "　" + dates]),
            document_number=f"{cast.town.document_mark}〔{issued.year}〕{number}号", issued_on=issued,
            effective_on=effective, valid_until=until,
        )  # fmt: skip
        return perform(document, "register_existing", by=cast.clerk)


def _amend(cast, document, on: date, number: int) -> object:
    return acts.amend(
        document, by=cast.legal or cast.head, on=on, through=None, articles=["第三条"], reason="与上位法修改保持一致",
        act=acts.OutsideAct(f"关于修改《{document.title}》的决定", f"{cast.town.document_mark}〔{on.year}〕{number}号"),
    )  # fmt: skip


def _third_article_longer(text: str) -> str:
    """The text with a sentence more in its third article."""
    lines = text.split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("第三条"))
    return "\n".join([*lines[:at], f"{lines[at]}办理情况每季度在村务公开栏公布一次。", *lines[at + 1 :]])


def _amended(cast, document, today: date) -> None:
    """Amended half a year ago; the consolidated text is public."""
    on = today - timedelta(days=180)
    with clock_set_to(on):
        relation = _amend(cast, document, on, 16)
        version = versions.prepare(relation, by=cast.clerk, text=_third_article_longer(document.draft_text))
        versions.confirm(version, by=cast.legal or cast.head, checklist=[question.code for question in CHECKLIST])


def _waiting(cast, document, today: date) -> None:
    """Amended last week; the consolidated text waits for its confirmation."""
    on = today - timedelta(days=7)
    with clock_set_to(on):
        relation = _amend(cast, document, on, 17)
        versions.prepare(relation, by=cast.clerk, text=_third_article_longer(document.draft_text))


def _draft_that_ends(cast, target, today: date) -> None:
    """A draft whose text repeals an earlier document, already listed."""
    with clock_set_to(today):
        draft = open_draft(
            by=cast.clerk, organisation=cast.town, title=f"{cast.town.short_name}停车秩序管理规定",
            disclosure=Disclosure.PROACTIVE,
            draft_text=f"第一条　为了规范停车秩序，制定本规定。\n第二条　本规定自公布之日起施行，"
            f"《{target.title}》（{target.document_number}）同时废止。",
        )  # fmt: skip
        planning.plan(draft, by=cast.clerk, kind=RelationKind.REPEALS, target=target)
