"""Which papers are missing, and what lies in a file."""

import pytest

from portal.documents.attach import attach, remove
from portal.documents.papers import PaperSlot, file_index, missing_papers, register_slots, slot_label
from tests.portal.documents import specimens as make

DRAFT = PaperSlot("spec.draft", "送审稿", "试行办法第五条")
NOTES = PaperSlot("spec.notes", "起草说明", "试行办法第五条")
RISK = PaperSlot("spec.risk", "风险评估报告", "试行办法第六条", applies=lambda file: "应急" in file.title)
PHOTO = PaperSlot("spec.photo", "现场照片", "试行办法第七条", needed=False)
SLOTS = register_slots(DRAFT, NOTES, RISK, PHOTO)


def test_only_needed_papers_that_apply_are_missing(case_file, clerk, upload):
    assert missing_papers(case_file, SLOTS) == [DRAFT, NOTES]
    case_file.title = "应急预案"
    assert missing_papers(case_file, SLOTS) == [DRAFT, NOTES, RISK]
    attach(case_file, DRAFT.code, upload("a.txt", b"draft"), clerk)
    assert missing_papers(case_file, SLOTS) == [NOTES, RISK]


def test_a_withdrawn_paper_is_missing_again(case_file, clerk, upload):
    version = attach(case_file, DRAFT.code, upload("a.txt", b"draft"), clerk)
    remove(version.document, clerk, "交错了")
    assert DRAFT in missing_papers(case_file, SLOTS)


def test_asking_for_missing_papers_costs_one_query(case_file, django_assert_num_queries):
    with django_assert_num_queries(1):
        missing_papers(case_file, SLOTS)


def test_one_code_names_one_slot():
    assert register_slots(DRAFT) == (DRAFT,)
    with pytest.raises(ValueError, match=r"spec\.draft"):
        register_slots(PaperSlot("spec.draft", "别的材料", "试行办法第九条"))
    assert slot_label("spec.draft") == "送审稿"
    assert slot_label("spec.unknown") == "spec.unknown"


def test_the_index_lists_the_newest_versions_in_order_with_running_pages(
    case_file, clerk, upload, django_assert_num_queries
):
    attach(case_file, DRAFT.code, upload("稿.pdf", make.pdf("one")), clerk)
    attach(case_file, NOTES.code, upload("说明.docx", make.word()), clerk)
    attach(case_file, "evidence", upload("证.pdf", make.pdf("a", "b")), clerk, title="证据一")
    newest = attach(case_file, DRAFT.code, upload("稿.pdf", make.pdf("one", "two", "three")), clerk)
    with django_assert_num_queries(1):
        entries = file_index(case_file)
    assert [(entry.number, entry.title, entry.pages, entry.first_page) for entry in entries] == [
        (1, "送审稿", 3, 1),
        (2, "起草说明", None, None),
        (3, "证据一", 2, 4),
    ]
    assert entries[0].digest == newest.blob.digest
    assert entries[0].who == clerk.full_name
    assert entries[0].version == newest


def test_withdrawn_papers_are_in_the_index_only_when_asked_for(case_file, clerk, upload):
    version = attach(case_file, DRAFT.code, upload("a.txt", b"draft"), clerk)
    remove(version.document, clerk, "交错了")
    assert file_index(case_file) == []
    assert [entry.removed_because for entry in file_index(case_file, with_removed=True)] == ["交错了"]
