"""Which documents of the portal a text names when it repeals them, by number or by title."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from normative_docs.importing.masking import masked_sentences
from normative_docs.importing.numbers import normalised_number
from normative_docs.importing.repeals import read_repeals
from normative_docs.importing.titles import normalised_title
from normative_docs.models import OF_RECORD, NormativeDocument


@dataclass(frozen=True)
class Proposal:
    """What a repeal clause names, and what in the portal it can be. ``on`` empty: with the document itself."""

    title: str
    number: str
    on: date | None
    found: tuple[NormativeDocument, ...]

    @property
    def name(self) -> str:
        """As people read it: 《标题》（文号）, or the number alone."""
        if not self.title:
            return self.number
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")

    @property
    def is_sure(self) -> bool:
        """Exactly one document fits."""
        return len(self.found) == 1


def published_documents():
    """What an act can touch at all."""
    return NormativeDocument.objects.filter(stage__in=OF_RECORD, published_on__isnull=False).select_related(
        "organisation", "issuing_authority"
    )


def named(title: str = "", number: str = "", *, within=None) -> list[NormativeDocument]:
    """Published documents of that number; where no number is given or known, of that title.

    :param within: only those of this authority and of the authorities below it.
    """
    documents = published_documents()
    if within is not None:
        documents = documents.filter(issuing_authority__path__startswith=within.path)
    wanted = normalised_number(number)
    if wanted:
        spellings = {number.strip(), wanted, wanted.replace("〔", "[").replace("〕", "]")}
        found = [one for one in documents.filter(document_number__in=spellings)]
        if found:
            return found
    if not title:
        return []
    wanted = normalised_title(title)
    alike = documents.filter(Q(title=title) | Q(title__contains=title[:40]))[:20]
    exact = [one for one in alike if normalised_title(one.title) == wanted]
    return exact or [one for one in alike if wanted in normalised_title(one.title)]


def proposals(document) -> list[Proposal]:
    """What the repeal clauses of a draft name, and what the portal holds of it. Partial repeals are not among them."""
    own = {normalised_title(document.title)}
    lines = [masked_sentences(line, own) for line in f"{document.draft_text}\n{document.repeals_text}".splitlines()]
    found: list[Proposal] = []
    for repeal in read_repeals([line for line in lines if line]).repeals:
        day = repeal.moment.resolve(document.issued_on) if repeal.moment is not None else None
        matches = named(repeal.title, repeal.number or "", within=document.issuing_authority)
        matches = [one for one in matches if one.pk != document.pk]
        proposal = Proposal(repeal.title, repeal.number or "", day, tuple(matches))
        if not any(_same(proposal, other) for other in found):
            found.append(proposal)
    return found


def _same(one: Proposal, other: Proposal) -> bool:
    if one.is_sure and other.is_sure:
        return one.found[0].pk == other.found[0].pk
    return (normalised_title(one.title), normalised_number(one.number)) == (
        normalised_title(other.title), normalised_number(other.number),
    )  # fmt: skip


def partial_repeals(document) -> list[str]:
    """Sentences that end a part of another document only: a person enters these."""
    lines = [masked_sentences(line, set()) for line in document.draft_text.splitlines()]
    return read_repeals([line for line in lines if line]).partial
