"""An interpretation goes out in the moment in which its document does."""

from django.db import transaction

from portal.interpretations.models import Interpretation
from portal.interpretations.workflow import Stage
from portal.publishing.faces import face_of
from portal.publishing.models import Publication
from portal.publishing.standing import copy_reviewed
from portal.workflow.declare import GateState, Standing, in_progress, met, not_started
from portal.workflow.perform import perform
from portal.workflow.refusals import StepRefused


def interpretation_ready(file) -> Standing:
    """What a document asks before it is published: an interpretation that can go out with it."""
    found = list(Interpretation.objects.filter(subject_id=file.pk).select_related("organisation"))
    if not found:
        return not_started("尚未编写政策解读")
    for interpretation in found:
        if interpretation.stage == Stage.PUBLISHED:
            return met("政策解读已经公布")
        if interpretation.stage == Stage.SETTLED and copy_reviewed(interpretation).state == GateState.MET:
            return met(f"{interpretation.title}已定稿，随文公布")
    return in_progress("政策解读尚未定稿")


def publish_together(file, taken) -> None:
    """Follower of every step: once a document is before the public, so is its settled interpretation."""
    face = face_of(file.kind)
    if taken is None or taken.performed_by is None or face is None or face.published_on(file) is None:
        return
    waiting = Interpretation.objects.filter(subject_id=file.pk, stage=Stage.SETTLED).only("pk")
    if not waiting or not Publication.objects.live().filter(file_id=file.pk).exists():
        return
    for interpretation in waiting:
        try:
            with transaction.atomic():
                perform(interpretation, "publish", by=taken.performed_by)
        except StepRefused:
            # Whoever took the step may not publish, or the reviewed copy is stale: it stays on the worklist.
            continue
