"""Published documents in a few statements, for the stories of this room."""

from datetime import date

from normative_docs.demo.journey import Journey
from normative_docs.recording import open_draft
from portal.casefiles.models import Disclosure
from portal.demo.walking import cast_of
from portal.moment import clock_set_to
from portal.publishing.register import publication_of
from portal.workflow.perform import perform

TEXT = (
    "第一条　为了加强集贸市场管理，制定本办法。\n"
    "第二条　本镇行政区域内的集贸市场适用本办法。\n"
    "第三条　市场开办者应当每日清扫场地。\n"
    "第四条　摊位不得占用通道。\n"
    "第五条　本办法自2024年5月1日起施行，有效期五年。"
)
AMENDED = TEXT.replace("每日清扫场地", "每日清扫、消毒场地")


def existing(
    world, title="集贸市场管理办法", number="龙政规〔2024〕1号", *, town="longtan", text=TEXT, issued=date(2024, 3, 12),
    effective=date(2024, 5, 1), until=date(2029, 4, 30), registered=None, **facts,
):  # fmt: skip
    """A document of earlier years, registered and public."""
    cast = cast_of(world, town)
    with clock_set_to(registered or issued):
        document = open_draft(
            by=cast.clerk, organisation=cast.town, title=title, disclosure=Disclosure.PROACTIVE, draft_text=text,
            document_number=number, issued_on=issued, effective_on=effective, valid_until=until, **facts,
        )  # fmt: skip
        return perform(document, "register_existing", by=cast.clerk)


def address(document, rest="") -> str:
    """Where the public finds it."""
    publication = publication_of(document)
    return f"/docs/{publication.year}/{publication.serial}/{rest}"


def about_to_publish(world, text, start=date(2026, 3, 2)) -> Journey:
    """A new document, signed and its public text reviewed; only the publication is missing."""
    journey = Journey(cast_of(world, "longtan"), text, start)
    journey.walk("sign")
    journey.workday()
    journey.review_public_copy()
    return journey
