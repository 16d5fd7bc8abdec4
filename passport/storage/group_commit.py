"""Several threads' small writes made durable by one commit, each answered only after it.

On SQLite a commit waits for the disk about as long as a read of a share computes. Whoever gets
the turn does the work of all who queue, in their order, and commits once; the others then find
their work done. On PostgreSQL it saves the round trips to begin and to commit.
"""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from passport.storage.prepared import QuickTransaction

T = TypeVar("T")


@dataclass
class _Item:
    work: Callable[[QuickTransaction], Any]
    is_plain: bool = False
    done: bool = False
    result: Any = None
    error: Exception | None = None


class GroupCommit:
    """Runs small transactions of many threads. One for each database and process."""

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[QuickTransaction]],
        driver_error: type[Exception],
    ) -> None:
        self._begin, self._driver_error = begin, driver_error
        self._queue: deque[_Item] = deque()
        self._turn = Lock()

    def run(self, work: Callable[[QuickTransaction], T], *, is_plain: bool = False) -> T:
        """What `work` returns, durable by then; nothing of it was kept if this raises.

        Plain work raises only before it writes, so it needs no savepoint. Raises what `work`
        raises, and what beginning or ending the transaction raises.
        """
        item = _Item(work, is_plain)
        self._queue.append(item)
        with self._turn:
            if not item.done:
                self._do_all()
        if not item.done:
            raise RuntimeError("the thread that did this work was stopped before it was kept")
        if item.error is not None:
            raise item.error
        result: T = item.result
        return result

    def _do_all(self) -> None:
        batch = []
        while self._queue:
            batch.append(self._queue.popleft())
        try:
            with self._begin() as transaction:
                for item in batch:
                    self._do(item, transaction)
        except Exception as error:
            # The transaction failed, so nothing of anybody's was kept.
            for item in batch:
                item.error = error
        for item in batch:
            item.done = True

    def _do(self, item: _Item, transaction: QuickTransaction) -> None:
        try:
            with nullcontext() if item.is_plain else transaction.savepoint():
                item.result = item.work(transaction)
        except self._driver_error:
            raise
        except Exception as error:
            item.error = error
