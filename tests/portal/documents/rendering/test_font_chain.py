"""The faces of official paper: found in order, measured, and fetched without ever being fatal."""

import pytest

from portal.documents.rendering.fonts import (
    DIRECTORIES_VARIABLE,
    FANDOL_FILES,
    FontsMissing,
    Role,
    advance,
    fetch_fandol,
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


def test_faces_that_are_there_are_not_fetched_again(tmp_path):
    for name in FANDOL_FILES:
        (tmp_path / name).write_bytes(b"there")
    assert fetch_fandol(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(FANDOL_FILES)


def test_a_machine_without_package_tools_simply_goes_without(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not fetch_fandol(tmp_path / "fonts")
    assert not (tmp_path / "fonts").exists()


def test_a_failing_download_is_not_fatal(monkeypatch, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("apt-get", "dpkg-deb", "tar"):
        (tools / name).write_text("#!/bin/sh\nexit 100\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    assert not fetch_fandol(tmp_path / "fonts")
