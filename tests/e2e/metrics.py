"""The daemon's page for Prometheus, read as Prometheus reads it."""

import http.client
import re
import socket

from daemon import DEADLINE

SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"\})? (\S+)')


def free_port():
    """A port that nobody has now: the daemon takes none chosen by the kernel for this, as 0 switches it off."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def get(port, path="/metrics", method="GET"):
    """Status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    finally:
        connection.close()


def parse(text):
    """Checks that the text is of the exposition format, version 0.0.4, and returns {(name, label): value} and
    {name: type}. Each family has its HELP and TYPE, in this order, before its samples, and is not split."""
    assert text.endswith("\n")
    values, types, family = {}, {}, None
    for line in text.splitlines():
        if match := re.fullmatch(r"# HELP (\S+) (.+)", line):
            family = match.group(1)
            assert family not in types, f"{family} twice"
            types[family] = None
        elif match := re.fullmatch(r"# TYPE (\S+) (counter|gauge|histogram)", line):
            assert match.group(1) == family and types[family] is None
            types[family] = match.group(2)
        else:
            match = SAMPLE.fullmatch(line)
            assert match, f"no sample: {line!r}"
            name, _, label, value = match.groups()
            ours = (f"{family}_bucket", f"{family}_sum", f"{family}_count")
            assert name in (ours if types[family] == "histogram" else (family,)), line
            assert (name, label) not in values, f"{name} {label} twice"
            values[name, label] = float(value)
    assert None not in types.values()
    return values, types


def scrape(port):
    status, headers, body = get(port)
    assert status == 200
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return parse(body)[0]
