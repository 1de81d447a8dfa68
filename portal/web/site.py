"""Facts of the site that every public page must show, read from the settings of the same names.

Basis: 国办发〔2017〕47号《政府网站发展指引》 (footer marks and meta tags).
"""

from dataclasses import dataclass

from django.conf import settings

# Fact → setting. Those that the law asks for are checked by the production settings; the rest may be absent.
_SETTINGS = {
    "inside_name": "SITE_NAME",
    "id_code": "SITE_IDENTIFIER",  # 网站标识码, 10 digits
    "icp": "SITE_ICP",  # ICP备案号
    "police_record": "SITE_POLICE_RECORD",  # 公安备案号
    "host_body": "SITE_HOST_UNIT",  # 主办单位
    "contact": "SITE_CONTACT",  # 联系方式
    "public_name": "SITE_PUBLIC_NAME",  # when the public site has a name of its own
    "domain": "SITE_DOMAIN",
    "tagline": "SITE_TAGLINE",
    "emblem": "SITE_EMBLEM",  # address of the operator's own mark, instead of the character
    "run_by": "SITE_RUN_BY",  # 承办单位
    "report_url": "SITE_REPORT_URL",  # 我为政府网站找错
    "support": "SITE_SUPPORT",  # 技术支持, shown inside only
    "version": "PORTAL_VERSION",
}


@dataclass(frozen=True)
class SiteFacts:
    """What masthead, footer and meta tags print; an empty fact is left out."""

    inside_name: str
    id_code: str
    icp: str
    police_record: str
    host_body: str
    contact: str
    public_name: str
    domain: str
    tagline: str
    emblem: str
    run_by: str
    report_url: str
    support: str
    version: str
    mark: str = "法"

    @property
    def name(self) -> str:
        """Name of the public site."""
        return self.public_name or self.inside_name


def site_facts() -> SiteFacts:
    return SiteFacts(**{fact: getattr(settings, setting, "") for fact, setting in _SETTINGS.items()})
