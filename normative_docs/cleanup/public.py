"""What of a clean-up is public: the notice with its four lists (国发〔2010〕33号: 清理结果要向社会公布)."""

from normative_docs.cleanup import time_limits
from normative_docs.cleanup.gates import NOTICE
from normative_docs.cleanup.papers import notice_text
from normative_docs.cleanup.workflow import WORKFLOW
from portal.publishing.faces import Obligation, PublicFace, register

COLUMN = "清理结果"

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column=COLUMN,
        title=lambda campaign: campaign.notice_title,
        number=lambda campaign: campaign.notice_number,
        text=notice_text,
        organisation=lambda campaign: campaign.town,
        published_on=lambda campaign: campaign.published_on,
        fields=(
            ("发文机关", lambda campaign: campaign.town.name),
            ("文号", lambda campaign: campaign.notice_number),
            ("清理类别", lambda campaign: campaign.get_campaign_kind_display()),
            ("清理缘由", lambda campaign: campaign.trigger or campaign.get_trigger_kind_display()),
            ("清理基准日", lambda campaign: campaign.reference_on),
            ("成文日期", lambda campaign: campaign.notice_on),
        ),
        papers=(NOTICE.code,),
        obligation=Obligation(
            after=("sign",), limit=time_limits.PUBLISH, basis="国发〔2010〕33号；政府信息公开条例 第二十条"
        ),
    )
)
