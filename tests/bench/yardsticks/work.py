"""What is measured, and what it is to reach.

A Run is one figure that each round takes: a server and the arguments of stellar-bench. An Aim compares two runs of a
section: by `cpu`, what each gets done in a second of its processor, or by `rate`, what each gets done in a second,
where clients wait for wake-ups and not for the server.
"""

from dataclasses import dataclass, replace

from yardsticks.servers import ANSWER

STATUS = '{"action":"status","params":{}}'
WIDE = ("--connections", "50", "--pipeline", "16")
FEW = ("--connections", "50", "--pipeline", "4")  # ActionHero refuses more than five actions at a time
ONE = ("--connections", "1", "--pipeline", "1")
STORM = "1000 requests a second on open TLS connections"
SILENT = ("--no-welcome",)
REDIS_CHAT = ("--no-welcome", "--outside", "--join", "SUBSCRIBE %r", "--joined", "subscribe", "--say",
              "PUBLISH %r %m")
NATS_CHAT = ("--hello", 'CONNECT {"verbose":false}', "--join", r"SUB %r 1\r\nPING", "--joined", "PONG", "--say",
             r"PUB %r %n\r\n%m")


@dataclass(frozen=True)
class Run:
    name: str  # unique in its section
    server: str
    arguments: tuple
    label: str = ""  # of the plot
    beside: tuple = ()  # arguments of a second load, at the same time


@dataclass(frozen=True)
class Aim:
    work: str
    ours: str
    yardstick: str
    by: str
    least: float = 0.0
    most: float = 0.0  # of our cost in the yardstick's, in place of least
    headline: bool = False  # the README shows it


@dataclass(frozen=True)
class Section:
    title: str
    noun: str
    runs: tuple
    aims: tuple


def awake(runs):
    """With a load program that does not sleep, so that no server has to wake it up."""
    return tuple(replace(run, arguments=("--spin", *run.arguments)) for run in runs)


def requests():
    runs = [
        Run("bare echo of `paramView k`", "echo", (*SILENT, *WIDE, "paramView k"), "echo"),
        Run("bare echo of lines as long as its answer", "echo", (*SILENT, *WIDE, ANSWER)),
        Run("stellard, `paramView k`", "stellard", (*WIDE, "paramView k"), "stellard paramView"),
        Run("stellard, `detailsView`", "stellard", (*WIDE, "detailsView"), "stellard detailsView"),
        Run("stellard, JSON `status`", "stellard", (*WIDE, STATUS), "stellard status"),
        Run("stellard, JSON `status`, 4 deep", "stellard", (*FEW, STATUS)),
        Run("redis-server, inline PING", "redis", (*SILENT, *WIDE, "PING"), "redis PING"),
        Run("memcached, `version`", "memcached", (*SILENT, *WIDE, "version"), "memcached version"),
        Run("nats-server, PING", "nats", (*WIDE, "PING"), "nats PING"),
        Run("ActionHero, `paramView k`", "actionhero", (*WIDE, "paramView k"), "ActionHero paramView"),
        Run("ActionHero, `detailsView`", "actionhero", (*WIDE, "detailsView")),
        Run("ActionHero, JSON `status`, 4 deep", "actionhero", (*FEW, STATUS)),
    ]
    redis = "redis-server, inline PING"
    aims = [
        Aim("`paramView k`", "stellard, `paramView k`", redis, "cpu", 1.5, headline=True),
        Aim("`paramView k`", "stellard, `paramView k`", "bare echo of lines as long as its answer", "cpu", 0.7),
        Aim("`detailsView`", "stellard, `detailsView`", redis, "cpu", 1.0),
        Aim("JSON `status`", "stellard, JSON `status`", redis, "cpu", 1.0),
        Aim("`paramView k`", "stellard, `paramView k`", "ActionHero, `paramView k`", "cpu", 20, headline=True),
        Aim("`detailsView`", "stellard, `detailsView`", "ActionHero, `detailsView`", "cpu", 20),
        Aim("JSON `status`, 4 deep", "stellard, JSON `status`, 4 deep", "ActionHero, JSON `status`, 4 deep", "cpu", 20),
    ]
    return Section("Requests, 50 connections × 16 deep", "answers", awake(runs), tuple(aims))


def single():
    echo = "bare echo"
    verbs = {"paramView k": "paramView k", "detailsView": "detailsView", "JSON status": STATUS}
    runs = [Run(echo, "echo", (*SILENT, *ONE, "paramView k"))]
    runs += [Run(f"stellard, `{name}`", "stellard", (*ONE, line)) for name, line in verbs.items()]
    aims = [Aim(f"`{name}`, 1 × 1", f"stellard, `{name}`", echo, "rate", 0.95) for name in verbs]
    return Section("One request at a time, 1 connection", "answers", tuple(runs), tuple(aims))


def chat(sizes):
    runs, aims = [], []
    for members in sizes:
        for deep in (1, 16):
            shape = ("--chat", "--connections", str(members), "--pipeline", str(deep))
            work = f"{members} members, {deep} outstanding"
            runs += [
                Run(f"bare fan-out, {work}", "fanout", shape, f"bare {members}×{deep}"),
                Run(f"stellard, {work}", "stellard", shape, f"stellard {members}×{deep}"),
                Run(f"Redis, {work}", "redis", (*shape, *REDIS_CHAT), f"redis {members}×{deep}"),
                Run(f"NATS, {work}", "nats", (*shape, *NATS_CHAT), f"nats {members}×{deep}"),
            ]
            if members <= 100:
                runs.append(Run(f"ActionHero, {work}", "actionhero", shape))
            aims += [
                Aim(f"chat, {work}", f"stellard, {work}", f"Redis, {work}", "cpu", 1.0 if deep == 1 else 1.3,
                    headline=deep > 1),
                Aim(f"chat, {work}", f"stellard, {work}", f"NATS, {work}", "cpu", 2, headline=deep > 1),
                Aim(f"chat, {work}", f"stellard, {work}", f"bare fan-out, {work}", "cpu", 0.85),
            ]
    return Section("Chat, messages of 64 bytes, one sender", "deliveries", awake(runs), tuple(aims))


def tls():
    bulk = ("--tls", "--chat", "--connections", "1", "--size", "16000", "--pipeline", "4")
    shake = ("--handshakes", "--connections", "4")
    runs = [
        Run("stellard, `paramView k`, 50 × 16", "stellard-tls", ("--tls", *WIDE, "paramView k")),
        Run("Node, the same answer, 50 × 16", "node-tls:answer", ("--tls", *SILENT, *WIDE, "paramView k")),
        Run("stellard, `say` of 16000 bytes to oneself", "stellard-tls", bulk),
        Run("Node, echo of 16000 bytes", "node-tls:echo",
            (*bulk, *SILENT, "--join", "x", "--joined", "x", "--say", "%m")),
        Run("stellard, full handshake", "stellard-tls", (*shake, "--tls")),
        Run("Node, full handshake", "node-tls:answer", (*shake, "--tls")),
        Run("stellard, resumed handshake", "stellard-tls", (*shake, "--tls-resume")),
        Run("Node, resumed handshake", "node-tls:answer", (*shake, "--tls-resume")),
    ]
    aims = [Aim(f"TLS, {work}", runs[at].name, runs[at + 1].name, "cpu", least, headline=headline)
            for work, at, least, headline in (("`paramView k`", 0, 1.3, True), ("bulk", 2, 1.3, False),
                                              ("full handshake, P-256", 4, 0.8, True),
                                              ("resumed handshake", 6, 0.8, False))]
    return Section("TLS 1.2, P-256, AES-128-GCM", "answers, deliveries or handshakes", tuple(runs), tuple(aims))


def loops():
    chat100 = ("--chat", "--connections", "100", "--pipeline", "16")
    runs, aims = [], []
    for name, arguments in (("`paramView k`", (*WIDE, "paramView k")), ("chat, 100 members × 16", chat100)):
        for count in (1, 2, 4, 8):
            runs.append(Run(f"{name}, loops: {count}", f"stellard-loops:{count}", arguments))
            if count > 1:
                aims.append(Aim(f"{name}, loops: {count}", runs[-1].name, f"{name}, loops: 1", "cpu", most=1.10))
    return Section("Several loops", "answers or deliveries", tuple(runs), tuple(aims))


def crowds(counts):
    runs = [Run(f"`paramView k`, {count} idle connections", f"crowd:{count}", (*WIDE, "paramView k"))
            for count in (0, *counts)]
    aims = [Aim(f"next to {count} idle connections", f"`paramView k`, {count} idle connections", runs[0].name, "cpu",
                most=1.15) for count in counts]
    return Section("Idle connections next to the load", "answers", awake(runs), tuple(aims))


def rooms(counts, members):
    base = ("--chat", "--pipeline", "16", "--connections")
    runs = [Run(f"chat, 100 members, rooms: {count}", f"stellard-rooms:{count}", (*base, "100")) for count in counts]
    for count in members:  # the bare program shows how much of a difference is the system's
        runs += [Run(f"chat, members: {count}", "stellard", (*base, str(count))),
                 Run(f"bare fan-out, members: {count}", "fanout", (*base, str(count)))]
    aims = [Aim(f"rooms: {count}", f"chat, 100 members, rooms: {count}", runs[0].name, "cpu", most=1.15)
            for count in counts[1:]]
    aims += [Aim(f"members: {count}", f"chat, members: {count}", "chat, members: 100", "cpu", most=1.15)
             for count in members if count != 100]
    return Section("Rooms and members, 16 outstanding", "deliveries", awake(runs), tuple(aims))


def storm():
    steady = ("--tls", "--rate", "1000", "--connections", "20", "paramView k")
    storming = ("--tls", "--handshakes", "--connections", "16")
    runs = [Run("quiet", "stellard-tls", steady), Run("during a handshake storm", "stellard-tls", steady, beside=storming)]
    return Section(STORM, "answers", tuple(runs), ())


def narrowed(section, pattern):
    """What of a section has to do with a pattern: all, if its title has it; or aims, and what they compare."""
    if pattern.search(section.title):
        return section
    aims = tuple(aim for aim in section.aims if pattern.search(aim.work))
    named = {name for aim in aims for name in (aim.ours, aim.yardstick)}
    return replace(section, aims=aims,
                   runs=tuple(run for run in section.runs if run.name in named or pattern.search(run.name)))


@dataclass(frozen=True)
class Memory:
    """Resident memory of a server for each idle connection, above what it had with none."""
    name: str
    server: str
    count: int
    arguments: tuple = ()
    most: float = 0.0  # KiB; 0: a yardstick
    above: str = ""  # the name of what it is to be compared with
    headline: bool = False  # the README shows it


def memory(small, large, secured):
    join = ("--join", "roomAdd %r")
    return [
        Memory(f"stellard, {small}", "stellard", small, (), 0.6, headline=True),
        Memory(f"stellard, {large}", "stellard", large, (), 0.6),
        Memory(f"stellard, {small} in a room", "stellard", small, join, 0.1, f"stellard, {small}"),
        Memory(f"stellard, {large} in a room", "stellard", large, join, 0.1, f"stellard, {large}"),
        Memory(f"stellard, TLS, {secured}", "stellard-tls", secured, ("--tls",), 10, headline=True),
        Memory(f"bare echo, {small}", "echo", small, SILENT),
        Memory(f"redis-server, {small}", "redis", small, SILENT),
        Memory(f"memcached, {small}", "memcached", small, SILENT),
        Memory(f"nats-server, {small}", "nats", small),
        Memory(f"Node, TLS, {secured}", "node-tls:answer", secured, ("--tls", *SILENT)),
    ]


def sections(quick):
    if quick:
        return [requests(), single(), chat((10,)), tls(), loops(), crowds((20,)), rooms((1, 10), (1, 10, 100)), storm()]
    return [requests(), single(), chat((100, 1000)), tls(), loops(), crowds((100, 1000, 10000, 19000)),
            rooms((1, 100, 10000, 100000), (1, 10, 100, 1000, 10000)), storm()]


def memories(quick):
    return memory(50, 100, 20) if quick else memory(10000, 19000, 2000)
