"""Where readings are counted when one process counts alone: in its memory, swept by the minute."""

from threading import Timer

from limits.storage import MemoryStorage

SWEEP_SECONDS = 60


class CalmMemoryStorage(MemoryStorage):
    """The memory of `limits`, which while it counts starts a thread to sweep each hundredth second.

    Those threads cost a clinician's read a quarter of its time. What has ended is not counted
    however late it is swept. The library offers no setting for it: only its own timer's method.
    """

    STORAGE_SCHEME = ["calm-memory"]  # noqa: RUF012 (the library's own spelling)

    def _MemoryStorage__schedule_expiry(self) -> None:
        if self.timer.is_alive():
            return
        sweep = self._MemoryStorage__expire_events  # type: ignore[attr-defined]
        self.timer = Timer(SWEEP_SECONDS, sweep)
        # A process that is stopped must not wait for a sweep.
        self.timer.daemon = True
        self.timer.start()
