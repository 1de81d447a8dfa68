"""A document lapses while people look at it: in the browser, with the clock moved over midnight."""

from datetime import date

from tests.normative_docs.in_force.stories import address, existing

LAST = date(2026, 7, 20)
REGISTER = "/staff/registers/normative_docs/"


def rows_of(register) -> str:
    return register.page.locator("main tbody").inner_text()


def test_at_midnight_the_document_lapses_before_everyone(desk, clock, world):
    document = existing(world, until=LAST)
    citizen, clerk = desk(), desk()
    clock.go_to(LAST, hour=23)
    citizen.open(address(document)).shows("有效", "第三条")
    assert "已失效" not in citizen.text
    assert "有效" in rows_of(clerk.sign_in("lt_clerk").open(REGISTER))

    clock.go_to(date(2026, 7, 21), hour=0)
    citizen.open(address(document)).shows("【已失效】集贸市场管理办法", "第三条")
    citizen.open("/docs/").shows("【已失效】集贸市场管理办法")
    assert "失效" in rows_of(clerk.sign_in("lt_clerk").open(REGISTER))
