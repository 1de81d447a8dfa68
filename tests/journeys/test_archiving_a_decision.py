"""A decision goes into the archive, and the county looks back on who had a hand in it."""

import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile

from decisions.demo import execution, texts
from decisions.demo.journey import DecisionJourney
from portal.demo.walking import cast_of
from portal.documents.attach import attach
from portal.moment import clock_set_to
from tests.decisions.archiving.folders import bytes_of
from tests.portal.documents.specimens import picture

pytestmark = pytest.mark.full

FINDING = "对应急管理办公室的不同意见没有如实说明。"


def carried_out(world) -> DecisionJourney:
    """A market hall, published in June and carried out; a photograph lies in its file."""
    journey = DecisionJourney(cast_of(world, "longtan"), texts.market("龙潭镇"), date(2026, 4, 13))
    journey.walk("publish", comments=texts.COMMENTS[:2])
    with journey.on():
        photograph = ContentFile(picture("JPEG", (900, 600)), name="现场照片.jpg")
        attach(journey.document, "other", photograph, journey.cast.clerk, title="现场照片")
    execution.finish(journey)
    return journey


def look(desk, tmp_path, name: str) -> None:
    """The page as it is on a desk and on a phone; no page runs over its edge."""
    for width in (1280, 320):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
        content, window = desk.widths()
        assert content <= window, f"{name} at {width}: {content}"
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def follow_in_row(desk, row: str, words: str):
    """Follow a link of the first table row that has these words in it."""
    with desk.page.expect_navigation():
        desk.page.locator("main tr", has_text=row).get_by_role("link", name=words).first.click()
    return desk


def test_a_decision_is_sealed_archived_and_looked_back_on(desk, clock, run_jobs, world, tmp_path):
    journey = carried_out(world)
    case = f"/staff/cases/{journey.document.public_id}/"
    clock.go_to(journey.day)
    clerk, head, county = desk(), desk(), desk()

    clerk.sign_in("lt_clerk").take_step(case, "归档").refused("应归档材料齐全", "卷宗已封存")
    clerk.open(case).follow("归档清单和归档包").shows("现在不能封存：还缺：合法性审核意见书、会议纪要。")
    look(clerk, tmp_path, "missing")
    follow_in_row(clerk, "会议纪要", "去补充").follow("查看会议记录").press("生成会议纪要")
    assert run_jobs()
    clerk.open(f"{case}dossier/").shows("按目前办理到的环节").press("封存卷宗")
    assert run_jobs()
    clerk.open(f"{case}dossier/").shows("WS·2026-Y-0001", "卷宗 PDF", "移交包 ZIP", "重新封存卷宗")
    look(clerk, tmp_path, "sealed")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="移交包 ZIP").click()
    with zipfile.ZipFile(download.value.path()) as packet:
        assert "SHA256SUMS" in packet.namelist()
        assert packet.read("卷宗.pdf") == bytes_of(journey.document.sealed_dossiers.get().volume)
    clerk.take_step(case, "归档").done()
    clerk.open(case).shows("已归档")
    clerk.open("/staff/registers/decision_archive/").shows("WS·2026-Y-0001", "已归档")

    head.sign_in("lt_head").open("/staff/").follow("责任追溯", among="nav").follow(journey.document.title)
    head.shows("已封存，核对一致", "保留意见", "龙潭镇镇长")
    assert "登记责任追究" not in head.text
    look(head, tmp_path, "chain")
    head.follow(journey.cast.head.full_name).shows("任职经历", "作出决策并编号")
    look(head, tmp_path, "person")

    county.sign_in("county_supervisor").open("/county/").follow("责任追溯", among="nav").follow(journey.document.title)
    follow_in_row(county, "送合法性审查", "追责").write(
        ground="neglect", responsibility="direct", finding=FINDING, result="sanctioned",
        decided_by="云溪县监察委员会", decided_on=journey.day.isoformat(),
    ).press("登记")  # fmt: skip
    assert "请写明种类或者理由" in county.errors
    look(county, tmp_path, "holding")
    county.write(result_words="警告").press("登记").shows("责任追究〔2026〕1号", FINDING, "警告")
    look(county, tmp_path, "case")
    number = county.path
    county.follow("更正").write(result="admonished", result_words="批评教育", reason="处理种类登记有误。").press("更正")
    county.shows("责任追究〔2026〕2号").open(number).shows("已经更正")
    head.open("/staff/registers/accountability_cases/").shows("责任追究〔2026〕1号", "责任追究〔2026〕2号")
    with clock_set_to(journey.day):
        assert journey.document.accountability_cases.count() == 2
