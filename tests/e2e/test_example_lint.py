"""examples/lint.c: what it says of files, and its exit status."""

import subprocess

import pytest

from daemon import BIN, DEADLINE

LINT = BIN / "examples/lint"
FINE, REFUSED, UNREADABLE = 0, 1, 2


def lint(*files, text=b"", folder=None):
    """Returns the exit status, standard output and standard error."""
    done = subprocess.run([LINT, *files], input=text, capture_output=True, timeout=DEADLINE, check=False, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_session_without_an_error_is_silent():
    assert lint(text=b'paramAdd a=b\r\n\nsay hall, hello\n{"action":"status"}\nanything else\n') == (FINE, "", "")
    assert lint() == (FINE, "", "")


def test_each_refused_line_has_its_number_column_and_caret(tmp_path):
    (tmp_path / "bad.txt").write_bytes(
        b"paramView a\r\n\r\nroomAdd\n\n  \n\tsay hall \xc3\xb6\xc3(\n"
        b'{"action":status}\r{"params":[1]}\nquit\nparamView')
    assert lint("bad.txt", folder=tmp_path) == (REFUSED, """\
bad.txt:3:8: A room is required (021)
  roomAdd
         ^
bad.txt:6:14: Invalid UTF-8 at byte 13: expected a continuation byte (80 to BF) (024)
  .say hall ö.(
              ^
bad.txt:7:11: Malformed JSON at byte 10: expected a value (023)
  {"action":status}
            ^
bad.txt:8:11: Param 'params' has an invalid type, expected object (003)
  {"params":[1]}
            ^
bad.txt:10:10: A server waits for the end of this line (unfinished)
  paramView
           ^
""", "")


def test_of_a_long_line_the_part_around_the_error_is_shown():
    line = b'{"long":"' + "ö".encode() * 1000 + b'" "and":"' + b"x" * 1000 + b'"}\n'
    assert lint(text=line) == (REFUSED, f"""\
-:1:2012: Malformed JSON at byte 2011: expected ',' or '}}' (023)
  {'ö' * 24}" "and":"{'x' * 19}
  {' ' * 26}^
""", "")


def test_a_terminal_gets_no_control_characters():
    status, shown, _ = lint(text="\x1b[31m\x7f\u009b1m\0 \r".encode() + b"\xff\n")
    assert (status, [byte for byte in shown if not byte.isprintable()]) == (REFUSED, ["\n"] * 3)


def test_a_line_that_is_too_long_is_named():
    status, shown, _ = lint(text=b"quit\n" + b"x" * 70000 + b"\nquit\n")
    assert status == REFUSED
    assert shown.startswith("-:2:65537: Data length is too big (65537 received/65536 max) (008)\n  xxx")


@pytest.mark.parametrize("name, why", [("absent.txt", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path, name, why):
    (tmp_path / "bad.txt").write_bytes(b"roomAdd\n")
    assert lint(name, "bad.txt", folder=tmp_path) == (
        UNREADABLE, "bad.txt:1:8: A room is required (021)\n  roomAdd\n         ^\n", f"lint: {name}: {why}\n")


def test_output_that_cannot_be_written_is_told():
    with open("/dev/full", "wb") as full:
        done = subprocess.run([LINT], input=b"roomAdd\n", stdout=full, stderr=subprocess.PIPE, timeout=DEADLINE,
                              check=False)
    assert (done.returncode, done.stderr) == (UNREADABLE, b"lint: standard output: No space left on device\n")
