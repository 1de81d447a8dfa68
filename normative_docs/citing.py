"""Which documents may stand as the basis of another paper: published, and in force that day (S1-10.1b)."""

from datetime import date

from django.db import IntegrityError, transaction

from normative_docs.filters import in_effect
from normative_docs.models import OF_RECORD, CitedBasis, NormativeDocument
from normative_docs.vocabulary import Effect
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import today
from portal.workflow.refusals import NotAuthorised, StepRefused

CITED = verbs.declare("normative_docs.cited", "登记所依据的文件")
UNCITED = verbs.declare("normative_docs.uncited", "撤下所依据的文件")


def citable(organisation, on: date | None = None):
    """Documents that a paper of this organisation may rest on: its own and its superiors', public and in force."""
    codes = organisation.path.rstrip("/").split("/")
    paths = ["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)]
    published = NormativeDocument.objects.filter(
        stage__in=OF_RECORD, published_on__isnull=False, issuing_authority__path__in=paths
    )
    return in_effect(published, Effect.IN_FORCE, on or today())


@transaction.atomic
def cite(document: NormativeDocument, cited: NormativeDocument, *, by, articles: str = "") -> CitedBasis:
    """Name a document as a basis of a draft.

    :raises NotAuthorised: not the drafter. :raises StepRefused: it may not be cited, is cited already, or the draft
        is past the point where its bases can change.
    """
    if not may(by, "normative_docs.draft", document.organisation):
        raise NotAuthorised("您没有修改这件文件的权限。")
    if not document.is_editable:
        raise StepRefused("文件已经送集体讨论，依据不能再改。")
    if not citable(document.organisation).filter(pk=cited.pk).exclude(pk=document.pk).exists():
        raise StepRefused(f"《{cited.title}》不能作为依据：{cited.citing_fault() or '不是本机关或者上级机关的文件'}。")
    try:
        with transaction.atomic():
            basis = CitedBasis.objects.create(
                document=document, cited=cited, articles=articles, added_by=by, added_on=today()
            )
    except IntegrityError as twice:
        raise StepRefused("这件文件已经登记为依据。") from twice
    record(CITED, by=by, file=document, summary=f"依据《{cited.title}》{articles}")
    return basis


@transaction.atomic
def drop_basis(basis: CitedBasis, *, by) -> None:
    """Take a basis out again. :raises NotAuthorised: not the drafter. :raises StepRefused: too late."""
    document = basis.document
    if not may(by, "normative_docs.draft", document.organisation):
        raise NotAuthorised("您没有修改这件文件的权限。")
    if not document.is_editable:
        raise StepRefused("文件已经送集体讨论，依据不能再改。")
    record(UNCITED, by=by, file=document, summary=f"不再依据《{basis.cited.title}》")
    basis.delete()
