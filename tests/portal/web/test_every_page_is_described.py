"""docs/pages.toml and the URL resolver say the same."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern

from portal.web.docs.addresses import Address, addresses
from portal.web.docs.pages import Declared, PageRow, problems, read, render


def answer(request):
    return HttpResponse()


STAFF = ([path("worklist/", answer, name="worklist"), path("<uuid:public_id>/", answer, name="file")], "staff")
TWO_DOORS = URLResolver(RegexPattern(r"^/"), [path("", answer, name="home"), path("staff/", include(STAFF))])

HOME = PageRow("home", "首页", "检索和最新文件", ("public",))
WORKLIST = PageRow("staff:worklist", "工作台", "待办、已办、预警", ("casefiles.see",))
WHOLE_STAFF = PageRow("staff", "乡镇", "乡镇的全部页面", ("casefiles.see",))


def declared(*rows, namespaces=()):
    return Declared({row.name: row for row in rows}, {row.name: row for row in namespaces})


def test_every_address_of_the_portal_has_a_row_and_every_row_an_address():
    assert problems(read(Path(settings.BASE_DIR)), addresses()) == []


def test_addresses_carry_names_with_namespaces_and_whole_routes():
    assert addresses(TWO_DOORS) == [
        Address("home", "/"),
        Address("staff:worklist", "/staff/worklist/"),
        Address("staff:file", "/staff/<uuid:public_id>/"),
    ]


def test_an_address_without_a_row_is_named_with_the_line_to_add():
    found = problems(declared(HOME, WORKLIST), addresses(TWO_DOORS))
    assert len(found) == 1
    assert "/staff/<uuid:public_id>/" in found[0]
    assert 'name = "staff:file"' in found[0]


def test_a_namespace_row_covers_all_its_addresses():
    assert problems(declared(HOME, namespaces=(WHOLE_STAFF,)), addresses(TWO_DOORS)) == []


def test_a_row_without_an_address_is_refused():
    gone = PageRow("staff:gone", "旧页", "曾经有过", ("public",))
    assert problems(declared(HOME, gone, namespaces=(WHOLE_STAFF,)), addresses(TWO_DOORS)) == [
        "staff:gone: no such address"
    ]


def test_a_role_rule_must_be_an_authority_or_a_known_word():
    odd = PageRow("home", "首页", "检索", ("chief.wizard",))
    found = problems(declared(odd, namespaces=(WHOLE_STAFF,)), addresses(TWO_DOORS))
    assert found == ["home: no authority or rule 'chief.wizard'"]


def test_the_table_names_the_roles_that_may_open_a_page():
    text = render(declared(HOME, WORKLIST, namespaces=(WHOLE_STAFF,)), addresses(TWO_DOORS))
    assert "公众，不需登录" in text
    row = next(line for line in text.splitlines() if "`staff:worklist`" in line)
    assert "经办人" in row
    assert "备案审查员" in row
    assert "系统管理员" not in row
    assert "`staff:*`" in text
