"""The parser of the Stellar TCP protocol, for Python: calls libstellar_parser.so by ctypes.

    parser = Parser(delimiter=b"^]")
    for event in parser.feed(b"paramAdd key=value^]"):
        print(event)

An event is a Command, a LineError or a Control. Events may be kept: their values are copies of the library's slices, which
are only valid until the next step. The system finds the library, or the variable STELLAR_PARSER_LIBRARY says where it
is.

The classes in capitals below are the structs of stellar/parser.h, field by field: its layout is part of the ABI.
"""

import ctypes
import os
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int64, c_double, c_size_t, c_ubyte, c_uint, c_uint32, \
    c_uint64, c_void_p
from dataclasses import dataclass

DELIMITER_MAX = 32
TELNET_MARKS = 3
MAX_DATA_LENGTH = 65536
ERROR_TEXT_MAX = 160

MORE, COMMAND_RESULT, ERROR_RESULT, CONTROL_RESULT, MEMORY, FOREIGN_RESULT = range(6)
CONTROLS = (None, "reply", "are you there", "goodbye")
NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT = range(6)


class SLICE(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("length", c_size_t)]

    def bytes(self):
        """Returns a copy, or None if the slice is absent."""
        return None if self.data is None else ctypes.string_at(self.data, self.length)

    def text(self):
        """Returns a str. All parts of a line that the parser returns are valid UTF-8."""
        return None if self.data is None else self.bytes().decode()


class ERROR(ctypes.Structure):
    _fields_ = [("code", c_uint), ("at", c_uint64), ("column", c_size_t), ("expected", c_char_p),
                ("subject", c_char_p), ("limit", c_size_t)]


class TOKEN(ctypes.Structure):
    _fields_ = [("fields", c_int * 5)]


class PARAMS(ctypes.Structure):
    _fields_ = [("text", SLICE), ("tokens", POINTER(TOKEN)), ("count", c_int), ("next", c_int)]


class COMMAND(ctypes.Structure):
    _fields_ = [("verb", c_uint), ("foreign", c_uint), ("offset", c_uint64), ("length", c_size_t), ("key", SLICE),
                ("value", SLICE), ("room", SLICE), ("message", SLICE), ("action", SLICE), ("params", SLICE),
                ("reply", SLICE), ("action_escaped", c_bool), ("is_json", c_bool), ("control", c_uint),
                ("error", ERROR), ("line", SLICE), ("index", PARAMS)]


class FRAMING(ctypes.Structure):
    _fields_ = [("max_data_length", c_size_t), ("telnet", c_bool), ("delimiter_length", c_ubyte),
                ("delimiter", c_ubyte * DELIMITER_MAX), ("fallback", c_ubyte * DELIMITER_MAX)]


class MARK(ctypes.Structure):
    _fields_ = [("column", c_uint32), ("skipped", c_uint32)]


class PARSER(ctypes.Structure):
    _fields_ = [("framing", POINTER(FRAMING)), ("input", c_void_p), ("input_end", c_void_p), ("run_end", c_void_p),
                ("line_feed", c_void_p), ("carriage_return", c_void_p), ("memory", c_void_p),
                ("capacity", c_size_t), ("held", c_size_t), ("position", c_uint64), ("line_offset", c_uint64),
                ("skipped", c_uint64), ("line_length", c_size_t),
                ("marks", MARK * TELNET_MARKS), ("mark_count", c_ubyte), ("matched", c_ubyte),
                ("telnet_state", c_ubyte), ("reply", c_ubyte * 3), ("discarding", c_bool), ("after_cr", c_bool),
                ("foreign", c_ubyte), ("opening", c_ubyte), ("looked", c_uint32),
                ("tokens", POINTER(TOKEN)), ("token_capacity", c_uint32)]


class VALUE(ctypes.Structure):
    _fields_ = [("type", c_uint), ("text", SLICE)]


STRUCTS = {"stellar_slice": SLICE, "stellar_error": ERROR, "stellar_command": COMMAND, "stellar_framing": FRAMING,
           "stellar_parser": PARSER, "stellar_value": VALUE, "stellar_token": TOKEN, "stellar_params": PARAMS}

FUNCTIONS = {
    "stellar_framing_init": (None, POINTER(FRAMING)),
    "stellar_framing_set_delimiter": (c_bool, POINTER(FRAMING), c_char_p, c_size_t),
    "stellar_parser_init": (None, POINTER(PARSER), POINTER(FRAMING)),
    "stellar_parser_detect_foreign": (None, POINTER(PARSER)),
    "stellar_parser_feed": (None, POINTER(PARSER), c_char_p, c_size_t),
    "stellar_parser_next": (c_uint, POINTER(PARSER), POINTER(COMMAND)),
    "stellar_parser_rest": (SLICE, POINTER(PARSER)),
    "stellar_parser_held": (c_size_t, POINTER(PARSER)),
    "stellar_parser_memory_wanted": (c_size_t, POINTER(PARSER)),
    "stellar_parser_set_memory": (None, POINTER(PARSER), c_void_p, c_size_t),
    "stellar_parser_set_tokens": (None, POINTER(PARSER), POINTER(TOKEN), c_size_t),
    "stellar_version": (c_char_p,),
    "stellar_verb_name": (c_char_p, c_uint),
    "stellar_foreign_name": (c_char_p, c_uint),
    "stellar_error_code_text": (c_char_p, c_uint),
    "stellar_error_text": (c_size_t, POINTER(ERROR), c_char_p, c_size_t),
    "stellar_json_unescape": (c_size_t, SLICE, c_char_p, c_size_t),
    "stellar_params_open": (c_size_t, POINTER(PARAMS), SLICE, POINTER(TOKEN), c_size_t),
    "stellar_params_next": (c_bool, POINTER(PARAMS), POINTER(SLICE), POINTER(VALUE)),
    "stellar_value_integer": (c_bool, VALUE, POINTER(c_int64)),
    "stellar_value_double": (c_bool, VALUE, POINTER(c_double)),
    "stellar_value_boolean": (c_bool, VALUE, POINTER(c_bool)),
    "stellar_value_string": (c_bool, VALUE, POINTER(SLICE)),
}


def load():
    library = ctypes.CDLL(os.environ.get("STELLAR_PARSER_LIBRARY", "libstellar_parser.so.0.1"))
    for name, (result, *arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


LIBRARY = load()


@dataclass(frozen=True)
class Command:
    """A line, understood. Arguments that the verb does not have are None."""

    verb: str
    offset: int
    length: int
    key: str | None = None
    value: str | None = None
    room: str | None = None
    message: str | None = None
    action: str | None = None
    params: dict | None = None


@dataclass(frozen=True)
class LineError:
    """A line that was refused, and where: `at` counts from the start of the stream, `column` from that of the line."""

    code: str
    message: str
    offset: int
    at: int
    column: int


@dataclass(frozen=True)
class Control:
    """What the peer asks for outside of lines; reply must be sent to it."""

    request: str
    offset: int
    reply: bytes


@dataclass(frozen=True)
class Foreign:
    """The stream is another protocol's. No event follows."""

    protocol: str


def unescape(inside):
    """Returns the text of a JSON string, given the part between its quotes."""
    out = ctypes.create_string_buffer(inside.length + 1)
    length = LIBRARY.stellar_json_unescape(inside, out, inside.length)
    return out.raw[:length].decode()


def members(text):
    """Returns the members of an object or the items of an array, as pairs of key and value. The key of an item is None."""
    params, key, value = PARAMS(), SLICE(), VALUE()
    count = LIBRARY.stellar_params_open(byref(params), text, None, 0)
    tokens = (TOKEN * count)()
    LIBRARY.stellar_params_open(byref(params), text, tokens, count)
    while LIBRARY.stellar_params_next(byref(params), byref(key), byref(value)):
        yield (None if key.data is None else unescape(key)), convert(value)


def convert(value):
    """Returns a JSON value as a Python value. A number that fits neither 64 bits nor a double stays text."""
    if value.type == OBJECT:
        return dict(members(value.text))
    if value.type == ARRAY:
        return [item for _, item in members(value.text)]
    if value.type == STRING:
        inside = SLICE()
        LIBRARY.stellar_value_string(value, byref(inside))
        return unescape(inside)
    if value.type == BOOLEAN:
        truth = c_bool()
        LIBRARY.stellar_value_boolean(value, byref(truth))
        return truth.value
    if value.type == NUMBER:
        for getter, out in ((LIBRARY.stellar_value_integer, c_int64()), (LIBRARY.stellar_value_double, c_double())):
            if getter(value, byref(out)):
                return out.value
        return value.text.text()
    return None


class Parser:
    def __init__(self, delimiter=None, max_data_length=MAX_DATA_LENGTH, telnet=False, detect_foreign=False):
        self._framing, self._parser, self._command = FRAMING(), PARSER(), COMMAND()
        self._memory = self._input = None
        LIBRARY.stellar_framing_init(byref(self._framing))
        if delimiter is not None and \
                not LIBRARY.stellar_framing_set_delimiter(byref(self._framing), delimiter, len(delimiter)):
            raise ValueError(f"a delimiter is 1 to {DELIMITER_MAX} bytes of valid UTF-8")
        self._framing.max_data_length = max_data_length
        self._framing.telnet = telnet
        LIBRARY.stellar_parser_init(byref(self._parser), byref(self._framing))
        if detect_foreign:
            LIBRARY.stellar_parser_detect_foreign(byref(self._parser))

    def feed(self, data):
        """Takes the next piece of the stream and returns an iterator over its events. If some events of a piece were not
        fetched, they are not lost: they come before those of the next piece."""
        rest = LIBRARY.stellar_parser_rest(byref(self._parser))
        data = (rest.bytes() or b"") + bytes(data)
        self._input = data  # the library keeps a pointer to it
        LIBRARY.stellar_parser_feed(byref(self._parser), data, len(data))
        return iter(self._next, None)

    def _next(self):
        while True:
            result = LIBRARY.stellar_parser_next(byref(self._parser), byref(self._command))
            if result == MORE:
                return None
            if result != MEMORY:
                return self._event(result)
            self._lend()

    def _lend(self):
        wanted = LIBRARY.stellar_parser_memory_wanted(byref(self._parser))
        memory = (ctypes.c_char * wanted)()
        held = LIBRARY.stellar_parser_held(byref(self._parser))
        if held:
            ctypes.memmove(memory, self._memory, held)
        LIBRARY.stellar_parser_set_memory(byref(self._parser), memory, wanted)
        self._memory = memory

    def _event(self, result):
        command = self._command
        if result == ERROR_RESULT:
            return self._error(command)
        if result == FOREIGN_RESULT:
            return Foreign(LIBRARY.stellar_foreign_name(command.foreign).decode())
        if result == CONTROL_RESULT:
            return Control(CONTROLS[command.control], command.offset, command.reply.bytes() or b"")
        return Command(
            LIBRARY.stellar_verb_name(command.verb).decode(), command.offset, command.length,
            command.key.text(), command.value.text(), command.room.text(), command.message.text(),
            unescape(command.action) if command.action_escaped else command.action.text(),
            None if command.params.data is None else dict(members(command.params)))

    @staticmethod
    def _error(command):
        text = ctypes.create_string_buffer(ERROR_TEXT_MAX)
        LIBRARY.stellar_error_text(byref(command.error), text, ERROR_TEXT_MAX)
        return LineError(LIBRARY.stellar_error_code_text(command.error.code).decode(), text.value.decode(),
                         command.offset, command.error.at, command.error.column)
