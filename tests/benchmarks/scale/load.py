"""Many readers at once, in a process of their own: reads what to do as JSON, prints what was measured.

    {"port": 8000, "addresses": [...], "clients": 32, "seconds": 60} -> {"seconds": [...], "errors": 0, "took": 60.01}

Each client asks for one random address after the other. Sockets without a library: what asks must not take the
processor from what answers.
"""

import json
import random
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field

from tests.benchmarks.scale.site import CHECKOUT, PROXY

TIMEOUT = 60
HEADERS = "".join(f"{name}: {value}\r\n" for name, value in {**PROXY, "Connection": "close"}.items())


@dataclass
class Load:
    """``seconds``: of each answer. ``took``: from the first request to the last answer."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    took: float = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.took if self.took else 0


def load(port: int, addresses: list[str], clients: int, seconds: float) -> Load:
    """Lets another process do it."""
    asked = {"port": port, "addresses": addresses, "clients": clients, "seconds": seconds}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.scale.load"],
        cwd=CHECKOUT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return Load(**json.loads(done.stdout))


def answered(port: int, request: bytes) -> bool:
    """Whether the whole of an answer came, and was a page."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as connection:
            connection.sendall(request)
            first = part = connection.recv(65536)
            while part:
                part = connection.recv(65536)
    except OSError:
        return False
    return first.startswith(b"HTTP/1.1 200 ")


def client(number: int, port: int, requests: list[bytes], until: float, found: Load) -> None:
    chance = random.Random(number)
    while time.perf_counter() < until:
        start = time.perf_counter()
        if answered(port, chance.choice(requests)):
            found.seconds.append(time.perf_counter() - start)
        else:
            found.errors += 1


def run(port: int, addresses: list[str], clients: int, seconds: float) -> Load:
    requests = [f"GET {address} HTTP/1.1\r\n{HEADERS}\r\n".encode() for address in addresses]
    start = time.perf_counter()
    found = Load()
    threads = [
        threading.Thread(target=client, args=(number, port, requests, start + seconds, found))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.took = time.perf_counter() - start
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(run(**json.load(sys.stdin)))))
