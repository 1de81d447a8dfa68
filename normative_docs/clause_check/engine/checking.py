"""The whole check: structure, issuer, rules sentence by sentence, then the text as a whole."""

from dataclasses import asdict, dataclass
from datetime import date

from normative_docs.clause_check.engine import whole_text
from normative_docs.clause_check.engine.issuers import Level, level_of
from normative_docs.clause_check.engine.rules import rules
from normative_docs.clause_check.engine.sentences import is_forbidden_list, match_of, sentences
from normative_docs.clause_check.engine.structure import WHOLE, Clause, clauses_of
from normative_docs.importing.metadata import read_metadata_from_text

DISGUISED = "permit.disguised"


@dataclass(frozen=True)
class Hint:
    """One place where a reviewer should stop.

    ``at`` is the printed path (第十二条第二款, 三（三）2, 全文), ``text`` the words, ``kind`` what they may be,
    ``basis`` the rule that they may offend, ``why`` one Chinese sentence. Never a verdict.
    """

    at: str
    text: str
    kind: str
    basis: str
    why: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def check_text(
    text: str,
    *,
    on: date | None = None,
    level: Level | None = None,
    repealed: whole_text.RepealedLookup | None = None,
) -> list[Hint]:
    """The hints on a text, in reading order, those on the whole text first.

    :param text: one paragraph a line.
    :param on: the day for which validity and cited grounds are looked at; without it the day printed on the text.
    :param level: who issues, where that is known; else it is read from the text (a township by default).
    :param repealed: asked with the number or title of each cited document that is not a known law.
    """
    facts = read_metadata_from_text(text)
    whole = whole_text.Whole(text, clauses_of(text), facts, level or level_of(text, facts))
    found = [*whole_text.carrier(whole), *whole_text.validity(whole, on)]
    disguised: list[Clause] = []
    if whole.level.is_local:
        for clause in whole.clauses:
            hints = list(_of_clause(clause))
            if any(code == DISGUISED for code, _ in hints):
                disguised.append(clause)
            found += [hint for _, hint in hints]
    found += whole_text.contradictions(whole, disguised)
    found += whole_text.repealed_grounds(whole, on, repealed)
    order = {clause.at: place for place, clause in reversed(list(enumerate(whole.clauses)))}
    order[WHOLE] = -1
    hints = dict.fromkeys(Hint(*row) for row in found)
    return sorted(hints, key=lambda hint: order.get(hint.at, 0))


def _of_clause(clause: Clause):
    """(rule code, hint) of one clause: at most one hint of a kind for each sentence."""
    if is_forbidden_list(clause.lead):
        return
    for sentence in sentences(clause.text, clause.lead):
        seen: set[str] = set()
        for rule in rules():
            if rule.kind not in seen and match_of(rule, sentence) is not None:
                seen.add(rule.kind)
                yield rule.code, (clause.at, sentence.printed.strip(), rule.kind, rule.basis, rule.why)
