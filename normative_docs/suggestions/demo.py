"""Suggestions from the public (one nearly due, one answered, one late) and an incidental review of 龙潭镇."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.effects import PAPER_JOB
from normative_docs.suggestions.incidental.gates import GROUNDS, NOTICE
from normative_docs.suggestions.incidental.registering import register_review, save_statement, statement_digest
from normative_docs.suggestions.receiving import receive_suggestion
from portal.deadlines.stored import stored_calendar
from portal.demo.walking import cast_of
from portal.documents.attach import attach
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.workflow.perform import perform


def build(world, today: date) -> None:
    """The app's part of the demo, oldest first."""
    longtan, qinghe = cast_of(world, "longtan"), cast_of(world, "qinghe")
    waste = _published(longtan, before=today - timedelta(days=200))
    if waste is not None:
        _answered(longtan, waste, today - timedelta(days=120))
        _near_due(longtan, waste, today - timedelta(days=57))
        _incidental(longtan, waste, today)
    other = _published(qinghe, before=today - timedelta(days=20))
    if other is not None:
        _new(qinghe, other, today - timedelta(days=3))


def _published(cast, *, before: date) -> NormativeDocument | None:
    """A document of the town that was public by then and still is in force."""
    found = NormativeDocument.objects.filter(
        organisation=cast.town, published_on__lt=before, repealed_on__isnull=True, effective_on__lt=before
    )
    return found.filter(valid_until__gt=before).order_by("-published_on", "-pk").first()


def _received(cast, document, day: date, clause, reason, name, contact=""):
    with clock_set_to(day):
        return receive_suggestion(
            organisation=cast.town, document=document, named_document=document.title, clause=clause, reason=reason,
            proposer="person", proposer_name=name, contact=contact,
        )[0]  # fmt: skip


def _heard(cast, suggestion, day: date, statement: str):
    with clock_set_to(day):
        suggestion = perform(suggestion, "accept", by=cast.county_reviewer)
        data = {"until": day + timedelta(days=15), "asked": "请说明有关条款的依据和执行情况。"}
        suggestion = perform(suggestion, "ask_maker", by=cast.county_reviewer, data=data)
    with clock_set_to(day + timedelta(days=9)):
        return perform(suggestion, "state", by=cast.clerk, data={"statement": statement})


def _answered(cast, document, day: date) -> None:
    suggestion = _received(
        cast, document, day, "第三条", "条文没有写明由谁承担费用，村里各收各的，建议写清楚。", "赵先明", "0000-6123456"
    )
    suggestion = _heard(cast, suggestion, day + timedelta(days=4), "费用由村集体承担，制定说明中已经写明。")
    with clock_set_to(day + timedelta(days=30)):
        suggestion = perform(
            suggestion, "conclude", by=cast.county_reviewer,
            data={
                "result": "suggest",
                "opinion": "有关条款不违反上位法，但费用承担的表述不够明确，容易产生误解，建议制定机关修改。",
                "public_summary": "建议人提出费用由谁承担不明确。经审查，条款不违反上位法，建议制定机关修改表述。",
            },
        )  # fmt: skip
        queue.run(Job.objects.filter(kind=PAPER_JOB, key=f"{suggestion.pk}:reply").latest("id").pk)
    with clock_set_to(day + timedelta(days=33)):
        suggestion = perform(suggestion, "reply_and_press", by=cast.county_supervisor)
    with clock_set_to(day + timedelta(days=55)):
        words = {"correction": "已在解释说明中明确费用由村集体承担，并列入下一次修改计划。"}
        suggestion = perform(suggestion, "report_correction", by=cast.clerk, data=words)
    with clock_set_to(day + timedelta(days=58)):
        perform(suggestion, "confirm_correction", by=cast.county_reviewer)


def _near_due(cast, document, day: date) -> None:
    suggestion = _received(
        cast, document, day, "第二条", "申报时间太长，与县里规定不一致，建议改为三日。", "孙桂芳", "0000-6120987"
    )
    _heard(cast, suggestion, day + timedelta(days=10), "申报时间参照县级规定，拟研究缩短。")


def _new(cast, document, day: date) -> None:
    _received(cast, document, day, "", "这份文件在村务公开栏看不到全文，建议公布并解释。", "河口村村民小组")


def _incidental(cast, document, today: date) -> None:
    """Notice came six working days ago: four are left of the ten."""
    calendar, day, left = stored_calendar(cast.town.region), today, 6
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    with clock_set_to(day):
        review = register_review(
            document, by=cast.legal, channel="reconsideration", requesting_body="云溪县人民政府",
            case_number=f"云府复〔{day.year}〕18号", clause="第三条", received_on=day,
            applied_on=day - timedelta(days=5),
        )  # fmt: skip
        attach(review, NOTICE.code, ContentFile("附带审查通知".encode(), name="附带审查通知.txt"), cast.legal)
        attach(review, GROUNDS.code, ContentFile("制定依据".encode(), name="制定依据.txt"), cast.legal)
        save_statement(
            review, by=cast.legal, statement="依据地方组织法第七十六条制定；第三条的依据见省有关条例。",
            needs_collective_view=False, seen=statement_digest(review),
        )  # fmt: skip
