"""One figure of one server, as stellar-bench gives it."""

import contextlib
import json
import subprocess
from dataclasses import dataclass

LIMIT = 300  # seconds after which something has gone wrong


@dataclass(frozen=True)
class Figure:
    rate: float  # a second
    cpu: float  # nanoseconds of the server each
    p99: float  # microseconds


class Bench:
    """stellar-bench, and the servers it loads."""

    def __init__(self, programs, servers, seconds):
        self.program = str(programs / "stellar-bench")
        self.servers, self.seconds = servers, seconds

    def command(self, server, *arguments):
        return [self.program, "--port", str(server.port), "--pid", str(server.pid), "--json", "--quiet", *arguments]

    def load(self, server, *arguments):
        done = subprocess.run(self.command(server, *arguments), capture_output=True, text=True, timeout=LIMIT,
                              check=False, preexec_fn=self.servers.keep_load(server))
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr or done.stdout}")
        return json.loads(done.stdout)

    @contextlib.contextmanager
    def beside(self, server, arguments):
        """A second load while something else happens."""
        if not arguments:
            yield
            return
        with subprocess.Popen(self.command(server, "--seconds", "3600", *arguments), stdout=subprocess.DEVNULL,
                              preexec_fn=self.servers.keep_load(server)) as other:
            try:
                yield
            finally:
                other.terminate()

    def take(self, run):
        server = self.servers[run.server]
        with self.beside(server, run.beside):
            result = self.load(server, "--seconds", str(self.seconds), "--warmup", str(round(self.seconds / 10, 3)),
                               *run.arguments)
        return Figure(result["perSecond"], result["server"]["processorNanosecondsEach"], result["latency"]["p99"])

    def memory(self, work):
        """KiB for each connection of a server that had none."""
        server = self.servers.start(work.server)
        try:
            result = self.load(server, "--idle", str(work.count), "--seconds", "0.001", *work.arguments)
        finally:
            server.stop()
        return result["server"]["residentEach"] / 1024
