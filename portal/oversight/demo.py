"""The county's own work beside the filings: inspections, and its documents for the people's congress."""

from datetime import date, timedelta

from portal.moment import clock_set_to
from portal.oversight.further import enter, mark_received, mark_sent
from portal.oversight.inspecting.recording import add_finding, documents_of, open_inspection, write_summary
from portal.workflow.perform import perform

# What was inspected are documents that the others have put on file.
AFTER_OTHERS = True


def build(world, today: date) -> None:
    """The room's part of the demo."""
    _open_rectification(world, today)
    _nothing_found(world, today)
    _for_the_congress(world, today)


def _open_rectification(world, today: date) -> None:
    """龙潭镇 has a week left to put two problems right."""
    reviewer, day = world["county_reviewer"], today - timedelta(days=24)
    with clock_set_to(day):
        inspection = open_inspection(
            by=reviewer, town=world.longtan, kind="key", inspected_on=day, inspectors="林𠮷、韩梅",
            scope_text="制定程序、公开发布、报送备案、到期清理", files=documents_of(world.longtan)[:2],
            others=("龙潭镇消防安全管理规定（龙政规〔2022〕2号）",),
        )  # fmt: skip
        write_summary(inspection, by=reviewer, summary="抽查三件文件，制定程序总体规范，档案基本齐全。")
        for document, problem, demand in (
            ("龙潭镇消防安全管理规定", "有效期届满后没有及时公布失效目录。", "十日内在政府网站公布失效文件目录。"),
            ("", "征求意见采纳情况没有归入文件档案。", "补充归档，并建立归档清单。"),
        ):
            add_finding(
                inspection, by=reviewer, document=document, problem=problem, basis="国办发〔2018〕37号", demand=demand
            )  # fmt: skip
        perform(inspection, "issue", by=reviewer, data={"until": today + timedelta(days=7)})


def _nothing_found(world, today: date) -> None:
    reviewer, day = world["county_reviewer"], today - timedelta(days=70)
    with clock_set_to(day):
        inspection = open_inspection(
            by=reviewer, town=world.dongcheng, kind="routine", inspected_on=day, inspectors="林𠮷",
            scope_text="公开发布", others=("东城街道停车管理办法（草案）",),
        )  # fmt: skip
        write_summary(inspection, by=reviewer, summary="草案公开征求意见的公告规范，未发现问题。")
        perform(inspection, "close_clean", by=reviewer)


def _for_the_congress(world, today: date) -> None:
    """Two of the county's documents: one acknowledged by the standing committee, one still to be sent."""
    reviewer, county = world["county_reviewer"], world.county
    for title, number, days in (
        ("云溪县户外广告设施管理办法", 1, 80), ("云溪县农村公路养护管理办法", 2, 26),
    ):  # fmt: skip
        published = today - timedelta(days=days)
        with clock_set_to(published):
            row = enter(
                by=reviewer, issuer=county, target="standing_committee", title=title, published_on=published,
                document_number=f"云府规〔{published.year}〕{number}号",
            )  # fmt: skip
        if number == 1:
            sent = published + timedelta(days=12)
            with clock_set_to(sent):
                mark_sent(row, by=reviewer, on=sent, report_number=f"云府报〔{sent.year}〕4号")
            with clock_set_to(sent + timedelta(days=5)):
                mark_received(row, by=reviewer, on=sent + timedelta(days=5), receipt_number=f"云人备〔{sent.year}〕3号")
