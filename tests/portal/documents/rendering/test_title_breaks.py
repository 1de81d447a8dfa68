"""Titles break by sense, in the shape of a trapezium or a lozenge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.rendering import break_title
from portal.documents.rendering.gb9704 import TITLE_MAX_CHARACTERS, text_width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("行政规范性文件备案回执", ("行政规范性文件备案回执",)),
        (
            "云溪县龙潭镇人民政府关于报送行政规范性文件备案的报告",
            ("云溪县龙潭镇人民政府", "关于报送行政规范性文件备案的报告"),
        ),
        ("龙潭镇人民政府2026年第3次镇长办公会议纪要", ("龙潭镇人民政府", "2026年第3次镇长办公会议纪要")),
        (
            "云溪县人民政府办公室关于进一步加强全县行政规范性文件制定和监督管理工作的通知",
            ("云溪县人民政府办公室", "关于进一步加强全县行政规范性", "文件制定和监督管理工作的通知"),
        ),
    ],
)
def test_known_titles(title, lines):
    assert break_title(title) == lines


@pytest.mark.parametrize(
    "title",
    [
        "云溪县龙潭镇人民政府关于印发《龙潭镇限额以下小型建设工程安全监督管理办法（试行）》的通知",
        "云溪县龙潭镇人民政府关于贯彻落实《法治政府建设实施纲要（2021—2025年）》情况的报告",
        "关于《龙潭镇农村集体聚餐食品安全管理办法（草案）》的合法性审核意见书",
    ],
)
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_sign(title):
    lines = break_title(title)
    assert len(lines) > 1
    for line in lines:
        assert line[0] not in "》）〉、，的和与"
        assert line[-1] not in "《（〈第"
    assert "（试行" not in [line[-3:] for line in lines]


def test_joint_organs_stand_on_lines_of_their_own():
    lines = break_title("云溪县龙潭镇人民政府 云溪县农业农村局关于做好春季农村集体聚餐食品安全工作的通知")
    assert lines[0] == "云溪县龙潭镇人民政府"


@given(st.text(alphabet="云溪县龙潭镇人民政府关于印发《管理办法》（试行）的通知2026年", min_size=1, max_size=70))
def test_every_title_keeps_its_text_and_the_width(title):
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(text_width(line) <= TITLE_MAX_CHARACTERS for line in lines)
