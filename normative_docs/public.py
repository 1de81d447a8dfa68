"""What of a normative document is public once it is published (政府信息公开条例 第二十条第一项).

Drafting notes, reviews, minutes and contacts are not named here, so nothing shows them.
"""

from normative_docs import time_limits
from normative_docs.gates import FINAL_TEXT
from portal.interpretations.public import show_on
from portal.publishing.faces import Obligation, PublicFace, Validity, register

PUBLIC = register(
    PublicFace(
        kind="normative_docs",
        column="政策文件",
        title=lambda document: document.title,
        number=lambda document: document.document_number,
        text=lambda document: document.draft_text,
        organisation=lambda document: document.issuing_authority,
        published_on=lambda document: document.published_on,
        fields=(
            ("发文机关", lambda document: document.issuing_authority.name),
            ("文号", lambda document: document.document_number),
            ("主题分类", lambda document: document.topic),
            ("登记编号", lambda document: document.registration_number),
            ("成文日期", lambda document: document.issued_on),
            ("施行日期", lambda document: document.effective_on),
            ("有效期至", lambda document: document.valid_until),
        ),
        papers=(FINAL_TEXT.code,),
        validity=lambda document: Validity(document.effective_on, document.valid_until, document.repealed_on),
        obligation=Obligation(
            after=("sign", "register_existing"),
            limit=time_limits.PUBLISH,
            basis="政府信息公开条例 第二十条、第二十六条",
        ),
    )
)

# The interpretations stand beside the document.
INTERPRETATIONS = show_on(PUBLIC.kind)
