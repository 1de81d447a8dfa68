"""Designed pages for what cannot be shown: alike inside and outside, and none asks the database."""

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.portal.web.gallery_urls")

WORDS = {
    400: "请求有误",
    403: "没有权限",
    404: "找不到这个页面",
    410: "这份内容已经撤下",
    429: "操作太频繁",
    500: "系统出错了",
    503: "系统正在维护",
}


# No test here may use the database: pytest-django refuses a query that is not announced.
@pytest.mark.parametrize("status", WORDS)
def test_every_status_has_its_page(status):
    response = Client(raise_request_exception=False).get(f"/refuse/{status}/")
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{WORDS[status]}</h1>" in page
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_town_and_public_see_the_same_but_for_the_way_back():
    client = Client()
    outside, inside = client.get("/refuse/404/"), client.get("/staff/refuse/404/")
    assert 'href="/">返回首页' in outside.content.decode()
    assert 'href="/staff/">返回工作台' in inside.content.decode()


def test_gone_says_what_stood_here_when_it_went_and_why():
    page = Client().get("/refuse/410/").content.decode()
    for words in ("停车管理规定", "2026年9月1日", "文件已经废止。", "查看替代的内容"):
        assert words in page


def test_too_many_says_when_to_come_back():
    response = Client().get("/refuse/429/")
    assert response["Retry-After"] == "900"
    assert "15 分钟后再试" in response.content.decode()


def test_a_stale_form_gets_advice_instead_of_a_bare_refusal(settings):
    settings.CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failure"
    response = Client(enforce_csrf_checks=True).post("/components/public/", {"a": "b"})
    assert response.status_code == 403
    assert "刷新后重新提交" in response.content.decode()
