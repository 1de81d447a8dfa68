"""What surrounds documents in the demo county: interpretations, out and waiting, and a folder that was made."""

from datetime import date, timedelta

from normative_docs.models import NormativeDocument
from normative_docs.workflow import Stage
from portal.demo.walking import cast_of
from portal.dossiers.making import ask_for_export
from portal.interpretations.rehearsal import settled
from portal.jobs import queue
from portal.moment import clock_set_to
from portal.workflow.perform import perform

_TEXT = """一、为什么制定
过去各村做法不统一，群众和经营户反映较多，需要有统一的规则。
二、主要内容
明确由谁管理、怎样办理、多长时间办结，以及群众可以怎样监督。
三、与您有关的规定
办理有关事项不收取费用；对处理结果有意见的，可以向镇人民政府反映。
四、从什么时候起施行
以文件载明的日期为准。咨询请联系起草单位，联系方式见文件附注。"""


def build(world, today: date) -> None:
    """Called with the world of the demo county, behind the documents' own part."""
    longtan, baishi = cast_of(world, "longtan"), cast_of(world, "baishi")
    filed = _newest(longtan.town, Stage.FILED)
    waiting = _newest(baishi.town, Stage.PUBLICATION)
    with clock_set_to(today - timedelta(days=2)):
        if filed is not None:
            interpretation = settled(filed, by=longtan.clerk, reviewer=longtan.head, text=_TEXT)
            perform(interpretation, "publish", by=longtan.clerk)
            queue.run(ask_for_export(filed, by=longtan.clerk).pk)
        if waiting is not None:
            settled(waiting, by=baishi.clerk, reviewer=baishi.head, text=_TEXT)


def _newest(town, stage: Stage) -> NormativeDocument | None:
    documents = NormativeDocument.objects.filter(organisation=town, stage=stage, repealed_on=None)
    return documents.order_by("-issued_on", "-pk").first()
