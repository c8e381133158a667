"""What the public headers declare."""

import re
from pathlib import Path

HEADERS = Path(__file__).parents[2] / "include/stellar"


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip().replace("* ", "*").replace("( ", "(").replace(" )", ")")


def arguments(text):
    """Splits at the commas that are not inside brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [squeeze(part) for part in parts]


def code(name):
    """Returns the header without comments, directives, typedefs, and the parts for C++."""
    text = (HEADERS / name).read_text("utf-8")
    text = re.sub(r"/\*(?! private: \*/).*?\*/", "", text, flags=re.S)
    text = re.sub(r"^#(?:.*\\\n)*.*\n", "", text, flags=re.M)
    text = re.sub(r"^typedef .*?;", "", text, flags=re.M | re.S)
    return re.sub(r'__attribute__\(.*?"\)\)\)|STELLAR_API|extern "C" \{', "", text)


def functions(name):
    """Each function: its return type and its arguments."""
    found = re.findall(r"^([\w \n]+[ *\n]+)(stellar_\w+)\(([^;]*)\);", code(name), re.M)
    return {function: (squeeze(result), arguments(given)) for result, function, given in found}


def structs(name):
    """Each struct that is not opaque: its public fields, as declared."""
    found = {}
    for struct, body in re.findall(r"^struct (stellar_\w+) \{\n(.*?)^\};", code(name), re.M | re.S):
        body = body.split("/* private: */")[0]
        found[struct] = [squeeze(field) for field in body.split(";") if field.strip()]
    return found
