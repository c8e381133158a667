"""The programs that are measured: how each is started on a port of 127.0.0.1, with one core to work on.

A server has the first core, and who loads it has the others. To wake up who sleeps on the same core costs about half of
what it costs on another one, and a delivery is little more than that: left to the scheduler, the same server's figures
lie up to 1.9 times apart, depending on where the load program happens to run. Servers with several loops, and the one
that they are compared with, share all cores with their load.

A server is started when it is first asked for, and all are ended by their process, whatever happens.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE = HERE.parents[2]
MODULES = TREE / "build/yardsticks/node_modules"
DEADLINE = 30  # seconds for a server to start
ANSWER = '{"status":"OK","context":"response","messageCount":1234567}'  # as paramView's


class Missing(Exception):
    """The server is not installed."""


def program(*names):
    for name in names:
        path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if path:
            return path
    raise Missing(names[0])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def short_name(number):
    name = ""
    while number > 0:
        number, digit = divmod(number, 36)
        name += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]
    return name


def install_modules():
    """ActionHero, from npm, as package-lock.json says."""
    if MODULES.exists() or not shutil.which("npm"):
        return
    folder = MODULES.parent
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=False,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


class Cores:
    """Which program may run on which core."""

    def __init__(self):
        first, *rest = sorted(os.sched_getaffinity(0))
        self.every = {first, *rest}
        self.server, self.load = ({first}, set(rest)) if rest else (self.every, self.every)

    @staticmethod
    def keep(cores):
        """To be called by the process to come."""
        return lambda: os.sched_setaffinity(0, cores)


class Server:
    """A process, where it listens, and what else ends with it."""

    def __init__(self, process, port):
        self.process, self.port, self.pid = process, port, process.pid
        self.company = []
        self.is_apart = True  # from what loads it

    def stop(self):
        for process in (*self.company, self.process):
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


class Servers:
    """All servers of a comparison, by name: `name` or `name:argument`."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, Path(folder)
        self.cores = Cores()
        self.running = {}

    def __getitem__(self, name):
        if name not in self.running:
            self.running[name] = self.start(name)
        return self.running[name]

    def start(self, name):
        kind, _, argument = name.partition(":")
        return getattr(self, f"start_{kind.replace('-', '_')}")(argument)

    def stop(self):
        while self.running:
            self.running.popitem()[1].stop()

    def spawn(self, *arguments, output=subprocess.DEVNULL, cores=None, **keywords):
        return subprocess.Popen([str(each) for each in arguments], stdin=subprocess.DEVNULL, stdout=output,
                                stderr=subprocess.DEVNULL, cwd=self.folder, text=True,
                                preexec_fn=self.cores.keep(cores or self.cores.server), **keywords)

    def keep_load(self, server):
        """For the process that is to load a server."""
        return self.cores.keep(self.cores.load if server.is_apart else self.cores.every)

    def ready(self, *arguments, **keywords):
        """A program that tells its port on the first line of its output."""
        process = self.spawn(*arguments, output=subprocess.PIPE, **keywords)
        line = process.stdout.readline()
        if not line.startswith("ready "):
            process.kill()
            raise RuntimeError(f"{arguments[0]} did not start: {line!r}")
        return Server(process, int(line.rsplit(":", 1)[1]))

    def listening(self, port, *arguments, **keywords):
        """A program that says nothing when it listens."""
        process = self.spawn(*arguments, **keywords)
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return Server(process, port)
            except OSError:
                time.sleep(0.02)
        process.kill()
        raise RuntimeError(f"{arguments[0]} did not start")

    def certificate(self):
        files = self.folder / "certificate.pem", self.folder / "key.pem"
        if not files[0].exists():
            subprocess.run(
                [program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-days", "2", "-subj", "/CN=localhost", "-out", files[0], "-keyout", files[1]],
                check=True, capture_output=True)
        return files

    def start_echo(self, _):
        return self.ready(self.programs / "bench_echo")

    def start_fanout(self, _):
        return self.ready(self.programs / "bench_fanout")

    def start_stellard(self, _, threads="1", cores=None):
        return self.ready(self.programs / "stellard", "--port", "0", "--module", "demo", "--log-level", "warning",
                          "--threads", threads, cores=cores)

    def start_stellard_loops(self, threads):
        server = self.start_stellard("", threads, self.cores.every)
        server.is_apart = False
        return server

    def start_crowd(self, count):
        """stellard with idle connections that stay."""
        server = self.start_stellard("")
        if int(count) > 0:
            idle = self.spawn(self.programs / "stellar-bench", "--port", server.port, "--idle", count, "--seconds",
                              "3600", "--json", "--quiet", "--pid", server.pid, output=subprocess.PIPE, cores=self.cores.load)
            server.company.append(idle)
            if not idle.stdout.readline().startswith("{"):
                server.stop()
                raise RuntimeError(f"{count} idle connections could not be opened")
        return server

    def start_stellard_tls(self, _):
        certificate, key = self.certificate()
        return self.ready(self.programs / "stellard", "--port", "0", "--module", "demo", "--log-level", "error",
                          "--tls-cert", certificate, "--tls-key", key)

    def start_stellard_rooms(self, count):
        file = self.folder / f"rooms-{count}.json"
        # Short names, since a file of settings may have no more than a mebibyte.
        rooms = {"defaultRoom": {}, **{short_name(number): {} for number in range(1, int(count))}}
        file.write_text(json.dumps({"general": {"startingChatRooms": rooms}}, separators=(",", ":")), "utf-8")
        return self.ready(self.programs / "stellard", "--port", "0", "--log-level", "warning", "--config", file)

    def start_redis(self, _):
        port = free_port()
        return self.listening(port, program("redis-server"), "--port", port, "--bind", "127.0.0.1", "--save", "",
                              "--appendonly", "no", "--protected-mode", "no", "--maxclients", "19500", "--dir",
                              self.folder)

    def start_memcached(self, _):
        port = free_port()
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        return self.listening(port, program("memcached"), *user, "-l", "127.0.0.1", "-p", port, "-U", "0", "-t", "1",
                              "-c", "19500")

    def start_nats(self, _):
        port = free_port()
        return self.listening(port, program("nats-server"), "-a", "127.0.0.1", "-p", port,
                              env={**os.environ, "GOMAXPROCS": "1"})

    def start_actionhero(self, _):
        if not (MODULES / "actionhero-socket-server").exists():
            raise Missing("actionhero")
        return self.ready(program("node", "nodejs"), HERE / "actionhero.js", free_port(),
                          env={**os.environ, "NODE_PATH": str(MODULES)})

    def start_node_tls(self, answer):
        return self.ready(program("node", "nodejs"), HERE / "tls.js", *self.certificate(),
                          ANSWER if answer == "answer" else "")
