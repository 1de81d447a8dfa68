"""Sentences of a clause as the rules see them: punctuation of one width, titles of documents blanked out."""

import re
from dataclasses import dataclass

from normative_docs.clause_check.engine.rules import Rule, lawful_words

_WIDE = str.maketrans(",;:()!?", "，；：（）！？")
_END = re.compile(r"[。；！？\n]")
_TITLE = re.compile(r"《[^《》]{1,80}(?:[〈<][^〉>]*[〉>][^《》]{0,40})?》")
_PREPOSED = re.compile(
    r"(?:依照|依据|按照|根据|遵照|违反|符合|适用|落实|执行|参照|参考|贯彻|按|依|由|、|和|及|以及|》|等)[^，。；《》]{0,14}$"
)
# What follows a provision that named its basis and only grades it: 情节严重的，处…
_GOES_ON = re.compile(r"[\s\u3000]*(?:情节|拒不|逾期|造成|有(?:前款|上述)|对(?:单位|个人|其)|经营者|给他人|构成)")
# A sentence that binds the authority, or asks whether something was set, sets nothing itself.
_AUTHORITY_MUST_NOT = re.compile(
    r"(?:机关|政府|部门|执法人员|工作人员|委员会|村委会|居委会|机构|任何单位)(?:及其[^，。；]{0,8})?(?:一律)?(?:不得|不能|不准|严禁)|是否"
)
# What stands in long brackets is about something else.
_ASIDE = re.compile(r"（[^（）]{30,}）")
_FORBIDDEN_BEFORE = re.compile(r"(?:不得|严禁|禁止|不准|杜绝|防止|避免)[^，。；]{0,8}$")


@dataclass(frozen=True)
class Sentence:
    """``printed`` is what stands in the text, ``text`` what is matched, of the same length."""

    printed: str
    text: str
    lawful: bool


def sentences(words: str, lead: str = "") -> list[Sentence]:
    """The sentences of a clause; ``lead`` introduces its list and may name the basis for all items."""
    wide = words.translate(_WIDE)
    found, start = [], 0
    introduced = names_basis(lead.translate(_WIDE))
    for end in [m.end() for m in _END.finditer(wide)] + [len(wide)]:
        printed, text = words[start:end], wide[start:end]
        if text.strip("。；！？ \u3000\t\n"):
            carried = bool(found) and found[-1].lawful and bool(_GOES_ON.match(text))
            found.append(Sentence(printed, _blanked(text), introduced or carried or names_basis(text)))
        start = end
    return found


def names_basis(text: str) -> bool:
    """Whether the words name a law or say that things are done by law; a township's own paper is no basis."""
    words = lawful_words()
    text = _ASIDE.sub("", text)
    if words.said.search(_blanked(text)):
        return True
    for title in _TITLE.finditer(text):
        name = title[0].strip("《》")
        if words.instrument.search(name) and not words.own_instrument.search(name):
            is_statute = re.search(r"(?:法|条例|法典)(?:[（(][^）)]*[）)])?$", name)
            if is_statute or _PREPOSED.search(text[: title.start()]):
                return True
    return False


def is_forbidden_list(lead: str) -> bool:
    return bool(lawful_words().forbidden_list.search(lead.translate(_WIDE)))


def match_of(rule: Rule, sentence: Sentence) -> re.Match | None:
    """Where the rule takes hold in the sentence; ``None`` where it is silent."""
    if rule.lawful and sentence.lawful:
        return None
    if rule.unless is not None and rule.unless.search(sentence.text):
        return None
    for pattern in rule.patterns:
        for match in pattern.finditer(sentence.text):
            before = sentence.text[: match.start()]
            negation = rule.negation or _FORBIDDEN_BEFORE
            if not negation.search(before) and not _AUTHORITY_MUST_NOT.search(before):
                return match
    return None


def _blanked(text: str) -> str:
    return _TITLE.sub(lambda m: "《" + "某" * (len(m[0]) - 2) + "》", text)
