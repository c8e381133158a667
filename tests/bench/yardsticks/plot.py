"""The results as an SVG, drawn by gnuplot."""

import subprocess

from yardsticks.page import median
from yardsticks.servers import program

PANEL = """
set title "{title}"
set xrange [0:*]
set yrange [{rows}-0.5:-0.5]
set ytics ({tics}) nomirror scale 0
plot "-" using ($2/2):1:($2/2):(0.35):3 with boxxyerror lc rgb variable fs solid noborder notitle, \\
     "-" using 2:1:3 with labels left offset 0.5,0 font ",9" notitle
{bars}
e
{labels}
e
"""
OURS, OTHERS, FLOOR = 0x2A6F97, 0xA9A9A9, 0xD9C27A


def colour(label):
    if label.startswith("stellard"):
        return OURS
    return FLOOR if label.startswith(("bare", "echo")) else OTHERS


def panel(title, rows):
    """rows: label and value, from the top."""
    quoted = [label.replace('"', "") for label, _ in rows]
    return PANEL.format(
        title=title, rows=len(rows), tics=", ".join(f'"{label}" {at}' for at, label in enumerate(quoted)),
        bars="\n".join(f"{at} {value:g} {colour(label)}" for at, (label, value) in enumerate(rows)),
        labels="\n".join(f'{at} {value:g} "{value:.2f}"' for at, (_, value) in enumerate(rows)))


def per_second(section, figures):
    """Millions in a second of the server's processor."""
    return [(run.label, 1e3 / median([each.cpu for each in figures[run.name]])) for run in section.runs
            if run.label and run.name in figures and median([each.cpu for each in figures[run.name]]) > 0]


def draw(path, requests, chat, figures, memory):
    panels = [
        panel("Requests in a CPU second (millions)", per_second(requests, figures[requests.title])),
        panel("Chat deliveries in a CPU second (millions)", per_second(chat, figures[chat.title])),
        panel("Memory of an idle plain connection (KiB)",
              [(name, max(median(values), 0)) for name, values in memory.items() if "TLS" not in name]),
    ]
    script = (f'set terminal svg size 1500,520 font "sans-serif,11" background "white"\nset output "{path}"\n'
              "set multiplot layout 1,3\nset border 1\nset lmargin 24\nset rmargin 7\nset xtics nomirror\n"
              "set style fill solid\n" + "".join(panels) + "unset multiplot\n")
    subprocess.run([program("gnuplot")], input=script, text=True, check=True, timeout=60)
