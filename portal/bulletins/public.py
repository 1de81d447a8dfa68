"""What the public sees of a bulletin: the approved text with its table, and the PDF."""

from portal.bulletins.composing import compose
from portal.bulletins.models import PDF
from portal.bulletins.workflow import WORKFLOW
from portal.publishing.faces import PublicFace, register

COLUMN = "备案审查情况通报"

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column=COLUMN,
        title=lambda bulletin: bulletin.title,
        number=lambda bulletin: bulletin.document_number,
        text=lambda bulletin: compose(bulletin).plain_text(),
        organisation=lambda bulletin: bulletin.issuing_body,
        fields=(
            ("发文机关", lambda bulletin: bulletin.issuing_body.name),
            ("成文日期", lambda bulletin: bulletin.approved_on),
        ),
        published_on=lambda bulletin: bulletin.published_on,
        papers=(PDF.code,),
        prepared_with="oversight.report",
        reviewed_with="oversight.approve",
    )
)
