"""A second process that sets papers ahead, while the first walks the county through its year.

Setting type is a quarter of the demo's time, and the second core of a small machine is idle meanwhile. What a paper
will say is known when its journey begins; it is needed when the journey comes to publication.

The second process reads this module too, and has no use for the models: nothing here imports them.
"""

import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from multiprocessing import get_context, parent_process
from threading import Thread

from portal.documents.rendering import OfficialPaper, render_pdf, set_before

_at_work: ContextVar["Typesetter | None"] = ContextVar("typesetter", default=None)


class Typesetter:
    """Papers asked for, and those that are ready. ``taken`` counts the ones that were of use."""

    def __init__(self, pool: ProcessPoolExecutor):
        self._pool = pool
        self._asked: dict[OfficialPaper, Future] = {}
        self.taken = 0

    def ask(self, paper: OfficialPaper) -> None:
        """Have the paper set. Should the process be killed, nothing is lost but time."""
        with suppress(BrokenExecutor):
            self._asked[paper] = self._pool.submit(render_pdf, paper)

    def take(self, paper: OfficialPaper) -> bytes | None:
        """The PDF of a paper that was asked for, waiting for it if need be; ``None``: whoever needs it must set it."""
        asked = self._asked.pop(paper, None)
        if asked is None:
            return None
        with suppress(BrokenExecutor):
            content = asked.result()
            self.taken += 1
            return content
        return None


def _end_with_parent() -> None:
    """Watch the first process from the second: killed at once, it can't tell anybody to stop."""

    def watch() -> None:
        parent_process().join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


@contextmanager
def typesetting_ahead() -> Iterator[Typesetter]:
    """Inside, what `set_ahead` is told is set by a process of its own, and taken from there when it is needed."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        typesetter = Typesetter(pool)
        token = _at_work.set(typesetter)
        try:
            with set_before(typesetter.take):
                yield typesetter
        finally:
            _at_work.reset(token)
            pool.shutdown(cancel_futures=True)


def set_ahead(paper: OfficialPaper) -> None:
    """Have a paper set that will be wanted; nothing where nobody works ahead."""
    typesetter = _at_work.get()
    if typesetter is not None:
        typesetter.ask(paper)
