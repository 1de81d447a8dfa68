"""The county's inbox: oldest first, claimed by one, accepted in bulk after a second look."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.oversight.filing import claim
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage
from portal.workflow.models import WorkItem
from tests.portal.oversight import filings

INBOX = "/county/filings/"
SELECTED = "/county/filings/selected/"


def test_what_came_first_stands_first(world, as_person):
    filings.submitted(world, title="后到的办法", on=filings.PUBLISHED + timedelta(days=6))
    filings.submitted(world, title="先到的办法", on=filings.PUBLISHED + timedelta(days=2))
    shown = as_person("county_reviewer").get(INBOX).content.decode()
    assert shown.index("先到的办法") < shown.index("后到的办法")


def test_tabs_part_filings_by_what_is_to_be_done(world, as_person):
    filings.submitted(world, title="待受理的办法")
    filings.accepted(world, title="审查中的办法")
    filings.recorded(world, title="已备案的办法")
    county = as_person("county_reviewer")
    for tab, title in (("submitted", "待受理的办法"), ("reviewing", "审查中的办法"), ("recorded", "已备案的办法")):
        shown = county.get(INBOX, {"tab": tab}).content.decode()
        assert title in shown
        assert shown.count("的办法</a>") == 1


def test_the_inbox_is_narrowed_by_town_and_desk(world, as_person):
    mine = filings.submitted(world, title="龙潭镇办法甲")
    filings.submitted(world, "qh", title="清河镇办法乙")
    claim(mine, by=world["county_reviewer"])
    county = as_person("county_reviewer")
    assert "清河镇办法乙" not in county.get(INBOX, {"town": "longtan"}).content.decode()
    assert "清河镇办法乙" not in county.get(INBOX, {"desk": "mine"}).content.decode()
    assert "龙潭镇办法甲" not in county.get(INBOX, {"desk": "none"}).content.decode()


def test_towns_do_not_open_the_countys_inbox(world, as_person):
    assert as_person("lt_clerk").get(INBOX).status_code == 403


def test_ticked_filings_are_claimed(world, as_person):
    filing = filings.submitted(world)
    as_person("county_reviewer").post(SELECTED, {"act": "claim", "pick": [str(filing.public_id)]})
    item = WorkItem.objects.get(file_id=filing.pk, closed_at__isnull=True)
    assert item.assignee == world["county_reviewer"]


def test_a_bulk_acceptance_is_looked_at_before_it_is_done(world, as_person):
    ready, gone = filings.submitted(world, title="可受理的办法"), filings.accepted(world, title="已受理的办法")
    keys = [str(ready.public_id), str(gone.public_id)]
    county = as_person("county_reviewer")
    preview = county.post(SELECTED, {"act": "accept", "pick": keys}).content.decode()
    assert "受理 1 件" in preview
    assert "现在处于「备案审查」环节" in preview
    assert Filing.objects.get(pk=ready.pk).stage == Stage.SUBMITTED
    county.post(SELECTED, {"act": "confirm", "pick": keys[:1], f"seen-{keys[0]}": ready.last_record().pk})
    assert Filing.objects.get(pk=ready.pk).stage == Stage.REVIEWING


def test_a_filing_that_moved_since_the_look_is_left_alone_and_named(world, as_person):
    filing = filings.submitted(world)
    another = filing.last_record().pk + 1
    answer = as_person("county_reviewer").post(
        SELECTED, {"act": "confirm", "pick": [str(filing.public_id)], f"seen-{filing.public_id}": another}, follow=True
    )
    assert "没有受理 1 件" in answer.content.decode()
    assert Filing.objects.get(pk=filing.pk).stage == Stage.SUBMITTED


def test_the_inbox_asks_the_database_as_often_for_many_as_for_few(world, as_person):
    county = as_person("county_reviewer")
    filings.submitted(world, title="第一件")
    few = _queries(county)
    for number in range(5):
        filings.submitted(world, title=f"又一件{number}")
    assert len(_queries(county)) <= len(few), [sql for sql in _queries(county) if sql not in few]


def _queries(client) -> list[str]:
    client.get(INBOX)
    with CaptureQueriesContext(connection) as captured:
        client.get(INBOX)
    # A lamp that counts working days asks whether a notice was loaded since; that is the calendar's own matter.
    return [query["sql"] for query in captured if "deadlines_calendarnotice" not in query["sql"]]
