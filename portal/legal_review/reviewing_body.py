"""Who reviews: the town's own legal office, else the body that the county names (国办发〔2018〕115号 四)."""

from portal.moment import today
from portal.organisations import policy
from portal.organisations.models import Organisation, OrganisationKind

BODY_FOR_TOWNS = policy.declare(
    policy.PolicyKey(
        "legal_review.body_for_towns_without",
        "没有法制机构的乡镇，由哪一机构审核（机构代码）",
        "name",
        "",
        "国办发〔2018〕115号 四",
    )
)


def reviewing_body_for(organisation: Organisation) -> Organisation:
    """The body that reviews this organisation's drafts today."""
    town = organisation.town() or organisation
    own = Organisation.objects.within(town).filter(kind=OrganisationKind.LEGAL_OFFICE, valid_until__isnull=True).first()
    if own is not None:
        return own
    county = organisation.county()
    named = policy.value(BODY_FOR_TOWNS.code, organisation, today())
    if named:
        return Organisation.objects.get(code=named)
    return Organisation.objects.within(county).filter(kind=OrganisationKind.JUSTICE_BUREAU).first() or county


def review_authority(file) -> str:
    """Which authority reviews this file: the town's own legal office, or the body that the county names."""
    return "legal_review.review_for_towns" if file.reviewed_by_county else "legal_review.review"
