"""A decision's folder as it was sealed: the index leads to the pages, and a stranger checks the packet by himself."""

import io
import json
import subprocess
import zipfile

import pytest
from defusedxml import ElementTree
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from decisions.archiving.register import REGISTER
from portal.audit.models import AuditEntry
from portal.dossiers.models import SealedDossier
from portal.dossiers.sealing import is_whole
from tests.decisions.archiving.folders import bytes_of, sealed
from tests.scene import built_once, papers_of_the_scene

pytestmark = pytest.mark.django_db

scene = built_once(sealed)
media_folder = papers_of_the_scene()


@pytest.fixture
def made(scene):
    return SealedDossier.objects.get(file_id=scene.journey.document.pk)


@pytest.fixture
def volume(made):
    return PdfReader(io.BytesIO(bytes_of(made.volume)))


def test_the_index_leads_to_the_page_on_which_each_piece_begins(made, volume):
    front = len(volume.pages) - made.pages - 1
    for _, title, _, _, pages in made.index:
        first, last = (int(number) for number in (pages.split("-") * 2)[:2])
        texts = [volume.pages[front + number - 1].extract_text() for number in range(first, last + 1)]
        for number, text in enumerate(texts, start=first):
            assert text.rstrip().endswith(str(number)), title
        own_words = {"会议纪要": "mt_minutes page one", "合法性审核意见书": "lr_opinion_letter page one"}
        if title != "现场照片":
            assert own_words.get(title, title[:6]) in texts[0].replace("\n", ""), title
    assert int(made.index[-1][-1].split("-")[-1]) == made.pages


def test_cover_index_and_closing_note_name_what_they_hold(made, volume):
    cover, index, end = (volume.pages[at].extract_text().replace("\n", "") for at in (0, 1, -1))
    for words in ("重大行政决策卷宗", made.archive_number, "龙潭镇重大决策〔2026〕1号", f"{made.pages} 页", "永久"):
        assert words in cover
    assert "卷内目录" in index
    assert f"本卷共 {made.pieces} 件、{made.pages} 页" in end
    assert [line.title for line in volume.outline][2].startswith("1 ")
    assert len(volume.outline) == made.pieces + 3


def test_a_stranger_checks_the_packet_with_sha256sum_alone(scene, made, tmp_path):
    with zipfile.ZipFile(io.BytesIO(bytes_of(made.packet))) as archive:
        archive.extractall(tmp_path)
        names = set(archive.namelist())
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": OK") == len(names) - 1
    assert "sha256sum -c SHA256SUMS" in (tmp_path / "说明.txt").read_text()
    assert (tmp_path / "卷宗.pdf").read_bytes() == bytes_of(made.volume)
    told = json.loads((tmp_path / "案卷信息.json").read_text())
    assert told["案卷"]["档号"] == made.archive_number
    assert told["缺少"] == []
    written = ElementTree.parse(tmp_path / "案卷信息.xml").getroot()
    assert written.findtext("案卷/决策文号") == told["案卷"]["决策文号"] == scene.journey.document.document_number
    assert [piece.findtext("SHA-256") for piece in written.iter("文件") if piece.find("SHA-256") is not None] == [
        piece["SHA-256"] for piece in told["卷内文件"]
    ]


def test_a_changed_file_of_the_packet_is_found(made, tmp_path):
    with zipfile.ZipFile(io.BytesIO(bytes_of(made.packet))) as archive:
        archive.extractall(tmp_path)
    forged = next(path for path in tmp_path.rglob("*.csv") if "意见和采纳情况" in path.name)
    forged.write_text(forged.read_text().replace("采纳", "不采纳"))
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False)
    assert checked.returncode != 0


def test_what_was_sealed_is_kept_in_the_audit_chain_and_by_the_database(scene, made, as_owner):
    entry = AuditEntry.objects.filter(file_id=scene.journey.document.pk, verb="dossiers.sealed").get()
    assert entry.payload["volume"] == made.volume.digest
    assert entry.payload["packet"] == made.packet.digest
    assert is_whole(made)
    for statement in ("UPDATE dossiers_sealeddossier SET pages = 1", "DELETE FROM dossiers_sealeddossier"):
        with as_owner(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_directory_of_the_archive_names_number_and_pages(scene, made):
    row = REGISTER.rows(scene.world["lt_clerk"]).get()
    shown = {column.code: column.value(row) for column in REGISTER.columns}
    assert shown["archive_number"] == made.archive_number == "WS·2026-Y-0001"
    assert shown["state"] == "已封存，待归档"
    assert (shown["pieces"], shown["pages"]) == (made.pieces, made.pages)
    assert not REGISTER.rows(scene.world["qh_clerk"]).exists()
