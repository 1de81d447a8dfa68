"""The engine: text in, hints out. No database, no settings, the same answer to the same text every time."""

from normative_docs.clause_check.engine.checking import Hint, check_text
from normative_docs.clause_check.engine.issuers import Level
from normative_docs.clause_check.engine.structure import WHOLE, Clause, clauses_of

__all__ = ["WHOLE", "Clause", "Hint", "Level", "check_text", "clauses_of"]
