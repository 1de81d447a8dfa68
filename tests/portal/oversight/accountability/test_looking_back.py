"""From a decision to everyone with a hand in it, from a person to every decision; sealed, read on record."""

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from decisions.demo import texts
from portal.accounts.models import Person, PostHolding
from portal.audit.models import AuditEntry
from portal.oversight.accountability.chain import chain_of
from portal.oversight.accountability.holding import CaseRefused, correct, hold_to_account
from portal.oversight.accountability.models import AccountabilityCase, ChainSeal, SealedAct
from portal.oversight.accountability.sealing import broken_seals
from portal.workflow.refusals import NotAuthorised
from tests.decisions.archiving.folders import Folder
from tests.decisions.scenarios import begin, walked
from tests.scene import built_once, papers_of_the_scene, signed_in

pytestmark = pytest.mark.django_db


def made(world) -> Folder:
    """A decision made and published in one town, one of another town just begun."""
    folder = Folder(world, walked(world, "publish", texts.market))
    begin(world, texts.bus, "qinghe").propose()
    return folder


scene = built_once(made)
media_folder = papers_of_the_scene()

FACTS = {
    "ground": "serious_mistake", "responsibility": "leader", "finding": "未按评估意见设置消防通道，造成损失。",
    "result": "sanctioned", "result_words": "记过", "decided_by": "云溪县监察委员会", "decision_number": "",
}  # fmt: skip


def body(response) -> str:
    return response.content.decode()


def acts_of(scene, **conditions):
    return list(SealedAct.objects.filter(file_id=scene.journey.document.pk, **conditions).order_by("acted_on", "pk"))


def chain_url(scene) -> str:
    return reverse("accountability:file", args=[scene.journey.document.public_id])


def held(scene, **changes):
    """The county holds the one who dissented to account for what was said."""
    act = next(act for act in acts_of(scene, kind="spoke") if act.dissents)
    with scene.journey.on():
        facts = FACTS | {"decided_on": scene.journey.day} | changes
        return hold_to_account(
            scene.journey.document, by=scene.world["county_supervisor"], act_key=facts.pop("act_key", act.key), **facts
        )


def test_the_step_that_decides_seals_everyone_with_a_hand_in_it(scene):
    kinds = {act.kind for act in acts_of(scene, seal__number=1)}
    assert kinds >= {
        "proposed", "opened", "drafted", "consulted", "argued", "assessed", "reviewed", "spoke", "decided", "signed",
    }  # fmt: skip
    assert [one.occasion for one in ChainSeal.objects.filter(file_id=scene.journey.document.pk)] == [
        "作出决策并编号", "公布决策",
    ]  # fmt: skip
    signer = acts_of(scene, kind="signed")[0]
    assert (signer.name, signer.post) == (scene.journey.cast.head.full_name, "龙潭镇镇长")
    dissent = [act for act in acts_of(scene, kind="spoke") if act.dissents]
    assert dissent
    assert all(act.view == "保留意见" and act.words for act in dissent)


def test_nothing_is_sealed_before_the_decision_but_the_chain_can_be_read(scene):
    begun = scene.world.units["qinghe"].case_files.get(kind="decisions")
    assert not begun.chain_seals.exists()
    with scene.journey.on():
        page = body(signed_in(scene, "qh_head").get(reverse("accountability:file", args=[begun.public_id])))
    assert "尚未作出决策" in page
    assert "提出决策建议" in page


def test_later_changes_to_posts_and_accounts_alter_nothing(scene):
    journey, head = scene.journey, scene.journey.cast.head
    before = [(act.name, act.post, act.unit) for act in acts_of(scene)]
    PostHolding.objects.filter(person=head).update(held_until=journey.day - timedelta(days=900))
    Person.objects.filter(pk=head.pk).update(full_name="改名", is_active=False)
    assert [(act.name, act.post, act.unit) for act in acts_of(scene)] == before
    seals = ChainSeal.objects.filter(file_id=journey.document.pk).prefetch_related("acts").order_by("number")
    assert broken_seals(seals, journey.document.number) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accountability_sealedact SET post = '无'", "DELETE FROM accountability_sealedact",
        "UPDATE accountability_chainseal SET digest = ''", "TRUNCATE accountability_sealedact CASCADE",
        "INSERT INTO accountability_sealedact (seal_id, file_id, organisation_id, \"order\", key, kind, acted_on,"
        " label, name, post, unit, view, words, dissents, record, page) SELECT seal_id, file_id, organisation_id, 999,"
        " 'x', kind, acted_on, label, name, post, unit, view, words, dissents, record, page"
        " FROM accountability_sealedact"
        " LIMIT 1",
    ],
)  # fmt: skip
def test_the_database_lets_nobody_change_or_add_to_what_was_sealed(scene, as_owner, statement):
    with as_owner(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_forged_line_breaks_the_seal(scene):
    seals = list(ChainSeal.objects.filter(file_id=scene.journey.document.pk).prefetch_related("acts"))
    assert broken_seals(seals, scene.journey.document.number) == []
    next(iter(seals[0].acts.all())).post = "别的职务"
    assert broken_seals(seals, scene.journey.document.number) == [seals[0]]


def test_the_page_shows_each_act_with_the_record_behind_it_and_the_reader_is_on_record(scene):
    with scene.journey.on():
        page = body(signed_in(scene, "lt_head").get(chain_url(scene)))
    for words in ("已封存，核对一致", "集体讨论的基础上作出决定", "保留意见", "专家论证", "龙潭镇镇长"):
        assert words in page
    assert reverse("legal_review:staff-review", args=[scene.journey.document.public_id]) in page
    assert "登记责任追究" not in page
    entry = AuditEntry.objects.filter(verb="accountability.read").latest("pk")
    assert (entry.file_id, entry.person) == (scene.journey.document.pk, scene.journey.cast.head)


@pytest.mark.parametrize(
    ("username", "status"),
    [("lt_head", 200), ("county_supervisor", 200), ("qh_head", 404), ("lt_clerk", 403), ("county_reviewer", 403)],
)
def test_a_town_looks_back_on_itself_and_the_county_on_all(scene, username, status):
    with scene.journey.on():
        assert signed_in(scene, username).get(chain_url(scene)).status_code == status


def test_a_person_is_followed_through_decisions_years_and_posts(scene):
    head = scene.journey.cast.head
    address = f"{reverse('accountability:person')}?person={head.pk}"
    with scene.journey.on():
        client = signed_in(scene, "county_supervisor")
        page = body(client.get(address))
        assert "任职经历" in page
        assert scene.journey.document.title in page
        assert "作出决策并编号" in page
        assert head.full_name in body(client.get(reverse("accountability:people"), {"q": head.full_name}))
        assert body(client.get(reverse("accountability:person"), {"name": "梁志远"})).count("专家论证")
        assert signed_in(scene, "qh_head").get(address).status_code == 404
        assert client.get(reverse("accountability:person")).status_code == 404
        sheet = client.get(f"{reverse('accountability:person-export')}?person={head.pk}")
    rows = list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].values)
    assert rows[0][2] == "姓名或者单位"
    assert {row[2] for row in rows[1:]} == {head.full_name}


def test_the_chain_is_taken_away_as_a_sheet(scene):
    with scene.journey.on():
        address = reverse("accountability:file-export", args=[scene.journey.document.public_id])
        sheet = signed_in(scene, "county_supervisor").get(address)
    rows = list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].values)
    assert len(rows) == len(acts_of(scene)) + 1
    assert {row[-1] for row in rows[1:]} == {"第 1 次封存", "第 2 次封存"}


def test_the_county_holds_somebody_to_account_for_an_act(scene):
    case = held(scene)
    assert case.number == "责任追究〔2026〕1号"
    assert case.had_dissented
    assert AuditEntry.objects.filter(verb="accountability.held", file_id=case.file_id).exists()
    with scene.journey.on():
        page = body(signed_in(scene, "lt_head").get(reverse("accountability:case", args=[case.public_id])))
    assert "曾表示不同意见" in page
    assert "记过" in page


def test_a_town_holds_nobody_to_account(scene):
    act = acts_of(scene, kind="signed")[0]
    new = reverse("accountability:new-case", args=[scene.journey.document.public_id])
    with scene.journey.on():
        assert signed_in(scene, "lt_head").get(new).status_code == 403
        with pytest.raises(NotAuthorised):
            hold_to_account(
                scene.journey.document, by=scene.journey.cast.head, act_key=act.key, decided_on=scene.journey.day,
                **FACTS,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"act_key": "nothing"}, "没有所选的行为"),
        ({"ground": "expert"}, "第四十一条"),
        ({"responsibility": "expert"}, "第四十一条"),
        ({"days": 30}, "不能晚于今天"),
        ({"days": -90}, "不能早于行为"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(scene, changes, words):
    days = changes.pop("days", 0)
    with pytest.raises(CaseRefused, match=words):
        held(scene, **changes, decided_on=scene.journey.day + timedelta(days=days))
    assert not AccountabilityCase.objects.exists()


def test_the_form_keeps_what_was_typed_and_leads_to_the_case(scene):
    act = acts_of(scene, kind="signed")[0]
    new = reverse("accountability:new-case", args=[scene.journey.document.public_id])
    with scene.journey.on():
        county = signed_in(scene, "county_supervisor")
        assert f'value="{act.key}" selected' in body(county.get(new, {"act": act.key}))
        facts = FACTS | {"act": act.key, "decided_on": scene.journey.day.isoformat()}
        refused = county.post(new, facts | {"result_words": ""})
        assert refused.status_code == 422
        assert "请写明种类或者理由" in body(refused)
        assert "未按评估意见设置消防通道" in body(refused)
        answer = county.post(new, facts)
        case = AccountabilityCase.objects.get()
        assert answer.url == reverse("accountability:case", args=[case.public_id])
        assert case.number in body(county.get(reverse("inside:register", args=["accountability_cases"])))


def test_a_record_is_put_right_by_a_new_one_and_only_once(scene):
    case = held(scene)
    facts = FACTS | {"decided_on": scene.journey.day, "result": "mitigated", "result_words": "讨论时表示不同意见"}
    with scene.journey.on():
        county = scene.world["county_supervisor"]
        new = correct(case, by=county, reason="认定有误", **facts)
        with pytest.raises(CaseRefused, match="已经更正"):
            correct(case, by=county, reason="再次更正", **facts)
        page = body(signed_in(scene, "county_supervisor").get(reverse("accountability:case", args=[case.public_id])))
    assert new.number in page
    assert AccountabilityCase.objects.get(pk=case.pk).result == "sanctioned"


def test_the_lists_ask_as_often_for_many_files_as_for_one(scene, django_assert_max_num_queries):
    with scene.journey.on():
        county = signed_in(scene, "county_supervisor")
        county.get(reverse("accountability:files"))
        with django_assert_max_num_queries(14):
            page = body(county.get(reverse("accountability:files")))
        with django_assert_max_num_queries(35):
            county.get(chain_url(scene))
    assert scene.journey.document.title in page
    assert "未作出决策" in page


def test_what_is_known_has_the_post_of_its_day(scene):
    chain = chain_of(scene.journey.document)
    assert all(act.post for act in chain if act.person is not None)
    assert len({act.key for act in chain}) == len(chain)
