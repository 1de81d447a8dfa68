"""A decision's folder: what it lacks is named, it is sealed whole, and a stranger checks it by `sha256sum` alone."""

import io
import json
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest
from django.db import InternalError, transaction
from pypdf import PdfReader

from decisions.demo import texts
from portal.audit.models import AuditEntry
from portal.documents import storage
from portal.dossiers.models import SealedDossier
from portal.dossiers.sealing import DossierIncomplete, ask_for_sealing, is_whole
from tests.decisions.archiving.folders import complete, decided, printed, sealed
from portal.legal_review.papers import OPINION_LETTER

pytestmark = pytest.mark.django_db


def bytes_of(blob) -> bytes:
    with storage.open_blob(blob.digest) as stored:
        return stored.read()


def test_a_whole_folder(world, tmp_path):
    import time
    journey = complete(world, texts.market)
    t = time.time()
    sealed(journey)
    print("SEAL", time.time() - t)
    made = SealedDossier.objects.get()
    open("/tmp/A-volume.pdf", "wb").write(bytes_of(made.volume))
    open("/tmp/A-packet.zip", "wb").write(bytes_of(made.packet))
    for line in made.index: print(line)
    r = PdfReader(io.BytesIO(bytes_of(made.volume)))
    print(len(r.pages), made.pages)
