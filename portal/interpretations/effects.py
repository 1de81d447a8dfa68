"""What the steps of an interpretation do besides moving."""

from portal.moment import today
from portal.publishing.register import publish


def make_public(interpretation, by, data):
    interpretation.published_on = today()
    interpretation.save(update_fields=["published_on"])
    publish(interpretation, by=by)
