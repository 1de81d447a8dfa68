"""An interpretation's way: written, settled, out with its document."""

from django.db.models import TextChoices

from portal.interpretations import effects, gates
from portal.interpretations.switches import BASIS
from portal.workflow.declare import PapersOpen, Transition, Workflow


class Stage(TextChoices):
    WRITING = "writing", "编写"
    SETTLED = "settled", "定稿待公布"
    PUBLISHED = "published", "已公布"


WORKFLOW = Workflow(
    code="interpretations",
    label="政策解读",
    mark="解读",
    basis=BASIS,
    stages=Stage,
    initial=Stage.WRITING,
    track=(Stage.WRITING, Stage.SETTLED, Stage.PUBLISHED),
    final=(Stage.PUBLISHED,),
    papers=(PapersOpen((Stage.WRITING,)),),
    papers_note="解读已经定稿，材料须保持原样；需要修改的，先退回编写。",
    transitions=(
        Transition(
            "settle", "定稿", sources=(Stage.WRITING,), target=Stage.SETTLED, authority="publishing.prepare",
            gates=(gates.TEXT_WRITTEN, gates.COPY_REVIEWED),
            declaration="解读与文件内容一致。文件公布时，解读同时公布。",
        ),
        Transition(
            "reopen", "退回修改", sources=(Stage.SETTLED,), target=Stage.WRITING, authority="publishing.prepare",
            main=False, needs_note=True,
        ),
        Transition(
            "publish", "公布", sources=(Stage.SETTLED,), target=Stage.PUBLISHED, authority="publishing.prepare",
            gates=(gates.SUBJECT_PUBLIC, gates.COPY_REVIEWED), effect=effects.make_public,
        ),
    ),
)  # fmt: skip
