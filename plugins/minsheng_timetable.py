"""The timetable of ``news_daily``: an interval is one whole day, and its run starts once the day is over.

With Airflow's own ones an interval would go from 06:00 to 06:00, and a backfill ``--to-date 2024-05-21``
would leave that day out. Here the logical date is the day that a run covers, whoever starts it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable
from airflow.utils.types import DagRunType
from pendulum import DateTime

MIDNIGHT = "0 0 * * *"


class DailyTimetable(CronDataIntervalTimetable):
    """The run for a day starts at the first moment of ``cron`` after it, in ``timezone`` (a name of the IANA).

    With an empty ``cron`` nothing runs by itself: by hand and by backfill only.
    """

    def __init__(self, cron: str, timezone: str) -> None:
        super().__init__(MIDNIGHT, timezone)
        self._settings = {"cron": cron, "timezone": timezone}
        self._start = CronDataIntervalTimetable(cron, timezone) if cron else None
        self.description = f"Each day, once it is over: {self._start.description}" if self._start else "By hand only"

    def serialize(self) -> dict[str, Any]:
        """What ``deserialize`` needs."""
        return self._settings

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> DailyTimetable:
        """The timetable that was serialized."""
        return cls(**data)

    @property
    def summary(self) -> str:
        """What the list of DAGs shows."""
        return self._settings["cron"] or "by hand"

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The day after the last one; a backfill asks with ``catchup``, the scheduler, as the DAG says, without."""
        if self._start is None and not restriction.catchup:
            return None
        info = super().next_dagrun_info(
            last_automated_data_interval=last_automated_data_interval, restriction=restriction
        )
        if info is None or self._start is None:
            return info
        return info._replace(run_after=self._start._align_to_next(info.run_after))

    def infer_manual_data_interval(self, *, run_after: DateTime) -> DataInterval:
        """The day in which the logical date lies that was given by hand."""
        day = self._align_to_prev(run_after)
        return DataInterval(day, self._get_next(day))

    def generate_run_id(
        self, *, run_type: DagRunType, run_after: DateTime, data_interval: DataInterval | None, **extra: Any
    ) -> str:
        """``scheduled__2024-05-20``: the day in the timetable's own time zone, where there is one run a day.

        Airflow 3.3 asks a timetable for the names of scheduled runs only, and names those of a backfill itself.
        """
        if data_interval is None or run_type is DagRunType.MANUAL:
            return super().generate_run_id(run_type=run_type, run_after=run_after, data_interval=data_interval, **extra)
        return run_type.generate_run_id(suffix=data_interval.start.in_timezone(self._timezone).to_date_string())


class MinshengTimetable(AirflowPlugin):
    """Registers the timetable with Airflow."""

    name = "minsheng_timetable"
    timetables: ClassVar = [DailyTimetable]
