"""Descriptions of the ABI: their order does not depend on the order in which the libraries were linked."""

import random
import runpy
import shutil
import subprocess
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

ABI = Path(__file__).parents[2] / "src/package/abi"
DESCRIPTIONS = sorted(ABI.glob("*.abi"))
sort = runpy.run_path(str(ABI / "sort"))["sort"]


def shuffle(text, seed):
    """The same ABI as abidw might write it: other units, other numbers, and opaque types once in each unit."""
    chance = random.Random(seed)
    corpus = xml.fromstring(text)
    whole = corpus.find("abi-instr")
    corpus.remove(whole)
    nodes = list(whole)
    chance.shuffle(nodes)
    units = [xml.SubElement(corpus, "abi-instr", {**whole.attrib, "path": f"src/{n}.c"}) for n in range(5)]
    for node in nodes:
        chance.choice(units).append(node)
    numbers = {node.get("id"): f"{chance.getrandbits(32):08x}" for node in corpus.iter() if "id" in node.attrib}
    opaque = [node for node in nodes if node.get("is-declaration-only") == "yes"]
    assert opaque or "parser" in text
    doublets = {node.get("id"): f"{chance.getrandbits(32):08x}" for node in opaque}
    for node in corpus.iter():
        used = node.get("type-id")
        if used:
            node.set("type-id", chance.choice([numbers[used], doublets.get(used, numbers[used])]))
        if "id" in node.attrib:
            node.set("id", numbers[node.get("id")])
    names = {numbers[old]: new for old, new in doublets.items()}
    for node in opaque:
        xml.SubElement(units[0], node.tag, {**node.attrib, "id": names[node.get("id")]})
    return xml.tostring(corpus, encoding="unicode")


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda path: path.stem)
def test_any_order_becomes_the_same(description):
    text = description.read_text()
    assert sort(text) == text, "the description is not sorted: cmake --build build/release --target abi-update"
    for seed in range(20):
        shuffled = shuffle(text, seed)
        assert shuffled != text and sort(shuffled) == text


@pytest.mark.skipif(not shutil.which("abidiff"), reason="abigail-tools are not installed")
@pytest.mark.parametrize("old, new, same", [
    ('"', "'", True),
    ('name="stellar_utf8_check"', 'name="stellar_utf8_checks"', False),
    ('name="offset"', 'name="offsets"', False),
    ('layout-offset-in-bits="64"', 'layout-offset-in-bits="96"', False),
    ('name="STELLAR_QUIT" value="1"', 'name="STELLAR_QUIT" value="101"', False),
])
def test_a_change_shows_after_sorting(tmp_path, old, new, same):
    text = (ABI / "libstellar_parser.abi").read_text()
    assert old in text
    files = tmp_path / "one.abi", tmp_path / "other.abi"
    files[0].write_text(shuffle(text, 1))
    files[1].write_text(sort(text.replace(old, new)))
    done = subprocess.run(["abidiff", "--harmless", *files], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is same, done.stdout
