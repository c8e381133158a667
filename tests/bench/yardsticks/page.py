"""The results as Markdown."""

import os
import platform
import statistics
import time
from pathlib import Path

UNITS = ((1e6, " M"), (1e3, " k"), (1, ""))


def three(value):
    """A number with three digits that count."""
    if value >= 99.5:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 9.95 else f"{value:.2f}"


def scaled(value):
    for scale, suffix in UNITS:
        if value >= scale:
            return three(value / scale) + suffix
    return three(value)


def duration(nanoseconds):
    for scale, suffix in ((1e6, " ms"), (1e3, " µs"), (1, " ns")):
        if nanoseconds >= scale:
            return three(nanoseconds / scale) + suffix
    return three(nanoseconds) + " ns"


def median(values):
    return statistics.median(values)


def spread(values):
    """Half the range, in percent of the median."""
    middle = median(values)
    return f"±{(max(values) - min(values)) / 2 / middle * 100:.0f} %" if middle else "–"


def rate_ratios(ours, theirs):
    return [a.rate / b.rate if b.rate else 0 for a, b in zip(ours, theirs)]


def cpu_ratios(ours, theirs):
    """What each gets done in a second of its processor."""
    return [b.cpu / a.cpu if a.cpu else 0 for a, b in zip(ours, theirs)]


class Verdict:
    """An aim, and what came of it."""

    def __init__(self, aim, figures):
        ours, theirs = figures[aim.ours], figures[aim.yardstick]
        self.aim = aim
        self.rate, self.cpu = rate_ratios(ours, theirs), cpu_ratios(ours, theirs)
        found = self.rate if aim.by == "rate" else self.cpu
        if aim.most:
            found = [1 / each if each else float("inf") for each in found]
        self.found, self.value = found, median(found)
        self.reached = self.value <= aim.most if aim.most else self.value >= aim.least

    def row(self):
        aim = self.aim
        wanted = f"costs ≤ {aim.most:g} ×" if aim.most else f"≥ {aim.least:g} ×"
        by = "rate" if aim.by == "rate" else "CPU"
        return (f"| {aim.work} | {wanted} {aim.yardstick} | **{three(self.value)}** ({by}) | {spread(self.found)} "
                f"| {three(median(self.rate))} | {'yes' if self.reached else '**no**'} |")


def aims_table(verdicts):
    return ["| work | aim | found | spread | ratio of rates | reached |", "|---|---|--:|--:|--:|---|",
            *(verdict.row() for verdict in verdicts)]


def figures_table(section, figures):
    lines = [f"| {section.title} | a second | spread | p99 | server CPU each |", "|---|--:|--:|--:|--:|"]
    for run in section.runs:
        found = figures.get(run.name)
        if found:
            rates = [each.rate for each in found]
            lines.append(f"| {run.name} | {scaled(median(rates))} | {spread(rates)} "
                         f"| {duration(median([each.p99 for each in found]) * 1000)} "
                         f"| {duration(median([each.cpu for each in found]))} |")
    return lines


def memory_value(work, found):
    """KiB a connection, or what is added to another's."""
    values = found[work.name]
    return [a - b for a, b in zip(values, found[work.above])] if work.above else values


def memory_table(works, found):
    lines = ["| idle connections | KiB each | aim | reached |", "|---|--:|---|---|"]
    for work in works:
        if work.name not in found:
            continue
        value = median(memory_value(work, found))
        text = f"{median(found[work.name]):.2f}" + (f" (+{value:.2f})" if work.above else "")
        if work.most:
            lines.append(f"| {work.name} | {text} | {'+' if work.above else ''}≤ {work.most:g} "
                         f"| {'yes' if value <= work.most else '**no**'} |")
        else:
            lines.append(f"| {work.name} | {text} | | |")
    return lines


def where():
    """The machine, in words."""
    names = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
             if line.startswith("model name")]
    return (f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, "
            f"Linux {platform.release().split('-')[0]}")


def limits():
    """Why some aims are hard to meet, or cannot be met; measured once, with perf, callgrind and strace."""
    return [
        "### What limits a request",
        "",
        "Sixteen requests of a client are one `read` and one `send`, as in the bare echo, and one turn of the loop is "
        "one `epoll_wait` for all clients. The server's time (`perf record -e cpu-clock`, `paramView k`) divides into "
        "75 % in the kernel and 10 % in the C library, mostly on the way into the kernel and back; 11 % in the parser "
        "and the server's own code (675 instructions a request), and 3 % in libuv. The bare echo spends 83 % in the "
        "kernel. The ratio of the bare echo to redis-server shows the best that is possible with one `read` and one "
        "`send` for each client.",
        "",
        "### What limits a delivery",
        "",
        "A member gets one `send` for everything that one read has brought. With a hundred members and sixteen "
        "outstanding messages, each turn makes a hundred `send`, one `read`, one `epoll_wait`, and no other system "
        "call. Then 86 % of the server's time is spent in the kernel, which carries the bytes through TCP to the "
        "reader's socket; 7 % in the C library, mostly on the way into the kernel, and 5.5 % in the server's own code. "
        "The bare fan-out has 87 % and 7 %. No server that sends to each member separately can be much faster, and the "
        "ratio of the bare fan-out to Redis shows the best that is possible.",
        "",
        "With one member, a delivery includes the cost of a whole `say`, its answer, and a sixteenth of the cost of "
        "waking up and reading; the rows of the bare fan-out show that most of this is the system's. With 1000 members "
        "and more, the data that the kernel keeps for each connection probably no longer fits the processor's caches; "
        "the bare fan-out also costs more.",
        "",
        "### What limits a handshake",
        "",
        "A full handshake is 12 million instructions (`valgrind --tool=callgrind`): 42 % are BearSSL's ECDSA "
        "signature, 33 % its two multiplications on X25519, all in constant time and without assembler, 18 % the "
        "interpreter that runs its handshake code, 5 % SHA-256. Debian's BearSSL 0.6 has no faster curves (`m64`). "
        "Measured alone, in a loop over each, they took 0.41 ms and 2 × 0.14 ms on a busy machine, where OpenSSL's "
        "assembler takes 0.03 and 2 × 0.03.",
        "",
        "### What more loops cost",
        "",
        "All processes share two cores here. With 8 loops each has an eighth of the clients, so its turns are shorter. "
        "There should be more `epoll_wait` and more switches between threads for the same number of requests; neither "
        "was counted. A request takes no lock, and the instructions for a delivery grow by 1 % with 8 loops "
        "(`tests/bench/budget`).",
    ]


def storm_line(section, figures):
    if any(run.name not in figures for run in section.runs):
        return ""
    quiet, stormy = (median([each.p99 for each in figures[run.name]]) / 1000 for run in section.runs)
    return (f"Open TLS connections during a handshake storm: p99 {quiet:.2f} ms quiet, {stormy:.2f} ms in the storm, "
            f"{stormy - quiet:+.2f} ms. Aim: within 3 ms; reached: {'yes' if stormy - quiet <= 3 else '**no**'}. The load "
            "programs share the cores that the server leaves free.")


def heading(command, rounds, seconds, left_out):
    lines = [
        f"{time.strftime('%Y-%m-%d')}, {where()}, load average {os.getloadavg()[0]:.1f} at the end; medians of "
        f"{rounds} rounds of {seconds:g} s a figure, in turns; by `{command}`.",
        "",
        "“CPU” compares how much servers do in a second of their own processor time, as the kernel measures it. This "
        "is what counts when a server has one core, and other users of the machine hardly change it. “Rate” compares "
        "how much they do in a second. A server has its own core, and the load program has the others; only with "
        "several loops do all share all cores. In requests, chat, idle connections and rooms the load program never "
        "sleeps (`--spin`). Waking it up would cost a server more than a message, and how often it sleeps would depend "
        "on how fast it handles the messages of that server. Clients on other machines never cause this cost. Ratios "
        "are medians of the ratios within a round; the spread is half their range. Messages of a chat are counted when "
        "they are delivered, so with few members a larger part of the cost of a `say` falls on each delivery.",
    ]
    if left_out:
        lines += ["", f"Not installed, and left out: {', '.join(sorted(left_out))}."]
    return lines


def short_table(verdicts, works, found):
    """For the README: a few of the aims, and what was found."""
    lines = ["| work | compared with | aim | found |", "|---|---|--:|--:|"]
    for verdict in verdicts:
        aim = verdict.aim
        if aim.headline:
            lines.append(f"| {aim.work} | {aim.yardstick} | {aim.least:g} × | {three(verdict.value)} × |")
    for work in works:
        if work.headline and work.name in found:
            lines.append(f"| memory of an idle connection: {work.name} | – | {work.most:g} KiB "
                         f"| {median(memory_value(work, found)):.2f} KiB |")
    return lines
