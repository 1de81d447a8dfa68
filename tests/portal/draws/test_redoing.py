"""Anybody does the draw again from its text: with ``sha256sum`` and ``sort`` alone, or with ``rerun_draw``."""

import re
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from portal.draws.transcript import file_name
from tests.portal.draws.pools import drawn, frozen, side


def text_of(pool) -> str:
    return Client().get(reverse("draws:text", args=[pool.public_id])).content.decode()


@pytest.fixture
def saved(tmp_path):
    """Save the text of a draw as it is downloaded."""

    def save(pool, change=lambda text: text):
        path = tmp_path / file_name(pool)
        path.write_text(change(text_of(pool)), encoding="utf-8", newline="")
        return path

    return save


def shell(command: str, folder) -> str:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=True).stdout


def commands(text: str) -> list[str]:
    return re.findall(r"^#   (.+)$", text, re.MULTILINE)


def test_the_printed_commands_give_the_published_digest_and_order(world, saved):
    pool = drawn(world, side("商户", 2, 1, 3, 4, 7, 12), side("居民", 1, 5), side("村民", 1, 6, 8))
    path = saved(pool)
    of_pool, *of_groups = commands(path.read_text())
    assert shell(of_pool, path.parent).split()[0] == pool.pool_digest
    assert len(of_groups) == 2
    for command, name in zip(of_groups, ("商户", "村民"), strict=True):
        places = pool.result.places.filter(entry__group__name=name).order_by("rank")
        published = [f"{place.digest} {place.entry.number}" for place in places.select_related("entry")]
        assert shell(command, path.parent).splitlines() == published


def test_one_digest_by_hand_is_the_one_on_record(world):
    pool = drawn(world)
    place = pool.result.places.get(entry__number=7)
    printed = subprocess.run(["printf", "%s", f"{pool.result.seed}:1:7"], capture_output=True, check=True).stdout
    summed = subprocess.run(["sha256sum"], input=printed, capture_output=True, check=True).stdout.decode()
    assert summed.split()[0] == place.digest


def test_the_command_agrees_with_the_downloaded_text(world, saved, capsys):
    pool = drawn(world, side("商户", 2, 1, 3, 4), side("居民", 1, 5))
    call_command("rerun_draw", str(saved(pool)))
    said = capsys.readouterr().out
    assert "抽取结果相符" in said
    assert pool.result.seed in said
    assert "直接入选　第 5 号报名" in said


def test_before_the_draw_it_checks_the_pool(world, saved, capsys):
    call_command("rerun_draw", str(saved(frozen(world))))
    assert "尚未抽取" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("名册\t1\t3\t第 3 号报名\n", ""), "名册摘要不符"),
        (lambda text: text.replace("组别\t1\t2\t", "组别\t1\t3\t"), "名册摘要不符"),
        (lambda text: text.replace("-桂花", "-兰花"), "位不符"),
        (lambda text: re.sub(r"结果\t1\t1\t抽中\t\d+", "结果\t1\t1\t抽中\t99", text), "第 1 位不符"),
        (lambda text: re.sub(r"结果\t1\t5\t.*\n", "", text), "应当有 5 行"),
        (lambda text: re.sub(r"种子\t.*\n", "", text), "位不符"),
        (lambda text: text.replace("名册\t1\t3\t", "名册\t1\t03\t"), "读不懂"),
        (lambda text: text + "另外\t一行\n", "读不懂"),
        (lambda text: "没有内容".join("##"), "没有抽取名册"),
    ],
)
def test_whatever_was_changed_in_the_text_is_found(world, saved, change, words):
    with pytest.raises(CommandError, match=words):
        call_command("rerun_draw", str(saved(drawn(world), change)))


def test_a_text_saved_with_the_line_ends_of_windows_still_agrees(world, saved):
    call_command("rerun_draw", str(saved(drawn(world), lambda text: text.replace("\n", "\r\n"))))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="读不出"):
        call_command("rerun_draw", str(tmp_path / "nothing.txt"))
