"""A counter at which things are handed in: a town, and a kind of receipt that tells little."""

import uuid
from contextlib import contextmanager

from django.db import transaction

from portal.organisations.models import Organisation
from portal.receipts import registry
from portal.receipts.issue import issue_receipt
from portal.receipts.registry import StatusView, Step, receipt_kind

KIND = "opinion_in_a_test"


@contextmanager
def declared_kind():
    """Declare the kind for the time of a test."""

    def describe(receipt):
        return StatusView(
            title="对某办法的意见",
            steps=(Step("收到", "done"), Step("研究", "now"), Step("公布采纳情况", "todo")),
            facts=(("意见", "建议增加过渡期"),),
            message="正在研究。",
        )

    receipt_kind(KIND, "公众意见", mark="来件", describe=describe)
    yield
    registry.forget(KIND)


def county():
    made, _ = Organisation.objects.get_or_create(
        code="yunxi",
        defaults={
            "name": "云溪县人民政府",
            "short_name": "云溪县",
            "level": "county",
            "kind": "county_government",
            "region": "yunxi",
        },
    )
    return made


def town(code="longtan", short_name="龙潭镇"):
    made, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": f"{short_name}人民政府",
            "short_name": short_name,
            "level": "township",
            "kind": "town_government",
            "region": "yunxi",
            "parent": county(),
        },
    )
    return made


def hand_in(organisation=None, kind=KIND, **options):
    """Hand something in; return the receipt and the code."""
    with transaction.atomic():
        return issue_receipt(kind, uuid.uuid4(), organisation or town(), **options)
