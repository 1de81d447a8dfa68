"""What others are told of a document, inside the transaction that makes it so. The core knows none of them."""

from collections.abc import Callable

# Each is called with (document, by) once a document is published or registered as existing.
published: list[Callable] = []

# Each is asked, with the document, whether what it ends or changes is listed; the gate before publication shows the
# first answer that is not "met".
planned_acts: list[Callable] = []

# Each is called with (document, by) once the text of a draft was saved or went to review.
draft_written: list[Callable] = []

# Each is asked, with the document, whether the hints on its clauses are decided; the gate before the opinion.
clause_hints: list[Callable] = []
