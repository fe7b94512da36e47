"""`make backfill FROM=2024-05-20 TO=2024-05-21`: runs ``news_daily`` for past days on the Airflow of `make up`."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time

import click
import httpx

from local.api import Api
from local.environment import USER
from local.runs import NEWS
from minsheng import SHANGHAI
from minsheng.settings import get_settings

DAY = click.DateTime(formats=["%Y-%m-%d"])


def start(api: Api, first: date, last: date) -> None:
    """Start the backfill of the days from ``first`` to ``last``, both included. Raises httpx.HTTPStatusError."""
    if api.get(f"dags/{NEWS}")["is_paused"]:
        api.patch(f"dags/{NEWS}", {"is_paused": False})  # else the runs would wait for ever
    body = {
        "dag_id": NEWS,
        "from_date": datetime.combine(first, time.min, SHANGHAI).isoformat(),
        "to_date": datetime.combine(last, time.min, SHANGHAI).isoformat(),
        "reprocess_behavior": "completed",
        "max_active_runs": 1,
    }
    api.post("backfills", body)


@click.command()
@click.argument("first", type=DAY)
@click.argument("last", type=DAY)
def main(first: datetime, last: datetime) -> None:
    """Run news_daily for the Shanghai days from FIRST to LAST, both included; days that have run, run again."""
    home = get_settings().data / "airflow"
    try:
        address = (home / "address").read_text(encoding="utf-8")
        password = json.loads((home / "passwords.json").read_text(encoding="utf-8"))[USER]
        with Api(address, USER, password) as api:
            start(api, first.date(), last.date())
    except (FileNotFoundError, httpx.TransportError):
        sys.exit("minsheng: no Airflow runs here: start it in another terminal with `make up`")
    except httpx.HTTPStatusError as error:
        sys.exit(f"minsheng: Airflow refuses the backfill: {error.response.json().get('detail', error)}")
    click.echo(f"the days run one after the other: watch them at {address}/dags/{NEWS}")


if __name__ == "__main__":
    main()
