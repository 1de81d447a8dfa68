"""Identity and mobile numbers are recognised however people write them, and other numbers are left alone."""

import pytest

from portal.consultation.masking import masked_contact, masked_name, personal_numbers


@pytest.mark.parametrize(
    "text",
    [
        "11010119900307721X",
        "110101 19900307 7219",
        "１１０１０１１９９００３０７７２１９",
        "证号110101-19900307-721x。",
    ],
)
def test_identity_numbers_are_found(text):
    assert personal_numbers(text) == ["身份证件号码"]


@pytest.mark.parametrize(
    "text", ["13800138000", "138-0013-8000", "+8613800138000", "电话138 0013 8000", "１３８００１３８０００"]
)
def test_mobile_numbers_are_found(text):
    assert personal_numbers(text) == ["手机号码"]


@pytest.mark.parametrize("text", ["2026年3月10日", "0000-6128001", "12345678901234567890123", "预算 20000000 元", ""])
def test_other_numbers_are_no_personal_numbers(text):
    assert personal_numbers(text) == []


def test_names_and_contacts_keep_only_their_beginning():
    assert masked_name("赵大海") == "赵**"
    assert masked_contact("13800138000") == "138******00"
    assert masked_contact("zhao@example.cn").startswith("z*")
    assert masked_name("") == masked_contact("") == ""
