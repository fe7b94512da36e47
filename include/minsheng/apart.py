"""Work in processes of its own, as Airflow gives each task one: what it took of memory is gone with it.

The processes are spawned, and import the script that is running: one that calls these functions, or what calls them
(``runner.run``, ``reprocess.reprocess``), does so below ``if __name__ == "__main__":``.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from minsheng.settings import Settings

Given = TypeVar("Given")
Item = TypeVar("Item")
SPAWN = multiprocessing.get_context("spawn")  # a fork would begin with all that this process holds


class StepFailed(Exception):
    """A step in a process of its own failed, or the process did: the name of the error and its words."""


def apart(step: Callable[[Settings], Given], settings: Settings) -> Given:
    """What ``step`` gives, done by a process of its own, which ends with this one. Raises ``StepFailed``, also where
    no process can be had or what it gave cannot be read here.
    """
    try:
        done, told = _told(step, settings)
    except Exception as error:  # of the system, or of pickle, which may raise any
        raise StepFailed(f"{type(error).__name__}: {error}") from error
    if not done:
        raise StepFailed(told)
    given: Given = told
    return given


def _told(step: Callable[[Settings], Given], settings: Settings) -> tuple[bool, Any]:
    here, there = SPAWN.Pipe(duplex=False)
    with here:
        with there:  # the process has its own of it: with this one open, nobody would see that one's end
            process = SPAWN.Process(target=_work, args=(step, settings, there), name=step.__name__, daemon=True)
            process.start()
        try:
            done, told = here.recv()
        except EOFError:
            process.join()
            return False, f"its process ended with exit code {process.exitcode}"
    process.join()
    return done, told


def _work(step: Callable[[Settings], Given], settings: Settings, there: Connection) -> None:
    end_with_parent()
    try:
        there.send((True, step(settings)))
    except Exception as error:  # not every error can be sent; its words can
        there.send((False, f"{type(error).__name__}: {error}"))


def side_by_side(
    work: Callable[[Item], Given], items: Sequence[Item], jobs: int, *, again: Callable[[Item], Given] | None = None
) -> Iterator[tuple[Item, Given | Exception]]:
    """Each item and what ``work`` gives of it or raises, in order, by ``jobs`` processes. Each gets ``work`` once.

    When one of them dies, so do the others, and which item it died of is not known: the first ones without an answer
    are done again one by one, each in a process of its own, by ``again`` where what was left half done or unanswered
    would mislead ``work``; the answer of one that ends that, too, is ``BrokenProcessPool``. The rest goes on side by
    side.
    """
    known: dict[int, Given | Exception] = {}
    given = 0
    for number, answer in _answers(work, again or work, items, jobs):
        known[number] = answer
        while given in known:
            yield items[given], known.pop(given)
            given += 1


def _answers(
    work: Callable[[Item], Given], again: Callable[[Item], Given], items: Sequence[Item], jobs: int
) -> Iterator[tuple[int, Given | Exception]]:
    """The answers by the number of their item."""
    left: Sequence[int] = range(len(items))
    while left:
        died = []
        for number, answer in _together(work, items, left, jobs):
            if isinstance(answer, BrokenProcessPool):
                died.append(number)
            else:
                yield number, answer
        for number in died[:jobs]:
            yield from _together(again, items, [number], 1)
        left = died[jobs:]


def _together(
    work: Callable[[Item], Given], items: Sequence[Item], numbers: Sequence[int], jobs: int
) -> Iterator[tuple[int, Given | Exception]]:
    pool = ProcessPoolExecutor(jobs, mp_context=SPAWN, initializer=_begin, initargs=(work,))
    try:
        asked = [(number, _ask(pool, items[number])) for number in numbers]
        for number, future in asked:
            try:
                answer = future.result()
            except Exception as error:  # the edge of an item
                answer = error
            yield number, answer
    finally:
        pool.shutdown(cancel_futures=True)


def _ask(pool: ProcessPoolExecutor, item: Any) -> Future[Any]:
    try:
        return pool.submit(_do, item)
    except (BrokenProcessPool, OSError) as error:  # one has died already, or no process can be had
        answer: Future[Any] = Future()
        answer.set_exception(error)
        return answer


_given: list[Callable[[Any], Any]] = []  # to this process, by ``side_by_side``


def _begin(work: Callable[[Any], Any]) -> None:
    end_with_parent()
    _given[:] = [work]


def _do(item: Any) -> Any:
    return _given[0](item)


def end_with_parent() -> None:
    """From now on this process ends when the one that started it does, however that ends."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="watch the parent").start()
