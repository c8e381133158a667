"""What a hostile client, or many, must not take from the others: each of these once stopped or hurt the daemon."""

import resource
import signal
import socket
import threading

from daemon import DEADLINE, GOODBYE, Client


def test_without_descriptors_no_loop_is_busy_with_accepting(server):
    """Loops take the last descriptor from each other; those connected are still served, and the log stays short."""
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))

    daemon = server("--threads", 4, preexec=limit)
    clients = [daemon.connect() for _ in range(4)]
    others = [socket.create_connection(daemon.address, DEADLINE) for _ in range(200)]
    for count in range(1, 50):
        for client in clients:
            assert client.ask("paramsView")["messageCount"] == count
    assert daemon.log().count("too many open files") < 100
    for connection in others:
        connection.close()
    for client in clients:
        client.close()
