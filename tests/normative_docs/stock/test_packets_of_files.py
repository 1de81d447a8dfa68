"""A packet of originals: each file becomes a draft to check; none is in force by itself, hostile ones stay out."""

import io
import json
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from normative_docs.models import NormativeDocument
from normative_docs.stock import recording
from normative_docs.stock.models import StockImport
from normative_docs.stock.reading import hand_in
from normative_docs.workflow import Stage
from portal.documents.refusals import FileRefused
from portal.publishing.models import Publication
from portal.workflow.refusals import StepRefused
from tests.normative_docs.stock.lists import packet, row, sheet, text, worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_in(world):
    def read(files):
        return worked_off(hand_in(packet(files), by=world["lt_clerk"], organisation=world.longtan))

    return read


def _confirmed(one, by):
    recording.confirm(one, by=by)
    return worked_off(one)


def test_files_become_drafts_and_go_on_record_only_when_chosen(world, read_in):
    one = read_in({"a/1.txt": text(1), "a/2.txt": text(2, "养犬")})
    assert [line.values["document_number"] for line in one.lines.all()] == ["龙政规〔2024〕1号", "龙政规〔2024〕2号"]
    done = _confirmed(one, world["lt_clerk"])
    assert {d.stage for d in NormativeDocument.objects.all()} == {Stage.DRAFTING}
    assert not Publication.objects.exists()
    first, second = done.lines.all()
    assert first.document.documents.get().slot == "nd_final_text"
    recording.register(done, [first.pk], by=world["lt_clerk"])
    worked_off(done)
    first.document.refresh_from_db()
    second.document.refresh_from_db()
    assert (first.document.stage, second.document.stage) == (Stage.RECORDED, Stage.DRAFTING)


def test_what_was_not_printed_is_named_and_must_be_filled_in(world, read_in):
    bare = "龙潭镇河道管理办法\n第一条  为了规范河道管理，制定本办法。\n"
    one = read_in({"1.txt": bare})
    line = one.lines.get()
    assert line.outcome == "new"
    assert "成文日期" in line.missing
    assert "发文字号" in line.missing
    done = _confirmed(one, world["lt_clerk"])
    with pytest.raises(StepRefused, match="还缺成文日期"):
        recording.register(done, [line.pk], by=world["lt_clerk"])


def test_a_list_in_the_packet_adds_what_the_text_does_not_print(world, read_in):
    bare = "龙潭镇河道管理办法\n第一条  为了规范河道管理，制定本办法。\n龙潭镇人民政府\n2022年4月1日\n"
    listed = row(1, source_file="1.txt", title="龙潭镇河道管理办法", document_number="龙政规〔2022〕9号",
                 issued_on="2022-04-02", draft_text="", effective_on="", valid_until="")  # fmt: skip
    one = read_in({"1.txt": bare, "目录.xlsx": sheet(listed, row(2, source_file="丢失.txt")).read()})
    line, lost = one.lines.all()
    assert line.values["document_number"] == "龙政规〔2022〕9号"
    assert line.values["issued_on"] == "2022-04-02"
    assert any("清单写“2022-04-02”，原文是“2022-04-01”" in warning for warning in line.warnings)
    assert lost.problems == [["原文文件名", "压缩包中没有这个文件"]]


def test_the_same_packet_again_changes_nothing(world, read_in):
    _confirmed(read_in({"1.txt": text(1)}), world["lt_clerk"])
    again = read_in({"1.txt": text(1)})
    assert again.lines.get().outcome == "known"
    with pytest.raises(StepRefused, match="没有可以登记的新文件"):
        recording.confirm(again, by=world["lt_clerk"])


def test_a_bad_file_is_told_and_the_others_are_read(world, read_in):
    one = read_in(
        {
            "1.txt": text(1),
            "2.docx": b"not a document",
            "3.exe": b"MZ",
            "4.pdf": b"",
            "5.png": b"\x89PNG",
            "__MACOSX/._1.txt": b"x",
            "inner.zip": b"PK",
        }
    )
    outcomes = {line.source: line.outcome for line in one.lines.all()}
    assert outcomes == {
        "1.txt": "new", "2.docx": "faulty", "3.exe": "faulty", "4.pdf": "faulty", "5.png": "faulty",
        "inner.zip": "faulty",
    }  # fmt: skip
    assert _confirmed(one, world["lt_clerk"]).lines.filter(document__isnull=False).count() == 1


def test_names_packed_on_chinese_windows_are_read_right(world, read_in):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("1234.txt", text(1))
    name = "办法".encode("gbk")
    upload = SimpleUploadedFile("x.zip", stream.getvalue().replace(b"1234.txt", name + b".txt"))
    one = worked_off(hand_in(upload, by=world["lt_clerk"], organisation=world.longtan))
    assert one.lines.get().source == "办法.txt"


def _zip_with(name: str, content: bytes = b"x") -> SimpleUploadedFile:
    return packet({name: content})


def _bomb() -> SimpleUploadedFile:
    return packet({"1.txt": b"0" * (60 * 1024 * 1024)})


def _overlong_claim() -> SimpleUploadedFile:
    """A directory that claims four gigabytes for a tiny entry."""
    content = bytearray(packet({"1.txt": b"x" * 50}).read())
    spot = content.rindex(b"PK\x01\x02")
    content[spot + 24 : spot + 28] = struct.pack("<L", 0xFFFFFFF0)
    return SimpleUploadedFile("x.zip", bytes(content))


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (lambda: _zip_with("../../etc/1.txt"), "unsafe_entry"),
        (lambda: _zip_with("/etc/1.txt"), "unsafe_entry"),
        (_bomb, "unpacks_too_large"),
        (_overlong_claim, "unpacks_too_large"),
        (lambda: SimpleUploadedFile("x.zip", b"not a zip"), "content_mismatch"),
        (lambda: SimpleUploadedFile("x.zip", b""), "empty"),
        (lambda: packet({"readme.md/": b""}), "empty"),
    ],
)
def test_a_hostile_packet_is_refused_at_the_door(world, upload, code):
    with pytest.raises(FileRefused) as refused:
        hand_in(upload(), by=world["lt_clerk"], organisation=world.longtan)
    assert refused.value.code == code or code == "content_mismatch"
    assert not StockImport.objects.exists()


def test_the_command_makes_drafts_of_a_folder_and_says_what_it_read(world, tmp_path, capsys):
    folder = tmp_path / "原文"
    folder.mkdir()
    (folder / "一.txt").write_text(text(1), encoding="utf-8")
    (folder / "二.txt").write_text("", encoding="utf-8")
    (folder / "link.txt").symlink_to("/etc/hostname")

    def run(*options):
        call_command("import_normative_documents", str(folder), "--organisation", "longtan", "--json", *options)
        return json.loads(capsys.readouterr().out)["files"]

    assert [f["outcome"] for f in run("--dry-run")] == ["new", "faulty"]
    assert not NormativeDocument.objects.exists()
    assert run()[0]["document"] == NormativeDocument.objects.get().number
    assert NormativeDocument.objects.get().stage == Stage.DRAFTING
    assert run()[0]["outcome"] == "known"
    assert NormativeDocument.objects.count() == 1
    with pytest.raises(CommandError, match="没有这个机构"):
        call_command("import_normative_documents", str(folder), "--organisation", "乌有镇")
