"""The faces of official paper: found in order and measured."""

import pytest

from portal.documents.rendering.fonts import (
    DIRECTORIES_VARIABLE,
    FontsMissing,
    Role,
    advance,
    ink_gap,
    installed,
)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_chinese_face(role):
    assert installed(role)


@pytest.mark.parametrize("role", list(Role))
def test_chinese_characters_are_one_em_wide_in_every_role(role):
    assert {advance(sign, role) for sign in "云溪县喆𠮷，《"} == {1.0}


def test_figures_are_narrower_than_chinese_characters():
    assert 0.4 < advance("3", Role.FANGSONG) < 0.7


def test_the_highest_ink_of_a_mark_is_a_little_below_the_top_of_its_line():
    assert 0 < ink_gap("云溪县龙潭镇人民政府", Role.TITLE) < 0.2


def test_an_empty_machine_is_told_which_package_it_needs(monkeypatch, tmp_path):
    monkeypatch.setenv(DIRECTORIES_VARIABLE, str(tmp_path))
    with pytest.raises(FontsMissing, match="fonts-noto-cjk"):
        installed(Role.FANGSONG)
