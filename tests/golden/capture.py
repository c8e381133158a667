#!/usr/bin/env python3
"""Writes golden sessions as a capture file, as if they had been recorded on an Ethernet.

Each client is a TCP connection from a port of its own. Placeholders in the server's lines
are filled with values of their kind. The same sessions give the same bytes.
"""

import argparse
import struct
import sys
from pathlib import Path

from play import PLACEHOLDER, Session, sessions

SERVER_PORT = 5000
FIRST_CLIENT_PORT = 20000
LARGEST_SEGMENT = 1400

# How the bytes of one side are cut into segments, in addition to the limit above.
SPLITS = {
    "whole": "what is sent at once is one segment",
    "bytes": "each byte is a segment",
    "sevens": "seven bytes a segment",
    "joined": "all that a client sends is one segment",
    "late": "segments end one byte behind the end of a line",
}

WELCOME = b'{"welcome":"Hello human! Welcome to Stellar","context":"api"}\r\n'
GOODBYE = b'{"status":"Bye!","context":"api"}\r\n'

ETHERNET = bytes.fromhex("020000000002 020000000001 0800")
FIN, SYN, PUSH, ACK = 1, 2, 8, 16


class Filler:
    """Values for placeholders."""

    def __init__(self):
        self.named = {}
        self.count = 0

    def fill(self, text):
        return PLACEHOLDER.sub(self._one, text)

    def _one(self, match):
        kind, name = match.group(1).decode(), match.group(2)
        if name in self.named:
            return self.named[name]
        self.count += 1
        value = {
            "id": f"00000000-0000-4000-8000-{self.count:012x}",
            "ms": str(1795403425000 + self.count),
            "int": str(self.count),
            "number": f"{self.count}.5",
            "ip": "10.0.0.1",
            "port": "20000",
            "text": "text",
        }[kind].encode()
        if name:
            self.named[name] = value
        return value


class Connection:
    """What both sides of a client's connection say: pairs of who, and bytes."""

    def __init__(self, session, name):
        self.session = session
        self.name = name
        self.port = None
        self.said = []

    def say(self, client, data):
        self.said.append((client, data))

    def bytes_of(self, client):
        return b"".join(data for who, data in self.said if who == client)


def connections(session):
    """The connections of a session, in the order in which its clients appear."""
    filler, found, ended = Filler(), {}, set()
    for step in session.steps:
        if step.client not in found:
            connection = found[step.client] = Connection(session, step.client)
            if step.kind not in ("line", "unordered", "bytes"):
                connection.say(False, WELCOME)
        connection = found[step.client]
        if step.kind == "send":
            connection.say(True, step.data)
        elif step.kind in ("line", "unordered"):
            connection.say(False, filler.fill(step.data) + b"\r\n")
        elif step.kind == "bytes":
            connection.say(False, step.data)
        else:
            ended.add(step.client)
    for name, connection in found.items():
        if name not in ended:
            connection.say(True, b"quit" + session.line_end)
            connection.say(False, GOODBYE)
    return list(found.values())


def cut(said, split, line_end):
    """The segments: pairs of who, and bytes."""
    if split == "joined":
        said = [(True, b"".join(data for client, data in said if client)),
                *((client, data) for client, data in said if not client)]
    if split == "late":
        yield from cut_late(said, line_end)
        return
    size = {"bytes": 1, "sevens": 7}.get(split, LARGEST_SEGMENT)
    for client, data in said:
        for at in range(0, len(data), size):
            yield client, data[at:at + size]


def cut_late(said, line_end):
    """Each side's segments end with the first byte of a line that is not yet whole."""
    for side in True, False:
        data = b"".join(data for client, data in said if client == side)
        end = line_end if side else b"\r\n"
        start = 0
        while start < len(data):
            found = data.find(end, start + 1)
            stop = found + len(end) + 1 if found >= 0 else len(data)
            stop = min(stop, start + LARGEST_SEGMENT)
            yield side, data[start:stop]
            start = stop


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


class Capture:
    """A file in the format of libpcap, version 2.4."""

    def __init__(self, file):
        self.file = file
        self.clock = 1795403425000000
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))

    def _packet(self, ports, sequence, acknowledged, flags, data):
        addresses = bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2])
        if ports[0] == SERVER_PORT:
            addresses = addresses[::-1]

        def tcp(check):
            return struct.pack(">HHIIBBHHH", *ports, sequence, acknowledged, 5 << 4, flags,
                               65535, check, 0) + data

        def ip(check):
            return struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + len(data), 0, 0x4000, 64, 6,
                               check, *addresses)

        pseudo = struct.pack(">4s4sBBH", *addresses, 0, 6, 20 + len(data))
        packet = ETHERNET + ip(checksum(ip(0))) + tcp(checksum(pseudo + tcp(0)))
        self.clock += 1000
        self.file.write(struct.pack("<IIII", *divmod(self.clock, 1000000), len(packet),
                                    len(packet)) + packet)

    def write(self, connection, split):
        ports = {True: (connection.port, SERVER_PORT), False: (SERVER_PORT, connection.port)}
        next_byte = {True: 1000, False: 5000}

        def send(client, flags, data=b""):
            acknowledged = next_byte[not client] if flags & ACK else 0
            self._packet(ports[client], next_byte[client], acknowledged, flags, data)
            next_byte[client] += len(data) + bool(flags & (SYN | FIN))

        send(True, SYN)
        send(False, SYN | ACK)
        send(True, ACK)
        for client, data in cut(connection.said, split, connection.session.line_end):
            send(client, PUSH | ACK, data)
        send(False, FIN | ACK)
        send(True, FIN | ACK)
        send(False, ACK)


def write(path, played, split):
    """Writes the sessions. Returns their connections, with their ports."""
    written = [connection for session in played for connection in connections(session)]
    with open(path, "wb") as file:
        capture = Capture(file)
        for port, connection in enumerate(written, FIRST_CLIENT_PORT):
            connection.port = port
            capture.write(connection, split)
    return written


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="whole",
                        help="; ".join(f"{name}: {text}" for name, text in SPLITS.items()))
    parser.add_argument("output", type=Path)
    parser.add_argument("session", type=Path, nargs="*", help="by default all")
    arguments = parser.parse_args()
    for connection in write(arguments.output,
                            [Session(path) for path in arguments.session or sessions()],
                            arguments.split):
        name = connection.session.path.stem + (f" ({connection.name})" if connection.name else "")
        print(f"{connection.port} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
