"""What a hostile client, or many, must not take from the others: each of these once stopped or hurt the daemon."""

import resource
import signal
import socket
import threading

import pytest

from daemon import DEADLINE, until


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


def test_who_does_not_read_cannot_keep_the_daemon_from_ending(server):
    daemon = server("--shutdown-limit", 100)
    idle = [daemon.connect() for _ in range(4)]
    for client in idle[:2]:
        client.send("paramAdd a=" + "x" * 60000, *["paramView a"] * 200)
    for client in idle[2:]:
        client.send("paramAdd a=" + "x" * 60000, *["paramView a"] * 200, "quit")
    for client in idle:
        assert client.read()["messageCount"] == 1
    daemon.stop()


def test_actions_without_a_client_hold_no_memory(server):
    """However long they would sleep: 400 times 5 params of 60 KB are 120 MB."""
    daemon = server("--action-timeout", 50)
    line = b'{"action":"sleepTest","params":{"sleepDuration":3600000,"x":"' + b"x" * 60000 + b'"}}\n'
    before = daemon.memory()
    for turn in range(400):
        with daemon.connect() as client:
            client.socket.sendall(line * 5 + b"paramsView\n")
            # Sometimes all have timed out before the client goes, else it goes first.
            answered = {client.read()["messageCount"]}
            while 6 not in answered or (turn % 20 == 0 and len(answered) < 6):
                answered.add(client.read()["messageCount"])
    assert daemon.memory() - before < 32 << 20


@pytest.mark.parametrize("threads", [1, 2])
def test_who_reads_is_not_cut_off_by_many_who_talk_at_once(server, threads):
    """The rest of a batch is offered to a member before the waiting output counts for its limit."""
    daemon = server("--threads", threads, "--room", "r", "--output-hard-limit", 1 << 20)
    listener = daemon.connect()
    talkers = [daemon.connect() for _ in range(6)]
    for client in listener, *talkers:
        assert client.ask("roomAdd r")["data"] is True
    until(lambda: listener.ask("roomView r")["data"]["membersCount"] == 1 + len(talkers), "not all are members")

    def drain(client):
        try:
            while client.socket.recv(1 << 18):
                pass
        except OSError:
            pass

    readers = [threading.Thread(target=drain, args=(client,)) for client in talkers]
    for reader in readers:
        reader.start()
    daemon.signal(signal.SIGSTOP)
    count = 3000
    for client in talkers:
        client.socket.sendall(b"say r x\n" * count)
    daemon.signal(signal.SIGCONT)
    for _ in range(count * len(talkers)):
        assert listener.read()["message"] == "x"
    assert listener.ask("paramsView")["status"] == "OK"
    for client in talkers:
        client.socket.shutdown(socket.SHUT_RDWR)
    for reader in readers:
        reader.join()
