"""One request, timed from the connection to the last byte of the answer."""

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.benchmarks.scale.site import PROXY

TIMEOUT = 120


@dataclass(frozen=True)
class Answer:
    seconds: float
    status: int
    body: bytes
    headers: Mapping[str, str]


def ask(port: int, address: str, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer of the server at this port. gunicorn's plain workers close each connection, so each is a new one."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", address, headers={**PROXY, "Connection": "close", **(headers or {})})
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    return Answer(time.perf_counter() - start, response.status, body, dict(response.headers))


def expect(answer: Answer, status: int = 200, what: str = "") -> Answer:
    """The same answer. Raises RuntimeError where the server says something else than was asked for."""
    if answer.status != status:
        raise RuntimeError(f"{what} answered {answer.status}: {answer.body[:300]!r}")
    return answer


def wait_for(port: int, address: str, is_alive: Callable[[], bool], seconds: float = 180) -> float:
    """Seconds until the server there answers with 200. Raises RuntimeError where it ends, fails or is too late."""
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        try:
            expect(ask(port, address), what=address)
            return time.perf_counter() - start
        except OSError:
            if not is_alive():
                raise RuntimeError(f"The server that was to answer {address} has ended.") from None
            time.sleep(0.02)
    raise RuntimeError(f"{address} was not answered within {seconds} s.")
