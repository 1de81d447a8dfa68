"""Clause hints, the folder, an interpretation of one document and a list of existing ones, and where each is."""

from normative_docs.clause_check.checking import check
from normative_docs.stock.reading import hand_in
from portal.dossiers.making import ask_for_export
from portal.dossiers.models import DossierExport
from portal.interpretations.writing import start_interpretation
from portal.jobs import queue
from tests.normative_docs.stock import lists
from tests.portal.dossiers.folders import sealed_by_hand

DOUBTFUL = "\n第二十条　违反本办法的，由镇人民政府处五百元罚款。"


def document_addresses(world, document) -> dict[str, dict[str, object]]:
    """The keyword arguments of each address, by URL name or namespace, around a draft of 龙潭镇."""
    clerk = world["lt_clerk"]
    document.draft_text += DOUBTFUL
    document.save(update_fields=["draft_text"])
    hint = check(document, by=clerk).hints.earliest("id")
    queue.run(ask_for_export(document, by=clerk).pk)
    interpretation = start_interpretation(document, by=clerk, title="《停车管理办法》政策解读", text="管什么、怎么管。")
    listed = hand_in(lists.sheet(lists.row(1)), by=clerk, organisation=world.longtan)
    return {
        "clause_check": {"public_id": document.public_id, "number": hint.pk},
        "dossiers": {
            "public_id": document.public_id, "number": DossierExport.objects.get(file_id=document.pk).pk,
        },
        "dossiers:sealed": {
            "public_id": document.public_id, "number": sealed_by_hand(document, clerk).number, "what": "volume",
        },
        "interpretations:new": {"public_id": document.public_id},
        "interpretations:edit": {"public_id": interpretation.public_id},
        "stock": {"public_id": listed.public_id},
    }  # fmt: skip
