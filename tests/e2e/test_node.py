"""Node: tls.connect as in the guide, and all of the npm package actionhero-node-client."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from daemon import DEADLINE, GOODBYE, WELCOME

SCRIPTS = Path(__file__).with_name("node")
MODULES = Path(os.environ.get("STELLAR_NODE_MODULES",
                              Path(__file__).parents[2] / "build/npm/node_modules"))

needs_client = pytest.mark.skipif(
    not (MODULES / "actionhero-node-client").exists(),
    reason="actionhero-node-client is not installed; ./check installs it")


def node(script, *arguments):
    run = subprocess.run(["node", SCRIPTS / script, *map(str, arguments)], capture_output=True,
                         text=True, timeout=3 * DEADLINE,
                         env={**os.environ, "STELLAR_NODE_MODULES": str(MODULES)})
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_tls_connect_as_in_the_guide(tls_server):
    received = json.loads(node("tls_connect.js", tls_server().port))
    assert received[0] == WELCOME
    assert [line.get("messageCount") for line in received[1:4]] == [1, 2, 3]
    assert received[2]["data"] == "value"
    assert received[4:] == [GOODBYE]


@needs_client
def test_actionhero_node_client(server):
    assert node("client.js", server().port) == "ok\n"


@needs_client
def test_actionhero_node_client_over_tls(tls_server):
    assert node("client.js", tls_server().port, "secure") == "ok\n"
