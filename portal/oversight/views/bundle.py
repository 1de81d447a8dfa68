"""The whole filing as one packet, for the town and for the county."""

from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.utils.http import content_disposition_header

from portal.audit import verbs
from portal.audit.record import record
from portal.oversight.bundle import write_packet
from portal.oversight.views.staff import KIND
from portal.web.inside.access import FileView

IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a packet that stay in memory; a larger one goes through a file that vanishes with the answer."""


def _room() -> SpooledTemporaryFile:
    """Where a packet is written; whoever sends it closes it."""
    return SpooledTemporaryFile(max_size=IN_MEMORY)


class BundleView(FileView):
    """``/staff/cases/<uuid>/filing/bundle.zip``: every paper, an index, and the digests."""

    kinds = (KIND,)

    def get(self, request, public_id):
        packet = write_packet(self.file, _room())
        record(verbs.EXPORTED, by=request.user, file=self.file, summary="整套报备材料（ZIP）")
        response = FileResponse(packet, content_type="application/zip")
        name = f"{self.file.receipt_number or self.file.number}_{self.file.subject.title[:40]}.zip"
        response["Content-Disposition"] = content_disposition_header(True, name.replace("/", "_"))
        response["X-Content-Type-Options"] = "nosniff"
        return response
