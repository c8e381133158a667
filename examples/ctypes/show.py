"""Shows what the parser sees on standard input: STELLAR_PARSER_LIBRARY=.../libstellar_parser.so python3 show.py"""

import sys

from stellar_parser import LineError, Parser

parser = Parser(telnet=True)
while piece := sys.stdin.buffer.read1():
    for event in parser.feed(piece):
        if isinstance(event, LineError):
            print(f"byte {event.at}: {event.message} ({event.code})")
        else:
            print(event)
