"""The tables of options, verbs, errors and metrics, read from their headers."""

import re
from collections import namedtuple
from functools import cached_property
from pathlib import Path

Option = namedtuple("Option", "field type name path default least most rule argument text")
Verb = namedtuple("Verb", "symbol handler name others arguments")
Error = namedtuple("Error", "symbol code message")
Metric = namedtuple("Metric", "field kind text")


def cells(row):
    """The columns of a row: strings without quotes and joined, NULL as None, anything else as it is written."""
    columns, current = [], []
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|,|[^\s",]+', row) + [","]:
        if token != ",":
            current.append(token)
            continue
        is_string = current and current[0][0] == '"'
        text = "".join(part[1:-1] for part in current) if is_string else " ".join(current)
        columns.append(re.sub(r"\\(.)", r"\1", text) if is_string else None if text == "NULL" else text)
        current = []
    return columns


class Tree:
    """A source tree. Texts are read once."""

    def __init__(self, root):
        self.root = Path(root)
        self.texts = {}

    def text(self, path):
        if path not in self.texts:
            self.texts[path] = (self.root / path).read_text("utf-8")
        return self.texts[path]

    def glob(self, *patterns):
        """The texts of all files that match, as one."""
        paths = (path.relative_to(self.root) for pattern in patterns for path in sorted(self.root.glob(pattern))
                 if path.is_file())
        return "\n".join(self.text(path) for path in paths)

    def table(self, header, macro, kind):
        """The rows of a table of XX(...). A macro with (XX) in it stands for the rows of that macro."""
        text = self.text(header)
        match = re.search(rf"^#define {macro}\(XX\)((?:.*\\\n)*.*)\n", text, re.M)
        body = match.group(1).replace("\\\n", "\n")
        body = re.sub(r"/\*.*?\*/", "", body, flags=re.S)
        rows = []
        for row, group in re.findall(r'XX\(((?:"(?:[^"\\]|\\.)*"|[^")])*)\)|(\w+)\(XX\)', body):
            if group:
                rows += self.table("include/stellar/options.h", group, kind)
            else:
                rows.append(kind(*cells(row)))
        return rows

    @cached_property
    def options(self):
        """Those of the server library."""
        return self.table("include/stellar/options.h", "STELLAR_OPTIONS", Option)

    @cached_property
    def settings(self):
        """Those of the daemon: the library's, and its own."""
        return self.table("src/stellard/options.h", "STELLAR__OPTIONS", Option)

    @cached_property
    def verbs(self):
        return self.table("include/stellar/parser.h", "STELLAR_VERBS", Verb)

    @cached_property
    def errors(self):
        return self.table("include/stellar/parser.h", "STELLAR_ERRORS", Error)

    @cached_property
    def metrics(self):
        return self.table("include/stellar/stats.h", "STELLAR_STATS", Metric)

    def rows(self, page, heading):
        """The cells of the first table after a heading in a page of Markdown, without its two head lines and marks of code."""
        text = self.text(page)
        table = re.search(r"(?:^\|.*\n)+", text[text.index(heading):], re.M).group(0)
        lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()[2:]]
        return [[cell.strip().strip("`") for cell in line] for line in lines]


def names(verb):
    return [verb.name, *verb.others.split()]
