"""How a test sees the value that a running server has for an option, from outside: one case for each option.

A case is written as "option": Case(before, after, observe). The daemon is started with the value `before` in its
configuration file, and reads `after` there when it reloads. observe(daemon) returns the value that the server acts on. Where
`before` could only be seen by waiting for it, it is None: the daemon then starts with the default, which is not observed.

tests/tables/check knows a case by its first line: four spaces, the name, a colon and a space.
"""

import re
import select
import signal
import socket
import ssl
import subprocess
import time
from functools import partial
from pathlib import Path

from daemon import DEADLINE, Client, until
from metrics import free_port, get, scrape
from test_keep_alive import PROBE, timer_of

DATA = Path(__file__).parents[1] / "unit/tls/data"
ALICE = DATA / "client.pem", DATA / "client.key.pem"
BIG = 60000


class Case:
    """before and after may be functions of the test's folder. extra: other keys of the file. change: what happens in the
    folder before the reload."""

    def __init__(self, before, after, observe, change=None, **extra):
        self.before, self.after, self.observe, self.change, self.extra = before, after, observe, change, extra


def in_folder(name):
    return lambda folder: str(folder / name)


def any_port(_):
    return free_port()


# What several cases have in common.

def connect(daemon, **options):
    """A client that has read the welcome, whatever it is."""
    client = Client(daemon.address, welcome=False, **options)
    assert "welcome" in client.read()
    return client


def number_in(text, pattern):
    return int(re.search(pattern, text).group(1))


def answer(daemon, *lines):
    """The last of the answers to some lines, as text."""
    with connect(daemon) as client:
        for line in lines:
            text = str(client.ask(line))
    return text


def count_welcomes(daemon):
    """How many clients are welcome at a time, up to 5."""
    clients = []
    try:
        while len(clients) < 5:
            clients.append(Client(daemon.address, welcome=False))
            if "welcome" not in clients[-1].read():
                return len(clients) - 1
        return len(clients)
    finally:
        for client in clients:
            client.close()


def accepts(address):
    """Whether our server listens there."""
    try:
        with Client(address, welcome=False) as client:
            return "welcome" in client.read()
    except OSError:
        return False


def counters(daemon):
    """The metrics of a daemon that was started by test_options.py."""
    return scrape(daemon.metrics_port)


def log_grows(daemon, marker="stats: up for"):
    """What the daemon logs for SIGUSR2, in whatever file of its folder."""
    before = {path: path.stat().st_size for path in daemon.logs() if path.exists()}
    daemon.signal(signal.SIGUSR2)
    while True:
        for path in daemon.logs():
            if path.exists():
                text = path.read_text()[before.get(path, 0):]
                if marker in text and text.endswith("\n"):
                    return path, text
        assert daemon.process.poll() is None


# One for each option that cannot be seen in a line.

def backlog(daemon):
    """Connections that wait while nobody accepts. On a Unix socket, the next one is told at once."""
    connect(daemon).close()  # who waited before has been accepted
    daemon.signal(signal.SIGSTOP)
    threads = Path(f"/proc/{daemon.process.pid}/task")
    until(lambda: all(" T (stopped)" in (thread / "status").read_text().replace("\t", " ") for thread in threads.iterdir()),
          "the daemon is not stopped")
    waiting = []
    try:
        while True:
            waiting.append(socket.socket(socket.AF_UNIX))
            waiting[-1].setblocking(False)
            try:
                waiting[-1].connect(daemon.address)
            except BlockingIOError:
                return len(waiting) - 2
    finally:
        daemon.signal(signal.SIGCONT)
        for each in waiting:
            each.close()


def keep_alive(daemon):
    with connect(daemon) as client:
        return timer_of(daemon, client.socket) == PROBE


def common_name(daemon):
    with socket.create_connection(daemon.address, DEADLINE) as plain:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with context.wrap_socket(plain) as client:
            der = client.getpeercert(binary_form=True)
    done = subprocess.run(["openssl", "x509", "-inform", "der", "-noout", "-subject", "-nameopt", "sep_multiline"],
                          input=der, capture_output=True, check=True)
    return done.stdout.decode().split("CN=")[1].strip()


def certify(folder, name, key):
    """Makes a certificate for a key, which is made unless it is there."""
    if not (folder / key).exists():
        subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", folder / key], check=True)
    subprocess.run(["openssl", "req", "-x509", "-new", "-key", folder / key, "-days", "2", "-subj", f"/CN={name}",
                    "-out", folder / name], check=True)
    return str(folder / name)


def certified(name, key):
    """A certificate with its own name in it."""
    return lambda folder: certify(folder, name, key)


def certificate_of_another_key(folder):
    """Puts one in the place of the certificate that is used."""
    certify(folder, "other.pem", "other.key")
    (folder / "other.pem").replace(folder / "cert.pem")


def key_file(daemon):
    """By the name in the certificate that goes with it."""
    return str(daemon.folder / ("key" if common_name(daemon) == "cert.pem" else "other.key"))


def is_served(daemon, certificate=(None, None)):
    try:
        connect(daemon, tls=True, certificate=certificate).close()
    except (OSError, AssertionError, TypeError):
        return False
    return True


def client_ca(daemon):
    return str(DATA / ("client-ca.pem" if is_served(daemon, ALICE) else "other-client-ca.pem"))


def handshake_timeout(daemon):
    """100 if a client that says nothing is disconnected. The log does not say after how long."""
    with socket.create_connection(daemon.address, DEADLINE) as silent:
        try:
            return 100 if silent.recv(1) == b"" else None
        except ConnectionResetError:
            return 100


def silence(daemon, begin, pattern):
    """The time after which a client that only says the beginning is told to go."""
    with connect(daemon) as client:
        client.socket.sendall(begin)
        return number_in(client.read()["error"], pattern)


def idle(daemon):
    with connect(daemon) as client:
        client.ask("paramsView")
        return number_in(client.read()["error"], r"Nothing came for (\d+) ms")


def write_timeout(daemon):
    start = len(daemon.log())
    with connect(daemon) as client:
        client.ask("paramAdd a=" + "x" * BIG)
        client.send(*["paramView a"] * 500)
        until(lambda: "nothing was read for" in daemon.log()[start:], "it is not closed")
    return number_in(daemon.log()[start:], r"nothing was read for (\d+) ms")


def delimiter(daemon):
    with connect(daemon) as client:
        client.socket.sendall(b"paramsView\r\n")
        return "\n" if select.select([client.socket], [], [], 2)[0] else "x"


def accept_rate(daemon):
    """1 if three clients take a second, and 0 if they are let in at once."""
    begun = time.monotonic()
    clients = [socket.create_connection(daemon.address, DEADLINE) for _ in range(3)]
    for client in clients:
        client.recv(1)
        client.close()
    return 1 if time.monotonic() - begun > 0.9 else 0


def soft_limit(daemon, small, large, lines=300):
    """Asks for 18 MB and reads nothing: either the server stops reading, or it reads all lines."""
    before = counters(daemon)
    with connect(daemon) as client:
        client.ask("paramAdd a=" + "x" * BIG)
        client.send(*["paramView a"] * lines)
        while True:
            now = counters(daemon)
            if now["stellar_readers_paused_total", None] > before["stellar_readers_paused_total", None]:
                return small
            if now.get(("stellar_lines_total", "paramView"), 0) >= before.get(
                    ("stellar_lines_total", "paramView"), 0) + lines:
                return large


def hard_limit(daemon, small, large):
    """A member of a room reads nothing: either it is cut off, or 3 MB wait for it."""
    cut_off = daemon.log().count("error 025")
    with connect(daemon) as speaker, connect(daemon) as stalled:
        stalled.ask("roomAdd hall")
        speaker.ask("roomAdd hall")
        for _ in range(50):
            speaker.send("say hall " + "x" * BIG)
            assert {speaker.read()["context"], speaker.read()["context"]} == {"response", "user"}
        speaker.ask("paramsView")
        return small if daemon.log().count("error 025") > cut_off else large


def rooms(daemon):
    with connect(daemon) as client:
        return [room for room in ("hall", "yard") if client.ask(f"roomAdd {room}")["data"]]


def count_members(daemon):
    clients = [connect(daemon) for _ in range(5)]
    try:
        return sum(client.ask("roomAdd hall")["data"] for client in clients)
    finally:
        for client in clients:
            client.close()


def pending(daemon):
    """How many of five actions are not refused."""
    with connect(daemon) as client:
        client.send(*['{"action":"sleepTest","params":{"sleepDuration":100}}'] * 5)
        return ["007" in str(client.read()) for _ in range(5)].count(False)


def action_timeout(daemon):
    said = answer(daemon, '{"action":"sleepTest","params":{"sleepDuration":400}}')
    return 100 if "022" in said else 30000


def shutdown_limit(daemon):
    """Whether a client that quits gets the answer of an action that takes 400 ms."""
    with connect(daemon) as client:
        client.send('{"action":"sleepTest","params":{"sleepDuration":400}}', "quit")
        return 5000 if "sleepDuration" in client.read() else 100


def mail_limit(daemon, small, large):
    """Whether clients on two loops that talk to each other are held."""
    before = counters(daemon)["stellar_talkers_held_total", None]
    clients = [connect(daemon) for _ in range(8)]
    try:
        for client in clients:
            client.ask("roomAdd hall")
        clients[0].send(*["say hall x"] * 3)
        heard = 0
        while heard < 3:
            heard += clients[0].read()["context"] == "user"
        return small if counters(daemon)["stellar_talkers_held_total", None] > before else large
    finally:
        for client in clients:
            client.close()


def max_memory(daemon):
    """By how many clients with much to remember are let in."""
    clients = []
    try:
        while True:
            clients.append(Client(daemon.address, welcome=False))
            if "welcome" not in clients[-1].read():
                return 4 << 20 if len(clients) < 70 else 8 << 20
            clients[-1].ask("paramAdd a=" + "x" * BIG)
    finally:
        for client in clients:
            client.close()


def threads(daemon):
    """Loops: each has an epoll set."""
    links = Path(f"/proc/{daemon.process.pid}/fd").iterdir()
    return sum("eventpoll" in str(link.readlink()) for link in links)


def log_level(daemon):
    start = len(daemon.log())
    connect(daemon).close()
    log_grows(daemon)
    return "debug" if " debug " in daemon.log()[start:] else "info"


def metrics_port(daemon, *ports):
    """Which of them serves metrics."""
    for port in ports:
        try:
            if get(port)[0] == 200:
                return port
        except OSError:
            pass
    raise AssertionError("no page")


def metrics_ip(daemon):
    for ip in "127.0.0.1", "127.0.0.2":
        try:
            socket.create_connection((ip, daemon.metrics_port), DEADLINE).close()
            return ip
        except OSError:
            pass
    raise AssertionError("no page")


METRICS = {"servers.metrics.port": any_port}
UNIX = {"servers.tcp.unixPath": in_folder("socket")}
TLS = {"servers.tcp.serverOptions.cert": certified("cert.pem", "key"), "servers.tcp.serverOptions.key": in_folder("key")}
CLIENT_CA = {"servers.tcp.serverOptions.ca": str(DATA / "client-ca.pem")}
HALL = {"general.startingChatRooms": ["hall", "yard", "attic"]}

CASES = {
    "bind-ip": Case("127.0.0.1", "127.0.0.2", lambda daemon: next(
        ip for ip in ("127.0.0.2", "127.0.0.1") if accepts((ip, daemon.port)))),
    "port": Case(any_port, any_port, lambda daemon: daemon.port if accepts(daemon.address) else None),
    "unix": Case(in_folder("before"), in_folder("after"), lambda daemon: next(
        str(daemon.folder / name) for name in ("after", "before") if accepts(str(daemon.folder / name)))),
    "backlog": Case(7, 9, backlog, **UNIX),
    "set-keep-alive": Case(True, False, keep_alive),
    "secure": Case(False, True, is_served, **TLS),
    "tls-cert": Case(certified("cert.pem", "key"), certified("new.pem", "key"),
                     lambda daemon: str(daemon.folder / common_name(daemon)), **TLS),
    "tls-key": Case(in_folder("key"), in_folder("other.key"), key_file, change=certificate_of_another_key, **TLS),
    "tls-client-ca": Case(str(DATA / "client-ca.pem"), str(DATA / "other-client-ca.pem"), client_ca, **TLS),
    "tls-client-auth": Case("required", "optional",
                            lambda daemon: "optional" if is_served(daemon) else "required", **TLS, **CLIENT_CA),
    "handshake-timeout": Case(None, 100, handshake_timeout, **TLS),
    "first-line-timeout": Case(None, 100, partial(silence, begin=b"", pattern=r"No line came within (\d+) ms")),
    "line-timeout": Case(None, 100, partial(silence, begin=b"para", pattern=r"not ended within (\d+) ms")),
    "idle-timeout": Case(None, 100, idle),
    "write-timeout": Case(None, 200, write_timeout),
    "delimiter": Case("\n", "x", delimiter),
    "max-data-length": Case(20, 30, lambda daemon: number_in(answer(daemon, "x" * 50), r"/(\d+) max")),
    "max-connections": Case(2, 3, count_welcomes),
    "max-connections-per-address": Case(2, 3, count_welcomes),
    "accept-rate": Case(0, 1, accept_rate),
    "output-soft-limit": Case(64 << 20, 1000, partial(soft_limit, small=1000, large=64 << 20),
                              **{"servers.tcp.outputHardLimit": 128 << 20}, **METRICS),
    "output-hard-limit": Case(16 << 20, 1 << 20, partial(hard_limit, small=1 << 20, large=16 << 20), **UNIX, **HALL),
    "metrics-port": Case(any_port, any_port, lambda daemon: metrics_port(daemon, *daemon.values)),
    "metrics-ip": Case("127.0.0.1", "127.0.0.2", metrics_ip, **METRICS),
    "id": Case("one", "two", lambda daemon: re.search("'id': '(.*?)'", answer(daemon, "status")).group(1)),
    "welcome-message": Case("Hi", "Hello", lambda daemon: Client(daemon.address, welcome=False).read()["welcome"]),
    "goodbye-message": Case("Bye", "So long", lambda daemon: re.search("'status': '(.*?)'", answer(daemon, "quit")).group(1)),
    "room": Case(["hall"], ["hall", "yard"], rooms),
    "simultaneous-actions": Case(1, 3, pending),
    "action-timeout": Case(30000, 100, action_timeout),
    "shutdown-limit": Case(5000, 100, shutdown_limit),
    "max-rooms": Case(1, 2, lambda daemon: number_in(answer(
        daemon, "roomAdd hall", "roomAdd yard", "roomAdd attic"), r"\((\d+) max\)"), **HALL),
    "max-members": Case(2, 3, count_members, **HALL),
    "max-params": Case(1, 2, lambda daemon: number_in(answer(
        daemon, "paramAdd a=b", "paramAdd b=c", "paramAdd c=d"), r"\((\d+) params")),
    "max-params-bytes": Case(40, 50, lambda daemon: number_in(answer(daemon, "paramAdd a=" + "x" * 60), r" (\d+) bytes max")),
    "mail-limit": Case(4 << 20, 1, partial(mail_limit, small=1, large=4 << 20), **METRICS, **HALL,
                       **{"general.threads": 2}),
    "max-memory": Case(4 << 20, 8 << 20, max_memory),
    "module": Case(["demo"], [], lambda daemon: [] if "'004'" in answer(daemon, "status") else ["demo"]),
    "threads": Case(2, 3, threads),
    "log-level": Case("info", "debug", log_level),
    "log-format": Case("text", "json", lambda daemon: "json" if log_grows(daemon)[1].startswith("{") else "text"),
    "log-file": Case(in_folder("before"), in_folder("after"), lambda daemon: str(log_grows(daemon)[0])),
}
