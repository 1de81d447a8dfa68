"""Sealed minutes become official paper in every file of the agenda, each with its own matter only."""

import pytest

from portal.documents.models import Document
from portal.documents.rendering import paper_lines
from portal.jobs import queue
from portal.jobs.models import Job
from portal.meetings.minutes import seal
from portal.meetings.papers import MINUTES, chinese_number, minutes_paper
from portal.meetings.printing import ask_for_minutes
from portal.meetings.recording import MeetingRefused, put_on_agenda
from tests.ground import made_once
from tests.portal.meetings.town import address, complete, draft, meeting_of


@made_once
def journey(world):
    return draft(world)


@pytest.fixture
def meeting(journey):
    return meeting_of(journey)


def sealed(journey, meeting):
    complete(journey, meeting)
    with journey.on():
        return seal(meeting, by=journey.cast.clerk)


def test_the_paper_says_who_was_there_who_said_what_and_what_was_decided(journey, meeting):
    paper = minutes_paper(sealed(journey, meeting).items.get())
    text = "\n".join(paper_lines(paper))
    assert paper.problems() == []
    for words in (
        "第1期",
        "应出席5人，实际出席4人",
        "一是徐文（副镇长）发言，同意：同意。",
        "会议同意印发。",
        "出席：徐文（副镇长）",
    ):
        assert words in text


def test_unsealed_minutes_are_not_printed(journey, meeting):
    with pytest.raises(ValueError, match="尚未封存"):
        minutes_paper(meeting.items.get())
    with pytest.raises(MeetingRefused, match="尚未封存"):
        ask_for_minutes(meeting, by=journey.cast.clerk)


def test_each_file_gets_only_its_own_matter(world, journey, meeting):
    other = draft(world)
    other.document.title = "另一件事项"
    other.document.save()
    with journey.on():
        put_on_agenda(meeting, other.document, by=journey.cast.clerk)
    item = sealed(journey, meeting).items.get(file_id=journey.document.pk)
    text = "\n".join(paper_lines(minutes_paper(item)))
    assert "（节录）" in text
    assert "另一件事项" not in text


def test_the_worker_puts_pdf_and_docx_into_the_file(journey, meeting, as_person):
    sealed(journey, meeting)
    client = as_person("lt_clerk")
    with journey.on():
        client.post(address("staff-minutes", meeting))
        done = queue.run(Job.objects.get().pk)
        page = client.get(address("staff-meeting", meeting)).content.decode()
    assert done.state == Job.State.DONE, done.message
    names = [document.current.name for document in Document.objects.filter(slot=MINUTES.code)]
    assert sorted(name.rsplit(".", 1)[1] for name in names) == ["docx", "pdf"]
    assert "已完成" in page


def test_speakers_are_counted_in_chinese_figures():
    assert [chinese_number(number) for number in (1, 10, 12, 20, 34, 100)] == [
        "一",
        "十",
        "十二",
        "二十",
        "三十四",
        "100",
    ]
