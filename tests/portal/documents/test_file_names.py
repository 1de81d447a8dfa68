"""Names of uploaded files are made safe before anything else looks at them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.names import MAX_BYTES, extension_of, safe_name


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("关于防汛工作的通知.docx", "关于防汛工作的通知.docx"),
        ("龙政发〔2026〕5号《办法》（送审稿）.pdf", "龙政发〔2026〕5号《办法》（送审稿）.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\Users\\张三\\桌面\\说明.docx", "说明.docx"),
        ("/abs/路径/a.pdf", "a.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("甲\u202efdp.exe", "甲fdp.exe"),
        ("零\u200b宽\ufeff.txt", "零宽.txt"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("com1.tar.pdf", "_com1.tar.pdf"),
        ("控制.pdf", "控制.pdf"),
        ('引"号;分号.pdf', "引_号;分号.pdf"),
        ("a<b>|c?*.txt", "a_b__c__.txt"),
        (".htaccess", "htaccess"),
        ("尾点.pdf...", "尾点.pdf"),
        ("  空 \u3000 格 .pdf ", "空 格.pdf"),
        (".pdf", "pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("\u202e\u202e.pdf", "pdf"),
        ("合影😀.png", "合影😀.png"),
        ("孤\ud800立.txt", "孤立.txt"),
    ],
)
def test_a_name_is_made_safe(raw, safe):
    assert safe_name(raw) == safe


def test_a_long_chinese_name_is_cut_to_255_bytes_and_keeps_its_extension():
    name = safe_name("龙" * 300 + ".docx")
    assert len(name.encode()) <= MAX_BYTES
    assert name.endswith("龙.docx")
    assert len(name.encode()) > MAX_BYTES - 3


def test_one_name_in_two_spellings_becomes_one():
    assert safe_name(unicodedata.normalize("NFD", "résumé.pdf")) == "résumé.pdf"


@given(st.text(max_size=400))
def test_whatever_comes_in_the_name_is_usable_and_stays_the_same_the_second_time(raw):
    name = safe_name(raw)
    assert name
    assert len(name.encode()) <= MAX_BYTES
    assert not set('/\\\0<>:"|?*') & set(name)
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name)
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("无扩展名", ""), ("a.", ""), ("a.文档", ""), ("a.b c", "")],
)
def test_the_extension_is_the_last_one_in_latin_letters(name, extension):
    assert extension_of(name) == extension
