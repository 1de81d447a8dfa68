"""The pages of a catalogue: items with errors beside their fields, adjustments, the account, the public part."""

from datetime import date

import pytest
from django.urls import reverse

from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from portal.indicators.registry import Scope, indicators
from portal.moment import clock_set_to
from portal.publishing.models import Publication
from portal.publishing.pages import document_url
from tests.decisions.catalogue.scenarios import DECEMBER, START, begin, draft_withdrawal, walked

ITEM = {
    "title": "龙潭镇敬老院扩建方案", "deciding_body": "云溪县龙潭镇人民政府", "matter": "project", "amount": "620.5",
    "people": "", "area": "", "villages": "", "reason": "", "legal_basis": "《老年人权益保障法》第三十九条",
    "stability_kind": "", "step_reason": "", "month_participation": "4", "month_legality_review": "6",
    "month_deliberation": "7", "month_publication": "8",
}  # fmt: skip


def body(response):
    return response.content.decode()


@pytest.fixture
def compiling(world):
    journey = begin(world)
    journey.open()
    return journey


def page(journey, name, *more):
    return reverse(f"catalogue:{name}", args=[journey.document.public_id, *more])


def test_a_clerk_opens_the_catalogue_of_a_year_and_sees_when_it_is_due(world, as_person):
    with clock_set_to(START):
        clerk = as_person("lt_clerk")
        assert "2026-03-31" in body(clerk.get(reverse("catalogue:overview")))
        answer = clerk.post(reverse("catalogue:new"), {"year": "2026"})
        assert answer.status_code == 302
        again = clerk.post(reverse("catalogue:new"), {"year": "2026"})
    assert (again.status_code, "已经立卷" in body(again)) == (409, True)
    assert DecisionCatalogue.objects.get().year == 2026


def test_an_item_goes_on_the_list_with_the_standards_it_meets(compiling, as_person):
    unit = compiling.cast.clerk.organisation.pk
    with compiling.on():
        clerk = as_person("lt_clerk")
        assert "达到 500 万元的，属于重大行政决策" in body(clerk.get(page(compiling, "new-item")))
        answer = clerk.post(page(compiling, "new-item"), ITEM | {"handling_unit": unit}, follow=True)
    assert "涉及金额 620.5 万元（标准 500 万元，达到）" in body(answer)
    item = CatalogueItem.objects.get(number=2)
    assert item.months == {"participation": 4, "legality_review": 6, "deliberation": 7, "publication": 8}
    assert item.steps_words == "公众参与、合法性审查、集体讨论决定、公布"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"month_legality_review": ""}, "合法性审查必须安排"),
        ({"is_professional": "on"}, "专业性、技术性较强的，应当安排专家论证"),
        ({"month_deliberation": "5"}, "不能早于前一环节的月份"),
        ({"month_participation": "9"}, "应当在合法性审查之前完成"),
        ({"amount": "20"}, "没有达到量化标准的，请说明为什么属于重大行政决策"),
        ({"title": ""}, "请填写决策事项名称"),
    ],
    ids=["always", "by facts", "order", "before review", "standard", "title"],
)
def test_errors_of_an_item_stand_beside_its_fields_and_nothing_typed_is_lost(compiling, as_person, typed, words):
    typed = ITEM | {"handling_unit": compiling.cast.clerk.organisation.pk} | typed
    with compiling.on():
        answer = as_person("lt_clerk").post(page(compiling, "new-item"), typed)
    assert answer.status_code == 422
    assert words in body(answer)
    assert "《老年人权益保障法》" in body(answer)
    assert compiling.document.items.count() == 1


def test_items_are_removed_while_compiled_and_afterwards_only_adjusted(compiling, as_person):
    with compiling.on():
        clerk = as_person("lt_clerk")
        case = body(clerk.get(reverse("inside:case", args=[compiling.document.public_id])))
        assert page(compiling, "remove-item", 1) in case
        assert page(compiling, "adjust-item", 1) not in case
        assert clerk.get(page(compiling, "item", 9)).status_code == 404
        clerk.post(page(compiling, "remove-item", 1))
    assert not compiling.document.items.exists()


def test_an_adjustment_is_drafted_on_its_page_and_published_as_a_step(world, as_person):
    journey = walked(world, "publish")
    with journey.on():
        answer = as_person("lt_clerk").post(
            page(journey, "withdraw-item", 1), {"adjustment_reason": "条件不成熟。"}, follow=True
        )
        assert "待公布" in body(answer)
        step = reverse("inside:step", args=[journey.document.public_id, "adjust"])
        assert as_person("lt_head").post(step, {"confirmed": "on"}).status_code in (409, 422)
        consent = {"consented_on": journey.day, "consent": "党委会议纪要〔2026〕5号"}
        as_person("lt_clerk").post(page(journey, "adjustment-consent", 1), consent)
        head = as_person("lt_head")
        assert head.post(step, {"confirmed": "on"}).status_code == 302
        shown = body(head.get(reverse("inside:case", args=[journey.document.public_id])))
    assert journey.document.items.get().is_withdrawn
    assert "党委会议纪要〔2026〕5号" in shown


def test_a_changed_item_keeps_what_was_typed_when_it_is_refused(world, as_person):
    journey = walked(world, "publish")
    item = journey.document.items.get()
    with journey.on():
        clerk = as_person("lt_clerk")
        form = clerk.get(page(journey, "adjust-item", 1)).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        typed = {name: value for name, value in typed.items() if value not in (None, False)}
        refused = clerk.post(page(journey, "adjust-item", 1), typed | {"adjustment_reason": "顺延。"})
        assert (refused.status_code, "没有改动任何内容" in body(refused)) == (409, True)
        typed |= {"adjustment_reason": "工期顺延。", "month_publication": "12"}
        assert clerk.post(page(journey, "adjust-item", 1), typed).status_code == 302
    assert journey.document.adjustments.get().content["months"] == item.months | {"publication": 12}


def test_a_decision_is_tied_to_its_item_or_says_why_not(world, as_person):
    catalogue = walked(world, "publish")
    journey = DecisionJourney(catalogue.cast, texts.square("龙潭镇"), date(2026, 3, 9))
    journey.propose()
    address = page(journey, "entry")
    with journey.on():
        clerk = as_person("lt_clerk")
        shown = clerk.get(address)
        both = clerk.post(address, {"item": catalogue.document.items.get().pk, "reason": "另有理由", "seen": ""})
        assert (both.status_code, "不填理由" in body(both)) == (422, True)
        stale = clerk.post(address, {"reason": "新出现。", "seen": "x"})
        assert (stale.status_code, "已由他人修改" in body(stale)) == (409, True)
        typed = {"reason": "新出现的事项。", "people": "200", "seen": shown.context["seen"]}
        answer = clerk.post(address, typed, follow=True)
    assert "直接影响人数 200 人（标准 1000 人，未达到）" in body(answer)


def test_people_of_other_towns_find_nothing_and_readers_change_nothing(compiling, as_person):
    with compiling.on():
        stranger = as_person("qh_clerk")
        for name in ("new-item", "results"):
            assert stranger.get(page(compiling, name)).status_code == 404
        head = as_person("lt_head")
        assert head.get(page(compiling, "new-item")).status_code == 403
        assert head.post(page(compiling, "remove-item", 1)).status_code == 403


def test_everybody_reads_items_states_adjustments_and_the_account(world, client, as_person):
    journey = walked(world, "file")
    done = DecisionJourney(journey.cast, texts.bus("龙潭镇"), date(2026, 3, 2))
    done.walk("publish", comments=texts.COMMENTS[:1])
    journey.day = DECEMBER
    with journey.on():
        address = document_url(Publication.objects.live().get(file_id=journey.document.pk))
        shown = body(client.get(address))
        assert "已完成" in shown
        assert done.document.document_number in shown
        assert "年终执行情况" not in shown
        clerk = as_person("lt_clerk")
        clerk.post(reverse("inside:step", args=[journey.document.public_id, "begin_results"]), {})
        listed = clerk.get(page(journey, "results"))
        for line in listed.context["lines"]:
            clerk.post(line["url"], {"explanation": "意见较多，顺延。"})
        clerk.post(page(journey, "results"), {"results": "一项如期完成。"})
        hidden = body(client.get(address))
        assert "一项如期完成。" not in hidden
        head = as_person("lt_head")
        step = reverse("inside:step", args=[journey.document.public_id, "publish_results"])
        assert head.post(step, {"confirmed": "on"}).status_code == 302
        shown = body(client.get(address))
        listing = body(client.get(reverse("catalogue:public-list")))
        decision = body(client.get(document_url(Publication.objects.live().get(file_id=done.document.pk))))
    assert "一项如期完成。" in shown
    assert f"{DECEMBER:%Y-%m-%d} 公布" in listing
    assert "列入的目录" in decision
    figure = indicators["decisions.catalogue_items_done"].compute(Scope.of_year(journey.cast.town, 2026))
    assert figure.value == 1


def test_the_items_are_exported_in_the_columns_that_towns_publish(world, as_person):
    journey = walked(world, "publish")
    with journey.on():
        clerk = as_person("lt_clerk")
        export = reverse("inside:register-export", args=["catalogue_items"])
        answer = clerk.get(f"{export}?catalogue={journey.document.number}")
        register = clerk.get(reverse("inside:register", args=["catalogue_items"]))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    heads = [column.label for column in register.context["table"].columns]
    assert heads[:7] == ["序号", "事项名称", "决策主体", "决策承办单位", "法律政策依据", "履行程序要求", "细化完成时间"]


def test_the_county_sees_towns_without_a_catalogue_first(world, as_person):
    walked(world, "file")
    with clock_set_to(date(2026, 4, 9)):
        answer = as_person("county_supervisor").get(reverse("catalogue:county"))
    rows = answer.context["table"].rows
    assert rows[-1].name == "龙潭镇"
    assert rows[0].cells[0].lamp.state == "late"
    assert "没有按期公布目录" in body(answer)


def test_a_draft_of_an_adjustment_is_taken_back(world, as_person):
    journey = walked(world, "publish")
    draft_withdrawal(journey)
    with journey.on():
        clerk = as_person("lt_clerk")
        clerk.post(page(journey, "adjustment-drop", 1))
        assert not journey.document.adjustments.exists()
        assert clerk.post(page(journey, "adjustment-drop", 1)).status_code == 404
