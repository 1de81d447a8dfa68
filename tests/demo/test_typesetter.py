"""A second process sets what is known beforehand; what it sets is what goes before the public."""

import os
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.gates import FINAL_TEXT
from portal.demo.typesetter import Typesetter, typesetting_ahead
from portal.demo.walking import cast_of
from portal.documents import storage
from portal.documents.content import pages
from portal.documents.rendering import render_pdf, set_before
from portal.publishing.renditions import paper_of
from portal.publishing.standing import newest_copy
from portal.supervisor import layout
from tests.processes import children_of


def test_the_formal_text_is_set_while_its_document_is_on_its_way(world):
    journey = Journey(cast_of(world, "longtan"), texts.waste("龙潭镇"), date(2026, 3, 2))
    with typesetting_ahead() as typesetter:
        journey.expect_publication()
        journey.walk("publish")
    assert typesetter.taken == 1
    (paper,) = newest_copy(journey.document).papers.all()
    with storage.open_blob(paper.blob.digest) as pdf:
        words = "".join(pages.texts(pdf))
    assert FINAL_TEXT.label in words
    assert "收运单位应当按照约定的时间和路线收运" in words


def test_a_paper_that_nobody_asked_for_is_set_as_always(db):
    with set_before(lambda paper: None):
        pdf = render_pdf(paper_of("正式文本", "第一条 为了便民。"))
    assert "为了便民" in "".join(pages.texts(BytesIO(pdf)))


ASKING = """
import time
if __name__ == "__main__":
    import django
    django.setup()
    from portal.demo.typesetter import typesetting_ahead
    from portal.publishing.renditions import paper_of
    with typesetting_ahead() as typesetter:
        paper = paper_of("正式文本", "第一条 为了便民。")
        typesetter.ask(paper)
        typesetter.take(paper)
        print("ready", flush=True)
        time.sleep(60)
"""


def test_when_the_first_process_is_killed_the_second_goes_too(tmp_path):
    script = tmp_path / "asking.py"
    script.write_text(ASKING)
    environment = {**os.environ, "PYTHONPATH": str(layout.PROJECT)}
    asking = subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, text=True)
    assert asking.stdout.readline() == "ready\n"
    left = children_of(asking.pid)
    assert left
    asking.kill()
    asking.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(Path(f"/proc/{number}").exists() for number in left):
        time.sleep(0.1)
    assert not [number for number in left if Path(f"/proc/{number}").exists()]


class Killed:
    """A pool whose process was killed before (``at_once``) or after it was asked."""

    def __init__(self, at_once: bool):
        self.at_once = at_once

    def submit(self, *_):
        if self.at_once:
            raise BrokenExecutor
        asked = Future()
        asked.set_exception(BrokenExecutor())
        return asked


@pytest.mark.parametrize("at_once", [True, False])
def test_should_the_process_be_killed_the_paper_is_set_by_whoever_needs_it(at_once):
    typesetter, paper = Typesetter(Killed(at_once)), paper_of("正式文本", "第一条 为了便民。")
    typesetter.ask(paper)
    assert typesetter.take(paper) is None
    assert typesetter.taken == 0
