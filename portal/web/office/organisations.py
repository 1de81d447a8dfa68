"""``/county/organisations/``: units, the posts in them and who held them when, and the names they had."""

from django.db.models import Prefetch
from django.shortcuts import render

from portal.accounts.models import PostHolding
from portal.organisations.models import Organisation, OrganisationKind, Post
from portal.web.inside.access import InsideView
from portal.web.office.rules import own_county


class OrganisationsView(InsideView):
    """The tree, one panel for the county and one for each town."""

    authority = "county.see"

    def get(self, request):
        county = own_county(request.user)
        holdings = PostHolding.objects.select_related("person").order_by("-held_from")
        posts = Post.objects.prefetch_related(Prefetch("holdings", queryset=holdings))
        units = (
            Organisation.objects.within(county)
            .prefetch_related(Prefetch("posts", queryset=posts), "aliases", "members")
            .order_by("path")
        )
        groups: dict[str, dict] = {}
        for unit in units:
            codes = unit.path.rstrip("/").split("/")
            is_town = len(codes) > 1 and unit.level == "township" and unit.kind != OrganisationKind.COLLECTIVE
            if len(codes) == 1 or is_town:
                groups[unit.path] = {"head": unit, "units": []}
            home = "/".join(codes[:2]) + "/"
            groups[home if home in groups else f"{codes[0]}/"]["units"].append({"unit": unit, "depth": len(codes)})
        context = {"title": "机构", "crumbs": [("机构", "")], "groups": list(groups.values())}
        return render(request, "office/organisations.html", context)
