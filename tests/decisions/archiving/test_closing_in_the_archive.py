"""A decision closes in its archive: what is missing is named with its place, and nothing comes in afterwards."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from decisions.demo import texts
from decisions.switches import COUNTY_REQUEST
from portal.documents.attach import attach
from portal.documents.refusals import FileClosed
from portal.dossiers.dossier import missing, parts_of
from portal.dossiers.sealing import DossierIncomplete, ask_for_sealing
from portal.dossiers.standing import complete
from portal.dossiers.standing import sealed as sealed_as_it_is
from portal.jobs.models import Job
from portal.organisations.models import PolicySetting
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, NotAuthorised
from tests.decisions.archiving.folders import decided, printed
from tests.decisions.scenarios import ready_for, walked
from tests.scene import built_once, papers_of_the_scene, signed_in

pytestmark = pytest.mark.django_db

scene = built_once(decided)
media_folder = papers_of_the_scene()


def body(response) -> str:
    return response.content.decode()


def test_what_the_folder_lacks_is_named_and_where_it_comes_about(scene):
    journey = scene.journey
    assert missing(parts_of(journey.document)) == ["合法性审核意见书", "会议纪要"]
    assert "还缺 2 项：合法性审核意见书、会议纪要" in complete(journey.document).explain
    with journey.on():
        page = body(signed_in(scene, "lt_clerk").get(reverse("dossiers:dossier", args=[journey.document.public_id])))
        assert reverse("meetings:staff-deliberation", args=[journey.document.public_id]) in page
        assert "现在不能封存：还缺：合法性审核意见书、会议纪要。" in page
        with pytest.raises(DossierIncomplete, match="会议纪要"):
            ask_for_sealing(journey.document, by=journey.cast.clerk)
        with pytest.raises(GatesNotMet) as refusal:
            perform(journey.document, "archive", by=journey.cast.clerk)
    assert [report.code for report in refusal.value.missing] == ["dossier_sealed", "archive_complete"]


def test_steps_that_the_facts_do_not_ask_for_are_not_asked_of_the_folder(scene):
    parts = {part.code: part for part in parts_of(scene.journey.document)}
    assert not parts["md_fair_competition"].is_needed
    assert not parts["secrecy"].is_needed
    assert parts["departments"].pieces


def test_the_folder_asks_for_what_the_region_asked_for_then(world):
    begun = date(2026, 1, 1)
    setting = {"organisation": world.county, "code": COUNTY_REQUEST.code, "basis": "县有关规定", "set_by_name": "韩梅"}
    PolicySetting.objects.create(**setting, value=False, valid_from=begun)
    older = decided(world).journey
    with older.on():
        PolicySetting.objects.update(valid_until=older.day)
    with older.on(older.day + timedelta(days=1)):
        decision = type(older.document).objects.get(pk=older.document.pk)
        assert decision.is_switched_on(COUNTY_REQUEST)
        assert "事先请示和县级答复" not in missing(parts_of(decision))


def test_clerks_ask_for_the_seal_and_others_may_not(scene):
    journey = printed(scene.journey)
    url = reverse("dossiers:dossier", args=[journey.document.public_id])
    with journey.on():
        assert signed_in(scene, "lt_head").post(url, {"act": "seal"}).status_code == 403
        assert signed_in(scene, "qh_clerk").post(url, {"act": "seal"}).status_code == 404
        with pytest.raises(NotAuthorised):
            ask_for_sealing(journey.document, by=scene.world["qh_clerk"])
        clerk = signed_in(scene, "lt_clerk")
        assert clerk.post(url, {"act": "seal"}).status_code == 302
        assert clerk.post(url, {"act": "seal"}).status_code == 302
        job = Job.objects.get(kind="dossiers.seal")
        assert job.arguments["archive_number"] == "WS·2026-Y-0001"
        assert "等待中" in body(clerk.get(url))


def test_an_archived_decision_takes_nothing_more(world):
    journey, clerk, _ = ready_for(world, "archive")
    assert sealed_as_it_is(journey.document).explain.startswith("档号")
    with journey.on():
        decision = perform(journey.document, "archive", by=clerk)
        assert (decision.stage, decision.is_closed) == ("archived", True)
        with pytest.raises(FileClosed):
            attach(decision, "other", ContentFile(b"late", name="late.txt"), clerk)


def test_a_stopped_decision_is_archived_too(world):
    journey = walked(world, "publish", texts.bus)
    clerk = journey.cast.clerk
    with journey.on():
        stopped = perform(journey.document, "stop", by=journey.cast.head, note="项目取消。")
        assert not stopped.is_closed
        assert "archive" in [step.code for step in stopped.workflow.next_steps(stopped)]
        with pytest.raises(GatesNotMet, match="卷宗已封存"):
            perform(stopped, "archive", by=clerk)
