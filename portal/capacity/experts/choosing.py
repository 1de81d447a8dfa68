"""Who may be asked for an expert opinion, and what ties a person to the matter (国令713 第二十条、第二十一条).

Both only read. Whom to ask, and what to do about a tie, the procedure that asks decides and records.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portal.capacity.experts.models import Expert, ExpertQuerySet
from portal.capacity.keeping import keeper_of
from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation

SHORTEST_NAME = 4
"""Characters of a name that is looked for within other words; shorter ones (水务所) would be found everywhere."""

_NOISE = re.compile(r"[\s·、，。；：:;,.（）()《》“”\"'-]+")


def suitable(organisation: Organisation, fields: Iterable[str], on: date) -> ExpertQuerySet:
    """Experts in force on that day whom the organisation may ask: of its own pool and of the county's.

    :param fields: codes of ``vocabulary.Field``; an expert of any of them fits. Without a field nobody is left out.
    :returns: a queryset in a fixed order (the own pool first), so that a draw from it can be repeated.
    """
    wanted = list(fields)
    own, county = keeper_of(organisation), organisation.county()
    found = Expert.objects.in_force(on).filter(Q(owner=own) | Q(owner=county))
    if wanted:
        found = found.filter(expertise__overlap=wanted)
    return found.select_related("owner").order_by("-owner__path", "id")


@dataclass(frozen=True)
class Conflict:
    """One thing that ties an expert to a file.

    ``code`` is ``employer``, ``interest`` or ``subject``; ``name`` is the unit in question, ``text`` the reason in
    Chinese, for the record of how the experts were chosen.
    """

    code: str
    name: str
    text: str


def conflicts(expert: Expert, file: CaseFile, parties: Iterable[str] = ()) -> list[Conflict]:
    """Every known tie between one expert and a file, as :func:`conflicts_of` finds them."""
    return conflicts_of([expert], file, parties)[0][1]


def conflicts_of(
    experts: Iterable[Expert], file: CaseFile, parties: Iterable[str] = ()
) -> list[tuple[Expert, list[Conflict]]]:
    """Every known tie between experts and a file; an empty list means that none is known, not that there is none.

    The employer is compared with the handling unit, the deciding organisation and the parties; each line of the
    known interests is searched for their names, and the title of the file for the employer and each interest. A
    tie never shuts anybody out by itself: it is shown and answered by whoever chooses (防范利益关联, S4-13.1).

    :param parties: names of those whom the matter concerns, where the file's own room knows them.
    """
    units = [*_units_of(file), *(("当事人", party, [party]) for party in parties)]
    return [(expert, _conflicts(expert, file, units)) for expert in experts]


def _conflicts(expert: Expert, file: CaseFile, units: list[tuple[str, str, list[str]]]) -> list[Conflict]:
    found: dict[tuple[str, str], Conflict] = {}

    def tie(code: str, name: str, text: str) -> None:
        found.setdefault((code, name), Conflict(code, name, text))

    for role, name, spellings in units:
        if any(_same(expert.employer, spelling) for spelling in spellings):
            tie("employer", name, f"工作单位是{role}{name}")
        for line in expert.interest_lines:
            if any(_names(line, spelling) for spelling in spellings):
                tie("interest", name, f"已知利益关联“{line}”涉及{role}{name}")
    for name in (expert.employer, *expert.interest_lines):
        if _names(file.title, name):
            tie("subject", name, f"事项名称涉及{name}")
    return list(found.values())


def _units_of(file: CaseFile) -> list[tuple[str, str, list[str]]]:
    """(role, full name, every spelling) of the units that handle and decide the file."""
    units = [("决策机关", file.organisation)]
    if file.handling_unit_id and file.handling_unit_id != file.organisation_id:
        units.insert(0, ("承办单位", file.handling_unit))
    return [(role, unit.name, [unit.name, *unit.aliases.values_list("name", flat=True)]) for role, unit in units]


def _bare(text: str) -> str:
    """A name without blanks, marks and differences of width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _same(one: str, other: str) -> bool:
    """云溪县龙潭镇人民政府 and 龙潭镇人民政府 are one body: a longer name only adds the superior in front."""
    one, other = _bare(one), _bare(other)
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= SHORTEST_NAME and longer.endswith(shorter))


def _names(text: str, name: str) -> bool:
    """Whether the words name this unit."""
    name = _bare(name)
    return len(name) >= SHORTEST_NAME and name in _bare(text)
