"""What a request needs before it goes to the county."""

from portal.county_requests.kinds import request_kind
from portal.documents.slots import PaperSlot, register_slots
from portal.workflow.declare import Binding, Gate, Standing, met, not_started
from portal.workflow.papers_on_file import papers_on_file

BASIS = "云溪县地方规则（地方示例）"
# Beside it lies the letter in the file that was asked about; both sides find it where they look.
LETTER = register_slots(PaperSlot("cr_letter", "县级答复函", BASIS, needed=False, by_system=True))[0]


def _matter(request) -> Standing:
    return met() if request.matter.strip() else not_started("没有写明请示、报审的事项和理由")


MATTER_WRITTEN = Gate(
    code="request_matter_written",
    label="写明请示、报审的事项和理由",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=_matter,
    remedy="county_requests:edit",
)
PAPERS_ON_FILE = Gate(
    code="request_papers_on_file",
    label="所附材料齐备",
    basis=BASIS,
    binding=Binding.LOCAL,
    standing=lambda request: papers_on_file(request, request_kind(request.request_kind).papers),
    remedy="inside:papers",
)
