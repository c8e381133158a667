/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Stellar TCP protocol for Wireshark: its names and settings, which connections use
 * it, and which side sent a packet.
 */
#include "plugin.h"

#include <epan/conversation.h>
#include <epan/prefs.h>
#include <epan/tvbuff.h>
#include <ws_version.h>
#include <wsutil/report_message.h>

#include "stellar/version.h"

#define DEFAULT_PORT "5000"
#define MAX_PORT     65535

/* The first byte of a TLS connection: a handshake record. */
#define TLS_HANDSHAKE 22

int fields[FIELD_COUNT];
expert_field experts[EXPERT_COUNT];
int subtree_line = -1;
int subtree_params = -1;
struct stellar_framing framing;
char delimiter[STELLAR_DELIMITER_MAX] = "\n";
size_t delimiter_length = 1;
dissector_handle_t json_handle;

static int protocol = -1;
static int subtree_protocol = -1;
static dissector_handle_t handle;
static const char *delimiter_setting = "\\n";
static guint limit_setting = STELLAR_MAX_DATA_LENGTH;
static range_t *ports_setting;
static range_t *ports; /* the ports in use now */

/* Wireshark looks these up by name when it loads the plugin. */
WS_DLL_PUBLIC_DEF const char plugin_version[] = STELLAR_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;
WS_DLL_PUBLIC void plugin_register(void);


/* Reads an escape after its backslash: n r t 0 \ xHH. Returns its end, or NULL. */
static const char *read_escape(const char *text, char *byte)
{
    static const char letters[] = "nrt0\\";
    static const char bytes[] = "\n\r\t\0\\";
    const char *found;

    if (text[0] == 'x' && g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2])) {
        *byte =
            (char)(g_ascii_xdigit_value(text[1]) * 16 + g_ascii_xdigit_value(text[2]));
        return text + 3;
    }
    found = text[0] != '\0' ? strchr(letters, text[0]) : NULL;
    if (found == NULL) {
        return NULL;
    }
    *byte = bytes[found - letters];
    return text + 1;
}


/* Returns the length, or 0 if the setting is not valid or is too long. */
static size_t read_delimiter(const char *text, char *bytes)
{
    size_t length = 0;

    while (*text != '\0') {
        if (length == STELLAR_DELIMITER_MAX) {
            return 0;
        }
        if (*text != '\\') {
            bytes[length++] = *text++;
            continue;
        }
        text = read_escape(text + 1, &bytes[length++]);
        if (text == NULL) {
            return 0;
        }
    }
    return length;
}


static void apply_framing(void)
{
    char bytes[STELLAR_DELIMITER_MAX];
    size_t length = read_delimiter(delimiter_setting, bytes);

    stellar_framing_init(&framing);
    framing.telnet = true;
    framing.max_data_length = limit_setting;
    if (!stellar_framing_set_delimiter(&framing, bytes, length)) {
        report_failure("Stellar: the delimiter \"%s\" is not 1 to %d bytes of UTF-8 "
                       "with the escapes \\n \\r \\t \\0 \\\\ \\xHH; lines end in LF, "
                       "CR LF or CR",
                       delimiter_setting, STELLAR_DELIMITER_MAX);
        bytes[0] = '\n';
        length = 1;
    }
    memcpy(delimiter, bytes, length);
    delimiter_length = length;
}


static void take_ports(void)
{
    ports = range_copy(wmem_epan_scope(), ports_setting);
    dissector_add_uint_range("tcp.port", ports, handle);
    dissector_add_uint_range("tls.port", ports, handle);
}


static void apply_settings(void)
{
    apply_framing();
    dissector_delete_uint_range("tcp.port", ports, handle);
    dissector_delete_uint_range("tls.port", ports, handle);
    wmem_free(wmem_epan_scope(), ports);
    take_ports();
}


/* The server's port is one of the settings, or else the one in "Decode As". */
static bool is_to_server(const packet_info *pinfo)
{
    if (value_is_in_range(ports, pinfo->destport)) {
        return true;
    }
    return !value_is_in_range(ports, pinfo->srcport) &&
           pinfo->match_uint == pinfo->destport;
}


/* Passes a connection to TLS, which calls us again with plain text. TLS must let TCP
 * join its records, as we do. */
static int hand_to_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    dissector_handle_t tls = find_dissector("tls");

    conversation_set_dissector(find_or_create_conversation(pinfo), tls);
    pinfo->can_desegment = pinfo->saved_can_desegment;
    return call_dissector(tls, tvb, pinfo, tree);
}


static int dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    struct view view = {.pinfo = pinfo, .tvb = tvb, .length = tvb_captured_length(tvb)};
    bool fresh, to_server = is_to_server(pinfo);
    struct stream *stream = stream_of(pinfo, &fresh);
    proto_item *item;
    guint complete;

    if (fresh && tvb_get_guint8(tvb, 0) == TLS_HANDSHAKE) {
        return hand_to_tls(tvb, pinfo, tree);
    }
    col_set_str(pinfo->cinfo, COL_PROTOCOL, "Stellar");
    col_clear(pinfo->cinfo, COL_INFO);
    item = proto_tree_add_item(tree, protocol, tvb, 0, -1, ENC_NA);
    proto_item_append_text(item, to_server ? ", to the server" : ", from the server");
    view.tree = proto_item_add_subtree(item, subtree_protocol);
    view.bytes = (const char *)tvb_get_ptr(tvb, 0, (gint)view.length);
    complete =
        to_server ? dissect_requests(&view, stream) : dissect_answers(&view, stream);
    if (complete < view.length) {
        pinfo->desegment_offset = (int)complete;
        pinfo->desegment_len = DESEGMENT_ONE_MORE_SEGMENT;
        proto_item_set_len(item, (gint)complete);
    }
    return (int)view.length;
}


static void register_fields(void)
{
    static hf_register_info infos[] = {
#define XX(symbol, title, abbreviation, type, base, text) \
    {&fields[FIELD_##symbol],                             \
     {title, "stellar." abbreviation, type, base, NULL, 0, text, HFILL}},
        FIELDS(XX)
#undef XX
    };
    static ei_register_info expert_infos[] = {
#define XX(symbol, abbreviation, group, severity, summary) \
    {&experts[EXPERT_##symbol], {abbreviation, group, severity, summary, EXPFILL}},
        EXPERTS(XX)
#undef XX
    };
    static int *subtrees[] = {&subtree_protocol, &subtree_line, &subtree_params};

    memset(fields, -1, sizeof fields);
    proto_register_field_array(protocol, infos, G_N_ELEMENTS(infos));
    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
    expert_register_field_array(expert_register_protocol(protocol), expert_infos,
                                G_N_ELEMENTS(expert_infos));
}


static void register_protocol(void)
{
    module_t *module;

    protocol = proto_register_protocol("Stellar TCP Protocol", "Stellar", "stellar");
    register_fields();
    handle = register_dissector("stellar", dissect, protocol);
    module = prefs_register_protocol(protocol, apply_settings);
    range_convert_str(wmem_epan_scope(), &ports_setting, DEFAULT_PORT, MAX_PORT);
    prefs_register_range_preference(module, "ports", "Ports of the server",
                                    "TCP ports, for plain text and for TLS",
                                    &ports_setting, MAX_PORT);
    prefs_register_string_preference(
        module, "delimiter", "Delimiter",
        "What ends a line of the client; \\n \\r \\t \\0 \\\\ \\xHH stand for bytes. "
        "\\n alone: LF, CR LF and CR each do",
        &delimiter_setting);
    prefs_register_uint_preference(
        module, "max_data_length", "Longest line",
        "Bytes of a line, as the server's --max-data-length; 0: no limit", 10,
        &limit_setting);
    apply_framing();
}


static void register_handoff(void)
{
    json_handle = find_dissector("json");
    dissector_add_for_decode_as("tcp.port", handle);
    dissector_add_for_decode_as("tls.port", handle);
    take_ports();
}


void plugin_register(void)
{
    static proto_plugin plugin;

    plugin.register_protoinfo = register_protocol;
    plugin.register_handoff = register_handoff;
    proto_register_plugin(&plugin);
}
