"""The opinion letter is official paper, made by the worker and kept in the file as PDF and DOCX."""

import pytest

from portal.documents.models import Document
from portal.documents.rendering import paper_lines
from portal.jobs import queue
from portal.jobs.models import Job
from portal.legal_review.letters import ask_for_letter
from portal.legal_review.models import Conclusion
from portal.legal_review.papers import OPINION_LETTER, opinion_letter
from portal.legal_review.reviewing import ReviewRefused, newest
from tests.ground import made_once
from tests.portal.legal_review.drafts import address, on_review


@made_once
def journey(world):
    journey = on_review(world)
    with journey.on():
        journey.find()
    return journey


def test_the_letter_says_everything_that_the_review_found(journey):
    journey.conclude(Conclusion.AMEND, "第六条应当修改。")
    review = newest(journey.document)
    paper = opinion_letter(review)
    text = "\n".join(paper_lines(paper))
    assert paper.problems() == []
    for words in (
        review.opinion_number,
        "应当予以修改",
        "第六条应当修改。",
        "收取保证金没有法律、法规依据。",
        "不符合",
        review.reviewing_body.name,
    ):
        assert words in text


def test_there_is_no_letter_before_the_opinion(journey):
    with pytest.raises(ValueError, match="尚未出具"):
        opinion_letter(newest(journey.document))
    with pytest.raises(ReviewRefused, match="尚未出具"):
        ask_for_letter(newest(journey.document), by=journey.reviewer)


def test_the_worker_puts_pdf_and_docx_into_the_file(journey, as_person):
    journey.conclude(Conclusion.AMEND, "第六条应当修改。")
    client = as_person("lt_legal")
    with journey.on():
        client.post(address("staff-letter", journey))
        waiting = client.get(address("staff-review", journey)).content.decode()
        done = queue.run(Job.objects.get().pk)
        ready = client.get(address("staff-review", journey)).content.decode()
    assert "等待中" in waiting
    assert done.state == Job.State.DONE, done.message
    names = [document.current.name for document in Document.objects.filter(slot=OPINION_LETTER.code)]
    assert sorted(name.rsplit(".", 1)[1] for name in names) == ["docx", "pdf"]
    assert "意见书文本" in ready
    assert all(name in ready for name in names)


def test_asking_twice_while_it_waits_is_one_job(journey):
    journey.conclude(Conclusion.AMEND, "第六条应当修改。")
    review = newest(journey.document)
    assert ask_for_letter(review, by=journey.reviewer).pk == ask_for_letter(review, by=journey.cast.clerk).pk
    assert Job.objects.count() == 1
