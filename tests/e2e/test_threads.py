"""Several loops: a connection lives on one of them, rooms span all."""

import pytest

from daemon import GOODBYE

CLIENTS = 40


@pytest.fixture
def clients(server):
    daemon = server("--threads", 4)
    connected = [daemon.connect() for _ in range(CLIENTS)]
    yield connected
    for client in connected:
        client.close()


def join_all(clients):
    ids = [client.identify() for client in clients]
    assert len(set(ids)) == len(clients)
    for client in clients:
        assert client.ask("roomAdd defaultRoom")["data"] is True
    return ids


def test_say_reaches_members_on_all_loops(clients):
    ids = join_all(clients)
    for sender, sender_id in zip(clients[:8], ids):
        assert sender.ask("say defaultRoom from " + sender_id)["status"] == "OK"
        for client in clients:
            chat = client.read()
            assert (chat["message"], chat["from"]) == ("from " + sender_id, sender_id)


def test_roomview_lists_members_of_all_loops(clients):
    ids = join_all(clients)
    for client in clients:
        view = client.ask("roomView defaultRoom")["data"]
        assert view["membersCount"] == CLIENTS
        assert set(view["members"]) == set(ids)
        assert set(client.ask("detailsView")["data"]["members"]["defaultRoom"]) == set(ids)


def test_the_order_of_each_sender_is_kept(clients):
    ids = join_all(clients)
    senders, count = clients[:8], 100
    for sender in senders:
        sender.send(*[f"say defaultRoom {number}" for number in range(count)])
    for client in clients:
        heard = {sender_id: [] for sender_id in ids[:8]}
        while sum(map(len, heard.values())) < count * len(senders):
            line = client.read()
            if line["context"] == "user":
                heard[line["from"]].append(int(line["message"]))
            else:
                assert line["status"] == "OK"
        assert all(numbers == list(range(count)) for numbers in heard.values())


def test_the_ok_of_say_comes_before_the_senders_copy(clients):
    join_all(clients)
    for client in clients:
        client.send("say defaultRoom own")
        assert client.read()["status"] == "OK"
        for member in clients:
            assert member.read()["message"] == "own"


def test_who_left_or_quit_hears_nothing_more(clients):
    join_all(clients)
    leavers, stayers = clients[:10], clients[10:]
    for client in leavers[:5]:
        assert client.ask("roomLeave defaultRoom")["data"] is True
    for client in leavers[5:]:
        client.send("quit")
        assert client.read() == GOODBYE
        assert client.read() is None
    for client in stayers:
        assert client.ask("say defaultRoom still here")["status"] == "OK"
        for member in stayers:
            assert member.read()["message"] == "still here"
    for client in leavers[:5]:
        assert client.ask("paramsView")["data"] == {}


def test_all_loops_drain(server):
    daemon = server("--threads", 4)
    clients = [daemon.connect() for _ in range(CLIENTS)]
    for client in clients:
        client.send('{"action":"sleepTest","params":{"sleepDuration":300}}', "paramsView")
        assert client.read()["status"] == "OK"
    daemon.signal()
    for client in clients:
        assert client.read()["sleepDuration"] == 300
        assert client.read() == GOODBYE
        assert client.read() is None
        client.close()
    assert daemon.wait() == 0


def test_actions_are_finished_from_other_threads(server, test_module):
    daemon = server("--threads", 4, "--module", test_module)
    clients = [daemon.connect() for _ in range(CLIENTS)]
    for client in clients:
        client.send(*["threaded"] * 5)
    for client in clients:
        counts = {client.read()["messageCount"] for _ in range(5)}
        assert counts == {1, 2, 3, 4, 5}
        client.close()


def test_a_thread_that_keeps_its_call_holds_nobody_up_at_the_end(server, test_module):
    daemon = server("--module", test_module, "--shutdown-limit", 1)
    with daemon.connect() as client:
        client.send("stuck", "detailsView")
        assert client.read()["data"]["pendingActions"] == 1
        daemon.signal()
        assert client.read() == GOODBYE
    assert daemon.wait() == 0
    assert daemon.log().endswith("warning actions that have not finished are left behind\n")
