"""Work in processes of its own, as Airflow gives each task one: what it took of memory is gone with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from minsheng.settings import Settings

Given = TypeVar("Given")
SPAWN = multiprocessing.get_context("spawn")  # a fork would begin with all that this process holds


class StepFailed(Exception):
    """What a step in a process of its own raised: the name of its error and its words."""


def apart(step: Callable[[Settings], Given], settings: Settings) -> Given:
    """What ``step`` gives, done by a process of its own, which ends with this one. Raises ``StepFailed``."""
    here, there = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=_work, args=(step, settings, there), name=step.__name__, daemon=True)
    process.start()
    there.close()
    with here:
        try:
            done, told = here.recv()
        except EOFError:
            process.join()
            raise StepFailed(f"its process ended with exit code {process.exitcode}") from None
    process.join()
    if not done:
        raise StepFailed(told)
    given: Given = told
    return given


def _work(step: Callable[[Settings], Given], settings: Settings, there: Connection) -> None:
    end_with_parent()
    try:
        there.send((True, step(settings)))
    except Exception as error:  # not every error can be sent; its words can
        there.send((False, f"{type(error).__name__}: {error}"))


def end_with_parent() -> None:
    """From now on this process ends when the one that started it does, however that ends."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="watch the parent").start()
