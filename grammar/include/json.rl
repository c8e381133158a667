/*
 * JSON (RFC 8259) in UTF-8 (RFC 3629): the machine without its actions. The file that
 * includes this one must define them first.
 *
 * There are two entries: `text` accepts any value, `call` an object whose members are
 * noted. Below them every open bracket is a call of `object`, `array` or `call_object`,
 * so the depth of the stack is the depth of the text.
 *
 * The actions expect_* are error actions. They run where the machine stops, on the byte
 * that it cannot accept or at the end of the text, and cost nothing before. No state has
 * two different ones, and only the states within a character have none.
 *
 * The action skip is on bytes after which plain characters may follow, and may pass over
 * any number of them. On the opening quote of a string it runs before all other actions
 * but name_begins and string_begins. So another action that must know where a string
 * begins is a leaving action (mark, value_mark) of the blank before it.
 *
 * The actions *_begins and *_ends, with object, array, call_object and leave, run where
 * a name or a value begins and where it ends, in the order of the text. Strings end on
 * their closing quote, primitives on the byte after them.
 */
%%{
    machine json;
    alphtype unsigned char;

    blank = [ \t\r\n]*;

    # Characters; tail is UTF8-tail of RFC 3629.
    plain = 0x20..0x7f - ["\\];
    tail = 0x80..0xbf;
    wide = ( 0xc2..0xdf tail
           | 0xe0 0xa0..0xbf tail
           | (0xe1..0xec | 0xee..0xef) tail tail
           | 0xed 0x80..0x9f tail
           | 0xf0 0x90..0xbf tail tail
           | 0xf1..0xf3 tail tail tail
           | 0xf4 0x80..0x8f tail tail );

    # Escapes. Surrogates (D800 to DFFF) come in pairs, the high one first.
    hex = xdigit >!expect_hex;
    lead = (xdigit - [dD]) >!expect_hex;
    alone = lead hex hex hex | [dD] ([0-7] >!expect_high) hex hex;
    high = [dD] ([89abAB] >!expect_high) hex hex;
    low = ('\\u' [dD] [c-fC-F]) @!expect_low hex hex;
    escape = '\\' (["\\/bfnrt] | 'u' (alone | high low)) >!expect_escape;

    characters = ((plain | wide @skip | escape @skip) >!expect_string_end)*
        '"' @string_ends;
    name = '"' @name_begins @skip characters;
    string = '"' @string_begins @skip characters;

    digits = digit >!expect_digit digit*;
    integer = '0' | [1-9] digit*;
    number = (integer | '-' (integer >!expect_digit))
        ('.' digits)? ([eE] [+\-]? digits)?;

    primitive = ( number
                | 'true' <>!expect_true
                | 'false' <>!expect_false
                | 'null' <>!expect_null );

    value = ( string
            | primitive >primitive_begins %primitive_ends
            | '{' @object
            | '[' @array );

    colon = (blank ':') @!expect_colon;

    # An object and an array, after the opening bracket.
    member = name colon blank (value >!expect_value);
    members = member ((blank ',') @!expect_comma_or_brace blank (member >!expect_name))*
        (blank '}') @!expect_comma_or_brace @leave;
    object := blank ((members | '}' @leave) >!expect_name_or_brace);

    item = value >item;
    items = item ((blank ',') @!expect_comma_or_bracket blank (item >!expect_value))*
        (blank ']') @!expect_comma_or_bracket @leave;
    array := blank ((items | ']' @leave) >!expect_value_or_bracket);

    # Like object, but notes where each member is. The machine leaves the blanks before a
    # name or a value on the first byte of that name or value.
    note = (name @noted_name) colon (blank %value_mark) (value >!expect_value) %note;
    notes = note ((blank ',') @!expect_comma_or_brace (blank %mark) (note >!expect_name))*
        (blank '}') @!expect_comma_or_brace @leave;
    call_object := (blank %mark) ((notes | '}' @leave) >!expect_name_or_brace);

    text := blank (value >!expect_value) (blank $!expect_end);
    # A call is a line. If there is a custom delimiter, CR and LF may be in a line, but
    # they are not allowed after the call.
    call := blank ('{' @call_object) >!expect_object ([ \t]* $!expect_end_of_line);
}%%
