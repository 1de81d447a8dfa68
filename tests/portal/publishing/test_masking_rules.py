"""What the rules find in a text, what stands in its place, and what they leave alone."""

import pytest

from portal.publishing import redaction
from portal.publishing.redaction import Mark, Masking, apply, merged, occurrences, propose, whole


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("身份证号11010119900307721X。", "身份证号1101************1X。", "id_number"),
        ("身份证号 110101 19900307 721X", "身份证号 1101************1X", "id_number"),
        ("证号１１０１０１１９９００３０７７２１Ｘ", "证号1101************1X", "id_number"),
        ("旧证110101900307721", "旧证1101*********21", "id_number"),
        ("电话13800138000，", "电话138****8000，", "phone"),
        ("电话138-0013-8000，", "电话138****8000，", "phone"),
        ("电话138\u200b0013\u200b8000", "电话138****8000", "phone"),
        ("电话+8613800138000", "电话+86138****8000", "phone"),
        ("家庭电话：0000-6123456", "家庭电话：（已隐去）", "phone"),
        ("卡号 6222021234567890128", "卡号 （已隐去）", "bank_account"),
        ("账号：40002012345678", "账号：（已隐去）", "bank_account"),
        ("邮箱li.xm@example.com", "邮箱（已隐去）", "email"),
        ("川A·12345号车", "（已隐去）号车", "plate"),
        ("京AD12345", "（已隐去）", "plate"),
        ("家住龙潭镇上坪村三组15号，", "家住龙潭镇上坪村（已隐去），", "address"),
        ("上坪村桥头路15号2单元301室的住户", "上坪村（已隐去）的住户", "address"),
        ("当事人：李晓梅，女", "当事人：李某，女", "person"),
    ],
)
def test_personal_data_in_free_text_is_marked(text, masked, kind):
    marks = propose(text)
    assert apply(text, marks) == masked
    assert {mark.kind for mark in marks} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "龙政规〔2026〕4号，2026年9月5日公布，联系电话0000-6123456",
        "统一社会信用代码91110000600037341L",
        "当事人：龙潭砖厂，住所地龙潭镇工业路",
        "双溪村2号桥改建，各村1号文件，农村一户一宅",
        "公务邮箱 longtan@yunxi.gov.cn",
        "第三十五条第一款第二项，共12345678元",
    ],
)
def test_what_is_public_stays(text):
    assert propose(text) == []


def test_a_number_that_only_looks_like_an_id_is_shown_to_the_reviewer_as_doubtful():
    (mark,) = propose("编号110101199003077219")
    assert mark.kind == "id_number"
    assert "请核对" in mark.why


def test_known_names_are_masked_everywhere_and_told_apart_but_not_inside_a_firm():
    text = "张伟与张敏、欧阳明签约，张伟建材有限公司由张伟经营。"
    masked = apply(text, propose(text, ["张伟", "张敏", "欧阳明"]))
    assert masked.count("张伟") == 1
    assert "张伟建材有限公司" in masked
    assert "欧阳某" in masked
    assert {"张某甲", "张某乙"} <= {masked[start : start + 3] for start in range(len(masked))}


def test_the_longer_of_two_names_is_found_first():
    text = "张伟民、张伟"
    assert apply(text, propose(text, ["张伟", "张伟民"], Masking(name_style="cross"))) == "张××、张×"


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("person", "李晓梅", "李某"),
        ("phone", "13800138000", "138****8000"),
        ("id_number", "11010119900307721X", "1101************1X"),
        ("address", "上坪村三组15号", "（已隐去）"),
        ("person", "龙潭建材有限公司", "龙潭建材有限公司"),
        ("person", "", ""),
    ],
)
def test_a_structured_field_is_masked_as_a_whole(kind, value, masked):
    assert apply(value, whole(kind, value)) == masked


def test_an_unknown_kind_of_field_is_a_mistake_at_once():
    with pytest.raises(KeyError):
        whole("colour", "红")


def test_marks_never_repeat_what_they_hide():
    for mark in propose("电话13800138000，卡号 6222021234567890128", ["张伟"]):
        assert "13800138000" not in mark.replacement + mark.why
        assert "6222021234567890128" not in mark.replacement + mark.why


def test_overlapping_marks_are_joined_and_loose_ones_refused():
    first, second = Mark(0, 4, "person", "甲", "一"), Mark(2, 9, "address", "乙", "二")
    assert merged([second, first]) == [Mark(0, 9, "address", "乙", "二")]
    with pytest.raises(ValueError, match="overlap"):
        apply("0123456789", [first, second])


def test_words_added_by_hand_are_marked_wherever_they_stand():
    marks = occurrences("绰号老六，老六", "老六", "某人", "other", "人工添加")
    assert apply("绰号老六，老六", marks) == "绰号某人，某人"
    assert occurrences("正文", "", "某", "other", "") == []


def test_every_kind_of_mark_has_a_name():
    assert {mark.kind for mark in propose("电话13800138000")} <= set(redaction.KINDS)
