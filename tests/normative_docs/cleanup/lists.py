"""Towns with documents to be cleaned up, and clean-ups in every stage."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.cleanup.demo import Round, record_existing_text
from normative_docs.cleanup.gates import NOTICE, NOTICE_DOCX
from normative_docs.cleanup.outcomes import CampaignKind, CleanupOutcome, Trigger
from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.models import NormativeDocument
from portal.demo.walking import cast_of
from portal.documents.attach import attach

START = date(2026, 3, 2)
ISSUED = date(2023, 5, 8)
RETAIN = (CleanupOutcome.RETAIN, "继续适用。", "")
AMEND = (CleanupOutcome.AMEND, "部分条款需要修改。", "")
REPEAL = (CleanupOutcome.REPEAL, "上位法已经废止。", "《中华人民共和国行政处罚法》")
LAPSE = (CleanupOutcome.LAPSE, "适用期已过。", "国办发〔2018〕37号")
ONE_OF_EACH = {"龙政规〔2023〕2号": AMEND, "龙政规〔2023〕3号": REPEAL, "龙政规〔2023〕4号": LAPSE}


def recorded(world, number: int, *, town="longtan", issued=ISSUED, market=False, topic="城镇管理", **fields):
    """One document on file and public: 龙政规〔2023〕N号."""
    cast = cast_of(world, town)
    text = texts.draft(
        cast.town.short_name, f"第{number}项公共设施管护", "measures", topic,
        ("为管好公共设施，制定本办法。", "管护单位应当定期检查。"), affects_market=market,
        **({"basis": fields.pop("basis")} if "basis" in fields else {}),
    )  # fmt: skip
    mark = cast.town.document_mark
    return record_existing_text(
        Journey(cast, text, issued), document_number=f"{mark}〔{issued.year}〕{number}号",
        **({"effective_on": issued + timedelta(days=31)} | fields),
    )  # fmt: skip


def stock(world, count=4, **fields) -> list[NormativeDocument]:
    return [recorded(world, number, **fields) for number in range(1, count + 1)]


def opened(world, count=4, **fields) -> Round:
    """A full clean-up of that many documents, its scope not settled yet."""
    stock(world, count)
    round_ = Round(cast_of(world, "longtan"), START)
    round_.begin(**fields)
    return round_


def special(world, **fields) -> Round:
    round_ = Round(cast_of(world, "longtan"), START)
    values = {"trigger_kind": Trigger.HIGHER_LAW, "trigger": "《中华人民共和国行政处罚法》修订"} | fields
    round_.begin(CampaignKind.SPECIAL, "专项清理", **values)
    return round_


def working(world, count=4) -> Round:
    round_ = opened(world, count)
    round_.fix_scope()
    return round_


def concluded(world, verdicts=ONE_OF_EACH) -> Round:
    """Every document has its conclusion: one of each kind."""
    round_ = working(world)
    round_.conclude_all(verdicts)
    return round_


def under_review(world) -> Round:
    round_ = concluded(world)
    round_.workday()
    round_.send()
    return round_


def with_opinion(world) -> Round:
    round_ = under_review(world)
    round_.workday(2)
    round_.give_opinion()
    return round_


def decided(world, result="passed") -> Round:
    round_ = with_opinion(world)
    round_.put_to_meeting()
    round_.workday()
    round_.meet(result)
    return round_


def adopted(world) -> Round:
    round_ = decided(world)
    round_.adopt()
    return round_


def signed(world, *, set_by_worker=False) -> Round:
    """Notice on file, public text reviewed: ready to go public. Setting the real paper takes seconds."""
    round_ = adopted(world)
    round_.sign_notice()
    if set_by_worker:
        round_.make_notice()
    else:
        with round_.on():
            for slot in (NOTICE, NOTICE_DOCX):
                words = ContentFile(f"{slot.label}\n{round_.document.notice_number}".encode(), name=f"{slot.label}.txt")
                attach(round_.document, slot.code, words, round_.cast.clerk)
    round_.workday()
    round_.review_public_copy()
    return round_


def published(world, *, set_by_worker=False) -> Round:
    round_ = signed(world, set_by_worker=set_by_worker)
    with round_.on():
        round_._step("publish", round_.cast.clerk)
    return round_


def of_number(campaign, number: int):
    """The item of 龙政规〔2023〕N号."""
    return campaign.items.select_related("document", "campaign").get(
        document__document_number__endswith=f"〕{number}号"
    )
