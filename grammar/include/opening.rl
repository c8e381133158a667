# The opening machine: does a stream begin as another protocol does?
#
# It reads a stream from its first byte, without telnet commands. It can stop and
# continue between any two bytes. It ends as soon as the answer is known: in an error or
# by `own` if the stream is ours, by one of the actions http, rtsp, sip, tls and proxy if
# not. If line ends end lines, this is never later than the end of the first line that is
# not blank. So no line has to wait for the answer.
#
# A request line is that of HTTP (RFC 9112, section 3), RTSP (RFC 2326) or SIP (RFC 3261).
# It has three words. The first word could be a method and is not a verb. The machine
# does not know the methods.
#
# The signature of the binary PROXY header has twelve bytes. The machine decides after
# the first six. It cannot wait longer, because the sixth would end a line with a NUL in
# it.
#
# The machine reads the first word as a verb or as PROXY. If a byte does not fit, it goes
# to an entry within the request line, and reads the byte again there: to_method,
# to_target, to_in_target. (If every verb were also spelled out as the beginning of a
# method, the code would be twice as long.)
#
# These actions must be defined before the include: target, in_target, which go to the
# entries of these names; to_method, to_target, to_in_target; own; http, rtsp, sip, tls,
# proxy.
%%{
    machine opening;
    include verb_names "verb_names.rl";

    blank = ' ' | '\t';
    line_end = '\r' | '\n';
    byte_order_mark = 0xef 0xbb 0xbf;
    word_byte = any - blank - line_end;

    # CR NUL is not one. Some telnet clients send it, but no client of another protocol.
    blank_line = byte_order_mark? blank* line_end;

    method_byte = alnum | [!#$%&'*+.^_`|~] | '-';
    version = digit word_byte* blank*;
    protocol = "HTTP/" version line_end @http
        | "RTSP/" version line_end @rtsp
        | "SIP/" version line_end @sip;

    # The rest of a request line: from within its method, after the blank that follows the
    # method, and from within its second word.
    method := method_byte* blank @target;
    target := blank* word_byte @in_target;
    in_target := word_byte* blank+ protocol;

    family = ( "TCP4" | "TCP6" | "UNKNOWN" ) >!to_target <!to_in_target;
    first_word = ( verb_name $!to_method ( blank | line_end ) @own )
        | ( "PROXY" $!to_method ' ' family ( blank | line_end ) @proxy );

    handshake = 0x16 0x03 @tls;
    signature = "\r\n\r\n" 0 '\r' @proxy;

    opening := blank_line* byte_order_mark? blank* first_word
        | handshake
        | signature;
}%%
