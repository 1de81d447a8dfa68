"""The confirmation page shows number, code and square, once."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal.receipts.confirmation import confirmation
from tests.portal.receipts.counter import hand_in

pytestmark = pytest.mark.django_db


def test_the_component_prints_number_code_and_what_comes_next():
    receipt, code = hand_in()
    shown = confirmation(
        receipt,
        code,
        request=RequestFactory().get("/"),
        facts=[("意见", "建议增加过渡期")],
        nexts=[("研究", "逐条研究后公布采纳情况。")],
    )
    html = render_to_string("components/receipt.html", {"receipt": shown})
    assert receipt.number in html
    assert f"{code[:4]} {code[4:]}" in html
    assert "逐条研究后公布采纳情况" in html
    assert "<path" in html


def test_the_square_does_not_hold_the_code():
    receipt, code = hand_in()
    shown = confirmation(receipt, code, request=RequestFactory().get("/"))
    assert code not in shown["qr_url"]
    assert shown["qr_url"].startswith("http://testserver/status/?number=")
