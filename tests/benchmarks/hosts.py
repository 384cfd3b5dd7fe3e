"""Several hosts, shown on one machine: what one writes, the others show; and what happens when one of them falls.

    .venv/bin/python -m tests.benchmarks.hosts

On a Debian machine, as root; installs PostgreSQL, PgBouncer and nginx where they are missing. In a temporary folder it
starts a primary, a streaming replica of it, PgBouncer before the primary (pooling transactions), three hosts with the
five bulletins (the second and the third with the replica) and nginx before them. Then people read and write over HTTP.
Prints what was tried, with PASS or FAIL and the time that it took; fails where one of them did. Leaves nothing behind.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from socket import socket
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
NAME = "reviews.example"
ROUNDS = 5
SECONDS = 20.0  # for what should take far less
SOON = 5.0  # leaves room for a busy machine: two pages are fetched for each look
PACKAGES = {"pg_ctl": "postgresql", "pgbouncer": "pgbouncer", "nginx": "nginx-light"}
LEFT_OUT = (".git", ".venv", "media", "staticfiles", "*.sqlite3*", "__pycache__", ".*_cache", ".hypothesis")
POSTGRES: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
POLICY = Path("/usr/sbin/policy-rc.d")
PAGES = ("/", "/reviews/", "/learning/", "/themes/", "/bulletins/", "/search/?q=police")
BOUNCER = """[databases]
scr_kb = host=127.0.0.1 port={primary} dbname=scr_kb user=scr_kb
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {bouncer}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
query_wait_timeout = 3
server_connect_timeout = 2
server_login_retry = 1
"""
PROXY = """daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; user nobody nogroup;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/nginx-body; proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-1; uwsgi_temp_path {folder}/nginx-2; scgi_temp_path {folder}/nginx-3;
    upstream hosts {{ {servers} }}
    server {{
        listen 127.0.0.1:{proxy};
        location / {{
            proxy_pass http://hosts; proxy_connect_timeout 2s;
            proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
        }}
    }}
}}
"""
failures: list[str] = []


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def check(what: str, is_so: bool, told: str = "") -> None:
    say(f"  {'PASS' if is_so else 'FAIL'}  {what}{f': {told}' if told else ''}")
    if not is_so:
        failures.append(what)


def until(is_so: Callable[[], bool]) -> float:
    """The seconds until it is so; more than ``SECONDS`` where it never was."""
    start = time.perf_counter()
    while not is_so():
        if time.perf_counter() - start > SECONDS:
            return float("inf")
        time.sleep(0.005)
    return time.perf_counter() - start


def milliseconds(times: list[float]) -> str:
    return f"{1000 * sorted(times)[len(times) // 2]:.0f} ms in the middle, {1000 * max(times):.0f} ms at most"


# --- what it takes --------------------------------------------------------------------------------------------------


def program(name: str) -> str | None:
    """PostgreSQL's own programs stand in a folder of their version; the newest counts."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def install() -> None:
    missing = [package for name, package in PACKAGES.items() if not program(name)]
    if not missing:
        return
    say(f"Installing {', '.join(missing)} ...")
    has_policy = POLICY.exists()
    if not has_policy:  # which says that nothing be started: here everything is started by hand
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", *step], env=env, check=True, stdout=subprocess.DEVNULL)
    finally:
        if not has_policy:
            POLICY.unlink()


def free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def as_postgres(name: str, *arguments: str) -> str:
    """PostgreSQL and PgBouncer refuse to run as root."""
    command = [program(name) or name, *arguments]
    done = subprocess.run(command, cwd="/", check=True, capture_output=True, text=True, **POSTGRES)
    return done.stdout.strip()


@dataclass
class Server:
    """A PostgreSQL server, which logs every statement beside its folder."""

    folder: Path
    port: int

    def start(self) -> None:
        options = f"-p {self.port} -k '' -c listen_addresses=127.0.0.1 -c log_statement=all -c autovacuum=off"
        as_postgres("pg_ctl", "start", "-s", "-w", "-D", f"{self.folder}", "-l", f"{self.folder}.log", "-o", options)

    def stop(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            as_postgres("pg_ctl", "stop", "-s", "-m", "immediate", "-D", f"{self.folder}")

    def ask(self, query: str) -> str:
        address = ("-h", "127.0.0.1", "-p", f"{self.port}", "-U", "scr_kb", "-d", "scr_kb")
        return as_postgres("psql", *address, "-Atqc", query)

    def statements(self) -> int:
        """How many it was asked for records of the site, and not only for their revision."""
        lines = self.folder.with_suffix(".log").read_text(errors="replace").splitlines()
        return sum('FROM "' in line and "learning_datarevision" not in line for line in lines)


@dataclass
class Visitor:
    """Somebody with a browser that keeps cookies and follows nothing."""

    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, port: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Host": NAME, "X-Forwarded-Proto": "https", "Origin": f"https://{NAME}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            headers["Content-Type"], body = "application/x-www-form-urlencoded", urlencode(form)
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = connection.getresponse()
            for header in answer.headers.get_all("Set-Cookie", []):
                self.cookies.update({name: each.coded_value for name, each in SimpleCookie(header).items()})
            return answer.status, answer.read().decode()
        except (OSError, HTTPException) as error:
            return 0, f"{error}"
        finally:
            connection.close()

    def send(self, port: int, page: str, path: str, form: dict[str, str]) -> None:
        """Fill in a form of a page and send it."""
        status, text = self.ask(port, page)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        if token is None:
            raise RuntimeError(f"No form at {page}: {status}")
        status, text = self.ask(port, path, {**form, "csrfmiddlewaretoken": token[1]})
        if status != 302:
            raise RuntimeError(f"{path} was refused: {status}\n{text[:2000]}")


@dataclass
class Site:
    """Everything that runs. ``ports`` are those of the hosts."""

    primary: Server
    replica: Server
    ports: list[int]
    proxy: int
    gunicorns: list[subprocess.Popen[bytes]]
    key: str  # of a bulletin
    path: str
    staff: dict[str, Visitor] = field(default_factory=dict)

    def sign_in(self, passwords: dict[str, str]) -> None:
        page = "/desk/sign-in/"
        for name, password in passwords.items():
            self.staff[name] = Visitor()
            self.staff[name].send(self.proxy, page, page, {"username": name, "password": password})

    def move(self, who: str, port: int, step: str) -> None:
        """Hold the bulletin or take it off hold, at the desk."""
        page = f"/desk/{self.key}/publishing/"
        self.staff[who].send(port, page, f"/desk/{self.key}/{step}/", {"note": "Only to see how long it takes."})

    def shows(self, port: int) -> set[bool]:
        """Whether the public is shown the bulletin, on its own page and in the list of all."""
        anybody = Visitor()
        page, (_, text) = anybody.ask(port, self.path), anybody.ask(port, "/bulletins/")
        return {page[0] == 200, self.path in text}

    def spread(self, is_shown: bool, ports: list[int] | None = None) -> list[float]:
        """The seconds until each host shows it to the public, or does not."""
        with ThreadPoolExecutor() as pool:
            return list(pool.map(lambda port: until(lambda: self.shows(port) == {is_shown}), ports or self.ports))


@contextmanager
def running(
    command: list[str], folder: Path, env: dict[str, str], who: dict[str, Any]
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "programs.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder / "site", env=env, stdout=log, stderr=log, process_group=0, **who
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def is_open(port: int) -> bool:
    with socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def environment(folder: Path, bouncer: int) -> dict[str, str]:
    return {
        "SCR_KB_ENV": "production",
        "SCR_KB_SECRET_KEY": "of-the-demonstration-" * 3,
        "SCR_KB_HOSTS": NAME,
        "SCR_KB_ADMIN_EMAILS": "",
        "SCR_KB_BEHIND_PROXY": "true",
        "SCR_KB_MEDIA_ROOT": f"{folder}/media",
        "SCR_KB_PGBOUNCER": "true",
        "DATABASE_URL": f"postgres://scr_kb@127.0.0.1:{bouncer}/scr_kb",
        "DATABASE_REPLICA_URL": "",
    }


def prepared(site: Path, env: dict[str, str]) -> dict[str, str]:
    """Tables, bulletins and static files, all through PgBouncer. Returns the passwords of an editor and a publisher."""

    def manage(*arguments: str, **more: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=site, env={**env, **more}, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    manage("migrate", "--verbosity", "0")
    say(manage("load_bulletins").strip())
    say(manage("verify_statements").strip())
    manage("rebuild_index")
    manage("collectstatic", "--no-input", "--verbosity", "0")
    told = manage("make_demo_staff", SCR_KB_ENV="development", SCR_KB_SECRET_KEY=env["SCR_KB_SECRET_KEY"])
    return dict(re.findall(r"(demo-\w+)  (\S+)", told))


def started_databases(stack: ExitStack, folder: Path) -> tuple[Server, Server]:
    """A primary, and a replica that follows it."""
    folder.mkdir()
    shutil.chown(folder, "postgres", "postgres")
    ports = free_ports(2)
    primary, replica = Server(folder / "primary", ports[0]), Server(folder / "replica", ports[1])
    kind = ("-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    as_postgres("initdb", "-D", f"{primary.folder}", "-U", "scr_kb", *kind)
    source = ("-h", "127.0.0.1", "-p", f"{primary.port}", "-U", "scr_kb")
    for database in (primary, replica):
        if database is replica:
            as_postgres("createdb", *source, "scr_kb")
            as_postgres("pg_basebackup", *source, "-D", f"{replica.folder}", "-R", "-c", "fast", "--no-sync")
        stack.callback(database.stop)
        database.start()
    return primary, replica


@contextmanager
def started() -> Iterator[Site]:
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="hosts-"))
        stack.callback(shutil.rmtree, folder)
        folder.chmod(0o755)
        shutil.copytree(ROOT, folder / "site", ignore=shutil.ignore_patterns(*LEFT_OUT))
        primary, replica = started_databases(stack, folder / "databases")
        bouncer, proxy, *ports = free_ports(5)
        env = {**os.environ, **environment(folder, bouncer)}

        def start(*command: str, who: dict[str, Any] | None = None) -> subprocess.Popen[bytes]:
            return stack.enter_context(
                running([program(command[0]) or command[0], *command[1:]], folder, env, who or {})
            )

        (folder / "pgbouncer.ini").write_text(BOUNCER.format(primary=primary.port, bouncer=bouncer))
        start("pgbouncer", f"{folder}/pgbouncer.ini", who=POSTGRES)
        until(lambda: is_open(bouncer))
        staff = prepared(folder / "site", env)
        gunicorns = []
        for number, port in enumerate(ports):
            env["DATABASE_REPLICA_URL"] = f"postgres://scr_kb@127.0.0.1:{replica.port}/scr_kb" if number else ""
            address = f"127.0.0.1:{port}"
            gunicorns.append(
                start(sys.executable, "-m", "gunicorn", "--no-control-socket", "-b", address, "scr_kb.wsgi")
            )
        servers = " ".join(f"server 127.0.0.1:{port} fail_timeout=2s;" for port in ports)
        (folder / "nginx.conf").write_text(PROXY.format(folder=folder, servers=servers, proxy=proxy))
        start("nginx", "-c", f"{folder}/nginx.conf")
        key, slug = primary.ask("SELECT id, slug FROM learning_bulletin ORDER BY id LIMIT 1").split("|")
        site = Site(primary, replica, ports, proxy, gunicorns, key, f"/bulletins/{slug}/")
        check("all answer", max(site.spread(True, [*ports, proxy])) < SECONDS)
        site.sign_in(staff)
        try:
            yield site
        finally:
            if failures:
                say((folder / "programs.log").read_text(errors="replace")[-6000:])


# --- what is tried --------------------------------------------------------------------------------------------------


def one_writes_and_the_others_show(site: Site) -> None:
    say("\nA bulletin is held on host 1 and taken off hold on host 3, by people who signed in through the proxy")
    gone, back, is_seen_by_staff = [], [], []
    for _ in range(ROUNDS):
        site.move("demo-editor", site.ports[0], "hold")
        is_seen_by_staff.append(site.staff["demo-editor"].ask(site.ports[1], site.path)[0] == 404)
        gone += site.spread(False)
        site.move("demo-publisher", site.ports[2], "unhold")
        is_seen_by_staff.append(site.staff["demo-publisher"].ask(site.ports[1], site.path)[0] == 200)
        back += site.spread(True)
    check("staff see what they wrote, on another host, at the first look", all(is_seen_by_staff))
    check("held: gone from the page and the list on all hosts", max(gone) < SOON, milliseconds(gone))
    check("off hold: back on all hosts", max(back) < SOON, milliseconds(back))


def the_public_reads_the_replica(site: Site) -> None:
    say("\nThe public reads every page on hosts 2 and 3")
    time.sleep(1.1)
    before = site.primary.statements(), site.replica.statements()
    answers = [Visitor().ask(port, path)[0] for port in site.ports[1:] for path in PAGES]
    primary, replica = site.primary.statements() - before[0], site.replica.statements() - before[1]
    check("all are there", set(answers) == {200})
    check("the replica was asked", replica > 0, f"{replica} queries")
    check("the primary was not", primary == 0, f"{primary} queries")
    open_now = site.primary.ask(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = 'scr_kb' AND pid <> pg_backend_pid()"
    )
    check("PgBouncer needs no more than its two connections to the primary", int(open_now) <= 2, f"{open_now} are open")


def the_replica_lags(site: Site) -> None:
    say("\nThe replica stands still while a bulletin is held: it would go on showing it")
    site.replica.ask("SELECT pg_wal_replay_pause()")
    site.move("demo-editor", site.ports[0], "hold")
    gone = site.spread(False)
    check("gone on all hosts all the same", max(gone) < SOON, milliseconds(gone))
    shown = [site.shows(port) == {True} for _ in range(30) for port in site.ports]
    check("and it does not come back", not any(shown))
    site.replica.ask("SELECT pg_wal_replay_resume()")
    site.move("demo-publisher", site.ports[0], "unhold")
    check("back on all hosts when the replica goes on", max(back := site.spread(True)) < SOON, milliseconds(back))


def a_host_is_killed(site: Site) -> None:
    say("\nHost 1 is killed, with whatever it runs")
    os.killpg(site.gunicorns[0].pid, signal.SIGKILL)
    site.gunicorns[0].wait()
    answers = [Visitor().ask(site.proxy, path)[0] for _ in range(5) for path in PAGES]
    check("every page is there through the proxy", set(answers) == {200}, f"{len(answers)} asked for")
    check("who signed in is still known", site.staff["demo-editor"].ask(site.proxy, "/desk/")[0] == 200)


def the_replica_stops(site: Site) -> None:
    say("\nThe replica is stopped")
    hosts = site.ports[1:]
    site.replica.stop()
    answers = [Visitor().ask(port, path)[0] for _ in range(5) for path in PAGES for port in hosts]
    check("every page is there on both hosts", set(answers) == {200}, f"{len(answers)} asked for")
    site.replica.start()
    before = site.replica.statements()

    def is_read() -> bool:
        for port in hosts:
            Visitor().ask(port, "/search/?q=police")
        return site.replica.statements() > before

    check("it is read again when it is back", (took := until(is_read)) < SOON, f"after {took:.1f} s")


def the_primary_stops(site: Site) -> None:
    say("\nThe primary is stopped")
    site.primary.stop()
    start = time.perf_counter()
    answers = [Visitor().ask(port, path)[0] for _ in range(5) for path in PAGES for port in site.ports[1:]]
    took = time.perf_counter() - start
    check("the public goes on reading the replica", set(answers) == {200}, f"{len(answers)} pages in {took:.1f} s")
    check("the health check says it", Visitor().ask(site.ports[1], "/healthz")[0] == 500)
    site.primary.start()
    check("all is well when it is back", (took := until(lambda: is_well(site))) < 2 * SOON, f"after {took:.1f} s")


def is_well(site: Site) -> bool:
    return site.staff["demo-editor"].ask(site.proxy, "/desk/")[0] == Visitor().ask(site.proxy, "/healthz")[0] == 200


def main() -> None:
    if os.geteuid() != 0:
        sys.exit("It needs root, to start a database as another user.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # by way of all that has to be stopped
    install()
    with started() as site:
        one_writes_and_the_others_show(site)
        the_public_reads_the_replica(site)
        the_replica_lags(site)
        a_host_is_killed(site)
        the_replica_stops(site)
        the_primary_stops(site)
    say(f"\n{len(failures)} failed: {'; '.join(failures)}." if failures else "\nAll passed.")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
