"""Membership ends with the connection, however that ends."""

import socket
import struct

import pytest

from daemon import until


def close(connection):
    connection.close()


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("end", [close, reset])
def test_who_is_gone_is_no_member(server, tls_server, end, tls):
    daemon = (tls_server if tls else server)()
    with daemon.connect(tls=tls) as alice:
        bob = daemon.connect(tls=tls)
        for client in alice, bob:
            assert client.ask("roomAdd defaultRoom")["data"] is True
        end(bob.socket)
        # What was sent on another connection may be read first, so alice may have to look again.
        until(lambda: alice.ask("roomView defaultRoom")["data"]["membersCount"] == 1, "bob is still a member")
        assert alice.ask("say defaultRoom alone")["status"] == "OK"
        assert alice.read()["message"] == "alone"
        assert alice.ask("paramsView")["status"] == "OK"
