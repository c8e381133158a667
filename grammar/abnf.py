"""ABNF (RFC 5234, RFC 7405): reads a grammar, derives random texts from it, and tells what it derives.

Texts are bytes, and so are terminals. A prose value <A, but not B> stands for what A derives and B does not.
The tests use it to hold docs/grammar.abnf against the parser; `diagrams` reads the same rules to draw them.
"""

import re

CORE = """\
CR = %x0D
LF = %x0A
CRLF = CR LF
WSP = %x20 / %x09
DIGIT = %x30-39
HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
DQUOTE = %x22
"""

TOKEN = re.compile(r"""
    (?P<blank> \s+ | ;.* )
  | (?P<string> (?:%[si])? "[^"]*" )
  | (?P<number> %x [0-9A-Fa-f]+ (?: -[0-9A-Fa-f]+ | (?:\.[0-9A-Fa-f]+)+ )? )
  | (?P<prose> <[^>]*> )
  | (?P<repeat> [0-9]*\*[0-9]* | [0-9]+ )
  | (?P<name> [A-Za-z][A-Za-z0-9-]* )
  | (?P<sign> [/()\[\]] )
""", re.X)


class Derivation:
    """A text and the parts of it that rules with a name gave: (name, start, end), outermost first."""

    def __init__(self):
        self.text = bytearray()
        self.parts = []

    def named(self, name):
        return [bytes(self.text[start:end]) for part, start, end in self.parts if part == name]


class Byte:
    """One byte of a set."""

    height = 0

    def __init__(self, values):
        self.values = sorted(values)
        self.contains = frozenset(values)

    def derive(self, out, random, _budget):
        out.text.append(random.choice(self.values))

    def ends(self, text, at, _memory):
        return {at + 1} if at < len(text) and text[at] in self.contains else set()


class Sequence:
    def __init__(self, nodes):
        self.nodes = nodes

    @property
    def height(self):
        return max((node.height for node in self.nodes), default=0)

    def derive(self, out, random, budget):
        for node in self.nodes:
            node.derive(out, random, budget)

    def ends(self, text, at, memory):
        found = {at}
        for node in self.nodes:
            found = {end for start in found for end in node.ends(text, start, memory)}
        return found


class Choice:
    def __init__(self, nodes):
        self.nodes = nodes

    @property
    def height(self):
        return min(node.height for node in self.nodes)

    def derive(self, out, random, budget):
        possible = [node for node in self.nodes if node.height <= budget]
        random.choice(possible or [min(self.nodes, key=lambda node: node.height)]).derive(out, random, budget)

    def ends(self, text, at, memory):
        return {end for node in self.nodes for end in node.ends(text, at, memory)}


class Repeat:
    def __init__(self, node, least, most):
        self.node, self.least, self.most = node, least, most

    @property
    def height(self):
        return self.node.height if self.least else 0

    def derive(self, out, random, budget):
        count = self.least
        while (self.most is None or count < self.most) and self.node.height <= budget and random.random() < 0.6:
            count += 1
        for _ in range(count):
            self.node.derive(out, random, budget)

    def ends(self, text, at, memory):
        found = {at} if self.least == 0 else set()
        new, count = {at}, 0
        while new and (self.most is None or count < self.most):
            count += 1
            new = {end for start in new for end in self.node.ends(text, start, memory)}
            if count >= self.least:
                new -= found
                found |= new
        return found


class Rule:
    def __init__(self, grammar, name):
        self.grammar, self.name = grammar, name

    @property
    def height(self):
        return self.grammar.heights[self.name]

    def derive(self, out, random, budget):
        place, start = len(out.parts), len(out.text)
        self.grammar.rules[self.name].derive(out, random, budget - 1)
        out.parts.insert(place, (self.name, start, len(out.text)))

    def ends(self, text, at, memory):
        key = self.name, at
        if key not in memory:
            memory[key] = self.grammar.rules[self.name].ends(text, at, memory)
        return memory[key]


class Except:
    def __init__(self, node, other):
        self.node, self.other = node, other

    @property
    def height(self):
        return self.node.height

    def derive(self, out, random, budget):
        while True:
            attempt = Derivation()
            self.node.derive(attempt, random, budget)
            if len(attempt.text) not in self.other.ends(bytes(attempt.text), 0, {}):
                break
        start = len(out.text)
        out.text += attempt.text
        out.parts += [(name, start + first, start + last) for name, first, last in attempt.parts]

    def ends(self, text, at, memory):
        return self.node.ends(text, at, memory) - self.other.ends(text, at, memory)


def split_rules(text):
    """The rules of a grammar: a name and its right side each."""
    rules = {}
    for chunk in re.split(r"^(?=[A-Za-z])", text, flags=re.M)[1:]:
        name, body = chunk.split("=", 1)
        name = name.strip().lower()
        assert name not in rules, f"{name} is defined twice"
        rules[name] = body
    return rules


class Grammar:
    def __init__(self, text):
        self.rules = {name: NodeReader(self, body).read() for name, body in split_rules(CORE + text).items()}
        self.heights = dict.fromkeys(self.rules, 1000)
        while True:
            heights = {name: 1 + node.height for name, node in self.rules.items()}
            if heights == self.heights:
                break
            self.heights = heights

    def derive(self, name, random, budget=16):
        out = Derivation()
        Rule(self, name).derive(out, random, budget)
        return out

    def derives(self, name, text):
        return len(text) in Rule(self, name).ends(text, 0, {})


class Reader:
    """Reads the right side of a rule. What becomes of it is the matter of the methods below `element`."""

    def __init__(self, text):
        self.tokens = []
        at = 0
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, f"this is not ABNF: {text[at:]!r}"
            at = match.end()
            if match.lastgroup != "blank":
                self.tokens.append((match.lastgroup, match.group()))

    def read(self):
        node = self.choice()
        assert not self.tokens, self.tokens
        return node

    def sees(self, *signs):
        return bool(self.tokens) and self.tokens[0] in [("sign", sign) for sign in signs]

    def choice(self):
        nodes = [self.sequence()]
        while self.sees("/"):
            self.tokens.pop(0)
            nodes.append(self.sequence())
        return nodes[0] if len(nodes) == 1 else self.alternatives(nodes)

    def sequence(self):
        nodes = []
        while self.tokens and not self.sees("/", ")", "]"):
            nodes.append(self.repetition())
        assert nodes
        return nodes[0] if len(nodes) == 1 else self.one_after_another(nodes)

    def repetition(self):
        if self.tokens[0][0] != "repeat":
            return self.element()
        count = self.tokens.pop(0)[1]
        least, _, most = count.rpartition("*") if "*" in count else (count, "", count)
        return self.repeated(self.element(), int(least or 0), int(most) if most else None)

    def element(self):
        kind, text = self.tokens.pop(0)
        if kind == "name":
            return self.rule(text.lower())
        if kind == "string":
            return self.string(text[text.index('"') + 1:-1], text.startswith("%s"))
        if kind == "number":
            first, *rest = [int(digits, 16) for digits in re.findall("[0-9A-F]+", text[2:].upper())]
            return self.byte_range(first, rest[0]) if "-" in text else self.byte_string([first, *rest])
        if kind == "prose":
            node, other = re.fullmatch(r"<([\w-]+), but not ([\w-]+)>", text).groups()
            return self.exception(self.rule(node), self.rule(other))
        assert text in "([", text
        node = self.choice()
        assert self.tokens.pop(0)[1] == {"(": ")", "[": "]"}[text]
        return self.repeated(node, 0, 1) if text == "[" else node


class NodeReader(Reader):
    """Makes the nodes above of a rule."""

    def __init__(self, grammar, text):
        super().__init__(text)
        self.grammar = grammar

    def alternatives(self, nodes):
        if all(isinstance(node, Byte) for node in nodes):
            return Byte({value for node in nodes for value in node.values})
        return Choice(nodes)

    def one_after_another(self, nodes):
        return Sequence(nodes)

    def repeated(self, node, least, most):
        return Repeat(node, least, most)

    def rule(self, name):
        return Rule(self.grammar, name)

    def exception(self, node, other):
        return Except(node, other)

    def byte_range(self, first, last):
        return Byte(range(first, last + 1))

    def byte_string(self, values):
        return Byte(values) if len(values) == 1 else Sequence([Byte([value]) for value in values])

    def string(self, text, is_case_sensitive):
        nodes = [Byte({ord(letter)} if is_case_sensitive else {ord(letter.lower()), ord(letter.upper())})
                 for letter in text]
        return nodes[0] if len(nodes) == 1 else Sequence(nodes)
