"""The few calls of Airflow's REST API that starting up, backfilling and the demo need."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import httpx


class Api:
    """A logged-in client; ``Api(address).health()`` works without a password, everything else needs one."""

    def __init__(self, address: str, user: str = "", password: str = "") -> None:
        self._credentials = {"username": user, "password": password}
        # trust_env: a proxy of the machine has no say in a call to this machine.
        self._http = httpx.Client(base_url=address, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._http.close()

    def health(self) -> dict[str, str | None]:
        """Each component's status; {} while the API server does not answer."""
        try:
            answer = self._http.get("/api/v2/monitor/health")
        except httpx.TransportError:
            return {}
        if answer.status_code != httpx.codes.OK:
            return {}
        return {name: part.get("status") for name, part in answer.json().items() if part}

    def get(self, path: str, **params: Any) -> Any:
        """The JSON of GET /api/v2/``path``; raises httpx.HTTPStatusError."""
        return self._call("GET", path, params=params).json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON that POST /api/v2/``path`` answers; raises httpx.HTTPStatusError."""
        return self._call("POST", path, json=body).json()

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON that PATCH /api/v2/``path`` answers; raises httpx.HTTPStatusError."""
        return self._call("PATCH", path, json=body).json()

    def exists(self, path: str) -> bool:
        """Whether /api/v2/``path`` is there."""
        self._log_in()
        return self._http.get(f"/api/v2/{path}").status_code == httpx.codes.OK

    def _call(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        self._log_in()
        return self._http.request(method, f"/api/v2/{path}", **kwargs).raise_for_status()

    def _log_in(self) -> None:
        if "authorization" not in self._http.headers:
            answer = self._http.post("/auth/token", json=self._credentials).raise_for_status()
            self._http.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
