"""Numbers that may never be published with an opinion: identity cards and mobile phones.

Basis: 政府信息公开条例 第十五条 (personal privacy); 个人信息保护法 第二十八条.
"""

import re
import unicodedata

# Blanks and hyphens inside a number are how people write it; they hide nothing.
_GAP = r"[\s\-·]?"
_ID_CARD = re.compile(rf"(?<!\d)(?:\d{_GAP}){{17}}[\dXx](?!\d)")
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+?86){_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")


def personal_numbers(text: str) -> list[str]:
    """What kinds of personal number stand in the text, in Chinese; empty when none does."""
    plain = unicodedata.normalize("NFKC", text)
    found = []
    if _ID_CARD.search(plain):
        found.append("身份证件号码")
    if _MOBILE.search(_ID_CARD.sub("", plain)):
        found.append("手机号码")
    return found


def masked_name(name: str) -> str:
    """赵大海 → 赵**; nothing stays nothing."""
    return name[:1] + "*" * (len(name) - 1) if name else ""


def masked_contact(contact: str) -> str:
    """A phone keeps three digits in front and two behind, anything else only its first sign."""
    digits = re.sub(r"[\s\-]", "", contact)
    if digits.isdigit() and len(digits) >= 7:
        return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
    return contact[:1] + "*" * min(len(contact) - 1, 8) if contact else ""
