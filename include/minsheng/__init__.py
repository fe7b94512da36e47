"""minsheng (民生): the news of China's local governments, measured."""

from pathlib import Path
from zoneinfo import ZoneInfo

from minsheng import machine_code

__version__ = "0.1.0"
PROJECT = Path(__file__).resolve().parents[2]  # the checkout: dbt_project/ and include/ lie in it
SHANGHAI = ZoneInfo("Asia/Shanghai")  # the clock of every page and every logical date

machine_code.install(PROJECT / "include")
