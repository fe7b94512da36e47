"""The CMS families that government sites run on; ``FAMILIES`` has one of each, by name."""

from __future__ import annotations

from minsheng.cms import jsonlist
from minsheng.cms.base import Family, Layout, Link, ListRequest
from minsheng.cms.founder import Founder
from minsheng.cms.jpage import Jpage
from minsheng.cms.plain import Plain
from minsheng.cms.trs import Trs
from minsheng.cms.ucap import Ucap
from minsheng.cms.vsb import Vsb

__all__ = ["FAMILIES", "Family", "Layout", "Link", "ListRequest", "jsonlist"]

FAMILIES: dict[str, Family] = {f.name: f for f in (Trs(), Jpage(), Ucap(), Vsb(), Founder(), Plain())}
