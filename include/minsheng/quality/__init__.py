"""The audit between building and publishing: what the marts must hold before anybody reads them."""

from __future__ import annotations

from minsheng.quality.audit import Audit, AuditError, Finding, audit

__all__ = ["Audit", "AuditError", "Finding", "audit"]
