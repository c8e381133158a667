"""What is an integer: numbers written in every way, against Python's integers, which have no limit."""

import random
import re

NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?")
LEAST, MOST = -(1 << 63), (1 << 63) - 1


def integer(text):
    """The integer of 64 bits that a JSON number is, or None."""
    sign, whole, fraction, exponent = NUMBER.fullmatch(text).groups(default="")
    digits = int(whole + fraction)
    power = int(exponent or "0") - len(fraction)
    if digits == 0:
        return 0
    if power < -5000 or power > 20:
        return None  # texts have fewer digits than that, and 64 bits have 20
    if power < 0 and digits % 10 ** -power != 0:
        return None
    value = digits * 10 ** power if power >= 0 else digits // 10 ** -power
    value = -value if sign else value
    return value if LEAST <= value <= MOST else None


def some_integer(rng):
    return rng.choice([
        rng.randint(-120, 120),
        rng.choice([LEAST, MOST, 1 << 53, -(1 << 53)]) + rng.randint(-3, 3),
        rng.randint(2 * LEAST, 2 * MOST),
        rng.choice([1, -1]) * 10 ** rng.randrange(22),
    ])


def write(rng, value, places):
    """The text of value / 10^places, with a point and an exponent wherever they fall."""
    sign, digits = "-" if value < 0 else "", str(abs(value))
    zeros = rng.choice([0, 0, 1, 3, 30, 800, 1200])
    digits, places = digits + "0" * zeros, places + zeros
    point = rng.randint(0, min(len(digits), 1500))
    exponent = point - places
    if rng.randrange(3) == 0 and 0 <= places < len(digits):
        point, exponent = places, 0
    whole, fraction = digits[:len(digits) - point].lstrip("0") or "0", digits[len(digits) - point:]
    text = sign + whole + ("." + fraction if fraction else "")
    if exponent != 0 or rng.randrange(4) == 0:
        plus = rng.choice(["", "+"]) if exponent >= 0 else ""
        text += rng.choice("eE") + plus + str(exponent)
    return text


def some_number(rng):
    """An integer; or a neighbour of one, so near that few doubles tell them apart; or anything."""
    value, places = some_integer(rng), 0
    if rng.randrange(2):
        places = rng.choice([1, 2, 15, 17, 20, 40, 400, 790, 1000])
        value = value * 10 ** places + rng.choice([-1, 1, 5 * 10 ** (places - 1)])
    if rng.randrange(8) == 0:
        places += rng.choice([-400, -30, 30, 400, 10 ** 19, -10 ** 19])
    return write(rng, value, places)


def test_the_oracle_knows_an_integer():
    for text, expected in [("5", 5), ("5.0", 5), ("0.5e1", 5), ("50000e-3", 50), ("-0", 0), ("0e-400", 0), ("50.7", None),
                           ("49.99999999999999999999999", None), ("1e-400", None), (str(MOST), MOST),
                           (str(MOST + 1), None), (str(LEAST) + ".0", LEAST), ("1e999999999999", None)]:
        assert integer(text) == expected, text


def test_integers_are_those_of_arithmetic_without_limits(server, test_module):
    """As a number and in a text that is converted, as a number that the action's getter reads, and as a version."""
    rng = random.Random(7)
    taken = 0
    with server("--module", test_module).connect() as client:
        for _ in range(150):
            texts = [some_number(rng) for _ in range(20)]
            client.send(*(line for text in texts for line in (
                f'{{"action":"integer","params":{{"converted":{text},"sent":{text}}}}}',
                f'{{"action":"integer","params":{{"converted":"{text}","sent":{text}}}}}',
                f'{{"action":"versioned","params":{{"apiVersion":{text}}}}}')))
            for text in texts:
                expected = integer(text)
                taken += expected is not None
                for _ in range(2):
                    answer = client.read()
                    if expected is None:
                        assert answer["error"]["converted"]["code"] == "003", text
                    else:
                        assert (answer["converted"], answer["sent"]) == (expected, expected), text
                answer = client.read()
                if expected in (1, 2):
                    assert answer["version"] == expected, text
                elif expected != 0:
                    assert answer["error"]["code"] == "004", text
    assert 1000 < taken < 2000
