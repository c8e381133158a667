"""What `cmake --install` installs, and whether a project elsewhere can build on it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import header
from build import BUILD, COMPILER, SANITIZE
from daemon import Client

SOURCES = Path(__file__).parents[2] / "examples"
# Before 1.0 a minor version may change anything, so it is part of the name.
SOVERSION = re.search(r'STELLAR_VERSION +"(0\.\d+|\d+)', (SOURCES.parent / "include/stellar/version.h").read_text()).group(1)
LIMIT = 120  # seconds after which something has gone wrong

PROJECT = """\
cmake_minimum_required(VERSION 3.25)
project(outside LANGUAGES C)
find_package(stellar 0.1 REQUIRED)
add_executable(embed embed.c)
target_link_libraries(embed PRIVATE stellar::server{suffix})
add_executable(parse parse.c)
target_link_libraries(parse PRIVATE stellar::parser{suffix})
"""


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=LIMIT, check=False, **options)
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(name="prefix", scope="module")
def fixture_prefix(tmp_path_factory):
    """Installed once, then moved: nothing may remember where it was."""
    first = tmp_path_factory.mktemp("install") / "first"
    run("cmake", "--install", BUILD, "--prefix", first)
    moved = first.with_name("moved")
    shutil.move(first, moved)
    return moved


def library_folder(prefix):
    return next(prefix.glob("**/pkgconfig")).parent


def pkg_config(prefix, *arguments):
    folder = library_folder(prefix) / "pkgconfig"
    path = f"{folder}:{os.environ.get('PKG_CONFIG_PATH', '')}"
    return run("pkg-config", *arguments, env={**os.environ, "PKG_CONFIG_PATH": path}).split()


def check(program, environment):
    """Whether the program that was built outside parses, or greets."""
    if program.name == "parse":
        assert run(program, input="paramView a\n", env=environment) == "0: paramView key=a\n"
        return
    process = subprocess.Popen([program, "0"], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        host, port = process.stdout.readline().removeprefix("ready ").rsplit(":", 1)
        with Client((host, int(port))) as client:
            assert client.ask('{"action":"greet","params":{"name":"you"}}')["hello"] == "you"
    finally:
        process.kill()
        process.communicate()


def shared_environment(prefix):
    return {**os.environ, "LD_LIBRARY_PATH": str(library_folder(prefix))}


@pytest.mark.parametrize("example, package", [("parse", "stellar-parser"),
                                              ("embed", "stellar-server")])
def test_pkg_config_gives_the_shared_libraries(prefix, tmp_path, example, package):
    program = tmp_path / example
    flags = pkg_config(prefix, "--cflags", "--libs", package)
    run(COMPILER, *SANITIZE, SOURCES / f"{example}.c", "-o", program, *flags)
    needed = run("readelf", "-d", program)
    assert f"[lib{package.replace('-', '_')}.so.{SOVERSION}]" in needed
    check(program, shared_environment(prefix))


@pytest.mark.parametrize("example, package", [("parse", "stellar-parser"),
                                              ("embed", "stellar-server")])
def test_pkg_config_gives_the_static_libraries(prefix, tmp_path, example, package):
    for archive in library_folder(prefix).glob("*.a"):
        shutil.copy(archive, tmp_path)  # so that the linker finds no shared libraries next to them
    program = tmp_path / example
    flags = pkg_config(prefix, "--static", "--cflags", "--libs", package)
    run(COMPILER, *SANITIZE, SOURCES / f"{example}.c", "-o", program, f"-L{tmp_path}", *flags)
    assert "libstellar" not in run("readelf", "-d", program)
    check(program, None)


@pytest.mark.parametrize("example, package", [("parse", "stellar-parser"),
                                              ("embed", "stellar-server")])
@pytest.mark.skipif(bool(SANITIZE), reason="sanitizers do not link statically")
def test_a_program_may_be_static_as_a_whole(prefix, tmp_path, example, package):
    program = tmp_path / example
    flags = pkg_config(prefix, "--static", "--cflags", "--libs", package)
    run(COMPILER, "-static", SOURCES / f"{example}.c", "-o", program, *flags)
    assert "There is no dynamic section" in run("readelf", "-d", program)
    check(program, None)


def build_with_cmake(prefix, folder, suffix, *options):
    """Builds both examples as a project of their own that says find_package(stellar)."""
    for example in "embed.c", "parse.c":
        shutil.copy(SOURCES / example, folder)
    (folder / "CMakeLists.txt").write_text(PROJECT.format(suffix=suffix))
    build = folder / "build"
    run("cmake", "-G", "Ninja", "-S", folder, "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_C_COMPILER={COMPILER}", f"-DCMAKE_C_FLAGS={' '.join(SANITIZE)}", *options)
    run("cmake", "--build", build)
    return build / "embed", build / "parse"


@pytest.mark.parametrize("suffix", ["", "_shared"])
def test_find_package_gives_both(prefix, tmp_path, suffix):
    for program in build_with_cmake(prefix, tmp_path, suffix):
        needs_ours = "libstellar" in run("readelf", "-d", program)
        assert needs_ours == bool(suffix)
        check(program, None)


@pytest.mark.skipif(bool(SANITIZE), reason="sanitizers do not link statically")
def test_find_package_lets_a_program_be_static_as_a_whole(prefix, tmp_path):
    for program in build_with_cmake(prefix, tmp_path, "", "-Dstellar_USE_STATIC_LIBS=ON",
                                    "-DCMAKE_EXE_LINKER_FLAGS=-static"):
        assert "There is no dynamic section" in run("readelf", "-d", program)
        check(program, None)


def test_the_amalgamation_needs_no_other_file(tmp_path):
    """Two files copied elsewhere, and a program that includes one by its name."""
    for name in "stellar_parser.h", "stellar_parser.c":
        shutil.copy(BUILD / "amalgamation" / name, tmp_path)
    source = (SOURCES / "parse.c").read_text()
    assert '"stellar/parser.h"' in source
    (tmp_path / "parse.c").write_text(source.replace("stellar/parser.h", "stellar_parser.h"))
    run(COMPILER, *SANITIZE, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror",
        "parse.c", "stellar_parser.c", "-o", "parse", cwd=tmp_path)
    check(tmp_path / "parse", None)


def test_the_installed_daemon_finds_the_installed_module(prefix):
    done = run(prefix / "bin/stellard", "--check-config", "--module", "demo")
    assert done == "configuration ok\n"


def test_a_module_needs_the_headers_only(prefix, tmp_path):
    module = tmp_path / "module.so"
    flags = pkg_config(prefix, "--cflags", "stellar-server")
    run(COMPILER, "-shared", "-fPIC", SOURCES / "module.c", "-o", module, *flags)
    assert run(prefix / "bin/stellard", "--check-config", "--module", module) == "configuration ok\n"


@pytest.mark.parametrize("page", ["man1/stellar-parse.1", "man7/stellar-tcp.7",
                                  "man8/stellard.8"])
def test_manual_pages_are_installed(prefix, page):
    assert (prefix / "share/man" / page).stat().st_size > 500


def test_each_function_and_struct_has_a_manual_page_by_its_name(prefix):
    folder = prefix / "share/man/man3"
    for name in [*header.functions("parser.h"), *header.functions("server.h"),
                 *header.structs("parser.h"), *header.structs("server.h")]:
        page = (folder / f"{name}.3").read_text("utf-8")
        if page.startswith(".so "):
            page = (folder.parent / page.removeprefix(".so ").strip()).read_text("utf-8")
        assert re.search(rf"^\.Nm {name}( ,)?$", page, re.M), name


def test_headers_and_programs_are_installed(prefix):
    assert sorted(path.name for path in (prefix / "include/stellar").iterdir()) == [
        "answer.h", "options.h", "parser.h", "server.h", "stats.h", "version.h"]
    assert {"stellard", "stellar-parse"} <= {path.name for path in (prefix / "bin").iterdir()}
