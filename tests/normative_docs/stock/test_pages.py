"""The pages: upload, preview with errors beside the rows, confirm, register what files gave."""

import pytest
from django.urls import reverse

from normative_docs.models import NormativeDocument
from normative_docs.stock import recording
from normative_docs.stock.models import StockImport
from normative_docs.stock.reading import hand_in
from tests.normative_docs.stock.lists import packet, row, sheet, text, worked_off

pytestmark = pytest.mark.django_db
HOME = "/staff/normative-documents/stock/"


def test_a_clerk_uploads_looks_and_confirms(as_person):
    client = as_person("lt_clerk")
    assert "下载清单模板" in client.get(HOME).content.decode()
    assert client.get(HOME + "template.xlsx").content[:2] == b"PK"
    answer = client.post(HOME, {"upload": sheet(row(1), row(2))})
    one = StockImport.objects.get()
    assert answer.status_code == 302
    assert "进行中" in client.get(answer.url).content.decode() or "等待中" in client.get(answer.url).content.decode()
    worked_off(one)
    assert "登记 2 件" in client.get(answer.url).content.decode()
    assert client.post(answer.url, {"act": "confirm"}).status_code == 302
    worked_off(one)
    assert "已办理" in client.get(answer.url).content.decode()
    assert NormativeDocument.objects.filter(stage="recorded").count() == 2


def test_errors_stand_beside_their_row_and_confirming_is_a_conflict(as_person, world):
    one = worked_off(hand_in(sheet(row(1), row(2, issued_on="某日")), by=world["lt_clerk"], organisation=world.longtan))
    client, url = as_person("lt_clerk"), reverse("stock:import", args=[one.public_id])
    page = client.get(url).content.decode()
    assert "成文日期：请填写正确的日期" in page
    assert "不能登记" in page
    assert 'value="confirm"' not in page
    assert client.post(url, {"act": "confirm"}).status_code == 409
    assert "第2类" not in client.get(url + "?show=new").content.decode()


def test_drafts_are_ticked_and_registered(as_person, world):
    one = worked_off(hand_in(packet({"1.txt": text(1)}), by=world["lt_clerk"], organisation=world.longtan))
    recording.confirm(one, by=world["lt_clerk"])
    worked_off(one)
    client, url = as_person("lt_legal"), reverse("stock:import", args=[one.public_id])
    assert "核对无误，登记所选文件" in client.get(url).content.decode()
    assert client.post(url, {"act": "register"}).status_code == 409
    assert client.post(url, {"act": "register", "pick": [one.lines.get().pk]}).status_code == 302
    worked_off(one)
    assert NormativeDocument.objects.get().stage == "recorded"


def test_what_is_no_list_is_refused_beside_the_field(as_person):
    client = as_person("lt_clerk")
    answer = client.post(HOME, {"upload": packet({"../x.txt": "x"})})
    assert answer.status_code == 422
    assert "不安全的路径" in answer.content.decode()
    assert client.post(HOME, {}).status_code == 422


def test_another_town_sees_nothing_and_the_head_may_not_register(as_person, world):
    one = hand_in(sheet(row(1)), by=world["lt_clerk"], organisation=world.longtan)
    url = reverse("stock:import", args=[one.public_id])
    assert as_person("qh_clerk").get(url).status_code == 404
    assert one.name not in as_person("qh_clerk").get(HOME).content.decode()
    assert as_person("lt_head").get(url).status_code == 403


def test_an_import_can_be_put_aside(as_person, world):
    one = worked_off(hand_in(sheet(row(1)), by=world["lt_clerk"], organisation=world.longtan))
    url = reverse("stock:import", args=[one.public_id])
    assert as_person("lt_clerk").post(url, {"act": "drop"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "dropped"
    assert as_person("lt_clerk").post(url, {"act": "confirm"}).status_code == 409


def test_queries_do_not_grow_with_the_rows(as_person, world, django_assert_max_num_queries):
    few = worked_off(hand_in(sheet(row(1)), by=world["lt_clerk"], organisation=world.longtan))
    many = worked_off(hand_in(sheet(*(row(n) for n in range(2, 30))), by=world["lt_clerk"], organisation=world.longtan))
    client = as_person("lt_clerk")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for one in (few, few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("stock:import", args=[one.public_id]))
        counts.append(len(queries))
    assert counts[2] <= counts[1]
