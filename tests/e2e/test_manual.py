"""The manual pages in section 3 say what the headers declare."""

import re
from pathlib import Path

import pytest

import header

PAGES = {path.stem: path.read_text("utf-8")
         for path in (Path(__file__).parents[2] / "docs/man3").glob("*.3")}
HEADERS = ["parser.h", "answer.h", "server.h"]
PRIVATE = {"stellar_parser", "stellar_token"}  # of which only the size is public


def part(page, heading):
    return re.search(rf"^\.Sh {heading}\n(.*?)^\.Sh ", PAGES[page] + ".Sh ", re.M | re.S).group(1)


def names(page):
    return re.findall(r"^\.Nm (\w+)", part(page, "NAME"), re.M)


def prototypes(page):
    """What the synopsis declares, in the form of header.functions()."""
    found = re.findall(r"^\.Ft (.*)\n\.Fo (.*)\n((?:\.Fa .*\n)*)\.Fc$", part(page, "SYNOPSIS"), re.M)
    return {name: (result, re.findall(r'^\.Fa "(.*)"$', given, re.M)) for result, name, given in found}


@pytest.mark.parametrize("file", HEADERS)
def test_each_prototype_is_that_of_the_header(file):
    shown = {}
    for page in PAGES:
        if f".In stellar/{file}\n" in PAGES[page]:
            assert not shown.keys() & prototypes(page).keys()
            shown |= prototypes(page)
    assert shown == header.functions(file)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_is_named_after_all_that_it_declares(page):
    structs = re.findall(r'^\.Vt "struct (\w+)" ;$', part(page, "SYNOPSIS"), re.M)
    assert set(names(page)) == {page, *structs, *prototypes(page)}
    assert all(name in PAGES[page].split("\n.Sh DESCRIPTION")[1] for name in prototypes(page))


@pytest.mark.parametrize("file", HEADERS)
def test_each_public_field_is_described_as_it_is_declared(file):
    for struct, fields in header.structs(file).items():
        page, = (page for page in PAGES if f'.Vt "struct {struct}" ;' in PAGES[page])
        described = re.findall(r'^\.It Fa "(.*)"$', PAGES[page], re.M)
        if struct not in PRIVATE:
            runs = [described[start:start + len(fields)] for start in range(len(described))]
            assert fields in runs, struct


@pytest.mark.parametrize("file", HEADERS)
def test_each_opaque_struct_has_a_page(file):
    opaque = re.findall(r"^struct (\w+);", header.code(file), re.M)
    assert set(opaque) <= PAGES.keys()
    assert bool(opaque) == (file == "server.h")


def test_references_lead_to_pages():
    ours = {name for page in PAGES for name in names(page)}
    for page, text in PAGES.items():
        for name in re.findall(r"^\.Xr (stellar_\w+) 3", text, re.M):
            assert name in ours, f"{page} refers to {name}"
