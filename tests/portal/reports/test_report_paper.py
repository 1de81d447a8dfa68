"""The worker makes PDF and Word of a report, says how far it is, and keeps them in the file."""

import pypdfium2
import pytest

from portal.documents.rendering import paper_lines
from portal.documents.storage import open_blob
from portal.jobs.models import Job
from portal.reports.composing import compose_report
from portal.reports.papers import annual_report_paper
from portal.reports.writing import ReportRefused, ask_paper, newest_job
from tests.portal.reports.desk import WORDS


def _pdf_text(version) -> str:
    with open_blob(version.blob.digest) as stream:
        document = pypdfium2.PdfDocument(stream.read())
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    return "".join(text.split())


def test_approval_asks_for_the_papers_and_the_worker_makes_them(desk):
    desk.walk("approve")
    asked = newest_job(desk.document)
    assert (asked.state, asked.kind) == (Job.State.WAITING, "reports.paper")
    done = desk.make_paper()
    assert (done.state, done.progress) == (Job.State.DONE, 100), done.message
    assert done.result_url == f"/staff/cases/{desk.document.public_id}/papers/"
    report = desk.document
    assert report.final_pdf.name == "云溪县龙潭镇人民政府2025年度法治政府建设年度报告.pdf"
    assert report.final_docx.document.slot == "ar_docx"


def test_the_pdf_holds_every_chapter_and_every_figure(desk):
    desk.walk("make_paper")
    text = _pdf_text(desk.document.final_pdf)
    composition = compose_report(desk.document)
    for section in composition.sections:
        assert section.heading in text
    for words in WORDS.values():
        assert words in text
    for figure in composition.figures:
        assert figure.label in text
    assert "2026年1月12日" in text
    assert text.count("登记存量行政规范性文件2件，年末") == 1


def test_the_paper_lacks_nothing_that_the_rules_ask_for(desk):
    desk.walk("approve")
    paper = annual_report_paper(compose_report(desk.document), issued_on=desk.document.approved_on)
    assert paper.problems() == []
    assert "一、上一年度推进法治政府建设的主要举措和成效" in list(paper_lines(paper))


def test_a_draft_says_so_and_never_counts_as_the_final_text(desk):
    desk.start()
    with desk.on():
        ask_paper(desk.document, by=desk.cast.clerk)
    assert desk.make_paper().state == Job.State.DONE
    assert desk.document.final_pdf is None
    version = desk.document.documents.get(slot="ar_pdf").current
    assert version.name.endswith("（草稿）.pdf")
    assert "（本部分尚未撰写）" in _pdf_text(version)


def test_asking_twice_is_one_job(desk):
    desk.start()
    with desk.on():
        first, second = ask_paper(desk.document, by=desk.cast.clerk), ask_paper(desk.document, by=desk.cast.clerk)
    assert first == second


def test_a_failed_job_is_tried_again(desk):
    desk.start()
    with desk.on():
        asked = ask_paper(desk.document, by=desk.cast.clerk)
        Job.objects.filter(pk=asked.pk).update(state=Job.State.FAILED)
        ask_paper(desk.document, by=desk.cast.clerk)
    assert Job.objects.get().state == Job.State.WAITING


def test_a_published_report_is_not_made_again(desk):
    desk.walk("publish")
    with desk.on(), pytest.raises(ReportRefused, match="已经公开"):
        ask_paper(desk.document, by=desk.cast.clerk)
