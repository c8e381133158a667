/*
 * The TLS session with a client in the same process. The bytes that both send are on a
 * wire with two directions, where an input's operations split, damage, drop, repeat and
 * swap them. The first byte chooses: a full handshake, a resumed one (much faster), or
 * raw bytes without a client.
 *
 * All randomness is fixed, so that an input does the same in each run: the system's
 * source is replaced below, and the context, which has a session cache, is restored
 * before each run.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tls_internal.h"

#define WIRE    (1 << 17)
#define WRITTEN (1 << 20) /* the most bytes that a side sends */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TO_SERVER, TO_CLIENT };

struct wire {
    unsigned char bytes[WIRE];
    size_t length;
    size_t sent;     /* plaintext that the sender has written */
    size_t received; /* plaintext that came out at the other end */
    size_t most;     /* the most that may come out; after damage it no longer grows */
    unsigned char genuine[WIRE]; /* to the server: the bytes that it should get next */
    size_t genuine_length;
    bool is_cut;       /* genuine had too little room: see note_genuine() */
    bool is_damaged;   /* the server got other bytes */
    bool is_untracked; /* that was in the handshake, where some bytes do not matter */
};

struct play {
    struct stellar__tls_session *session;
    br_ssl_client_context client;
    br_x509_knownkey_context server_key;
    unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
    struct wire wires[2];
    enum stellar__tls_state state;
    bool is_disturbed; /* some bytes that were sent may not come out */
    bool is_closed;    /* by either side; then the same is true */
    bool was_open;     /* when that happened */
};

static struct play play;
static struct stellar__tls_context *context;
static br_ssl_session_cache_lru fresh; /* the context's cache before each run */
static unsigned char fresh_store[STELLAR__TLS_CACHE_SIZE];
static br_x509_decoder_context certificate;
static br_ssl_session_parameters resumed;


static void check(bool good, const char *what)
{
    if (good) {
        return;
    }
    fprintf(stderr, "tls: %s\n", what);
    abort();
}


/* Randomness. */

static int seed(const br_prng_class **prng)
{
    (*prng)->update(prng, "always the same entropy, 32 bytes", 32);
    return 1;
}


/* Replaces BearSSL's own function. */
br_prng_seeder br_prng_seeder_system(const char **name)
{
    if (name != NULL) {
        *name = "fixed";
    }
    return seed;
}


/* The two sides. */

static unsigned char pattern(size_t at)
{
    return (unsigned char)(at * 7 + (at >> 8));
}


static void receive_plain(struct wire *wire, const unsigned char *bytes, size_t length)
{
    size_t i;

    check(length <= wire->sent - wire->received, "more came out than was sent");
    for (i = 0; i < length; i++) {
        check(bytes[i] == pattern(wire->received + i),
              "what came out is not what was sent");
    }
    wire->received += length;
    check(wire->received <= wire->most, "what came after damage was taken");
}


static void look_at_state(void)
{
    enum stellar__tls_state state = stellar__tls_state(play.session);
    const char *failure = stellar__tls_failure(play.session);

    check(state >= play.state, "the state went back");
    check((state == STELLAR__TLS_FAILED) == (failure != NULL),
          "a failure without words, or words without a failure");
    if (failure != NULL && getenv("TLS_TRACE") != NULL) {
        fprintf(stderr, "%s\n", failure);
    }
    check(failure == NULL || (failure[0] != '\0' && strchr(failure, '\n') == NULL &&
                              strncmp(failure, "internal", 8) != 0),
          "a failure that does not say what is wrong");
    play.state = state;
}


static void start_client(bool resumes)
{
    br_ssl_engine_context *engine = &play.client.eng;
    const br_x509_pkey *key = br_x509_decoder_get_pkey(&certificate);
    static br_x509_minimal_context unused;

    br_ssl_client_init_full(&play.client, &unused, NULL, 0);
    br_x509_knownkey_init_ec(&play.server_key, &key->key.ec,
                             BR_KEYTYPE_KEYX | BR_KEYTYPE_SIGN);
    br_ssl_engine_set_x509(engine, &play.server_key.vtable);
    br_ssl_engine_set_buffer(engine, play.buffer, sizeof play.buffer, 1);
    if (resumes) {
        br_ssl_engine_set_session_parameters(engine, &resumed);
    }
    check(br_ssl_client_reset(&play.client, "localhost", resumes) == 1,
          "the client does not start");
}


static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}


/* The client writes these bytes to the wire. The copy needs no more room than the wire:
 * while the server's next bytes are all on the wire, they fit. If bytes were dropped
 * from the wire, the server gets other bytes, and nothing after that counts. */
static void note_genuine(struct wire *wire, const void *bytes, size_t length)
{
    size_t kept = least(length, WIRE - wire->genuine_length);

    if (wire->is_cut || wire->is_damaged || wire->is_untracked) {
        return;
    }
    memcpy(wire->genuine + wire->genuine_length, bytes, kept);
    wire->genuine_length += kept;
    wire->is_cut = kept < length;
}


/* Moves the output of both sides to the wire. */
static void send_all(void)
{
    struct wire *out = &play.wires[TO_SERVER];
    struct wire *back = &play.wires[TO_CLIENT];
    const void *bytes;
    size_t length;

    while (br_ssl_engine_current_state(&play.client.eng) & BR_SSL_SENDREC) {
        bytes = br_ssl_engine_sendrec_buf(&play.client.eng, &length);
        length = least(length, WIRE - out->length);
        if (length == 0) {
            break;
        }
        memcpy(out->bytes + out->length, bytes, length);
        out->length += length;
        note_genuine(out, bytes, length);
        br_ssl_engine_sendrec_ack(&play.client.eng, length);
    }
    while ((bytes = stellar__tls_ciphertext(play.session, &length)) != NULL) {
        length = least(length, WIRE - back->length);
        if (length == 0) {
            break;
        }
        memcpy(back->bytes + back->length, bytes, length);
        back->length += length;
        stellar__tls_ciphertext_done(play.session, length);
        look_at_state();
    }
}


static void read_server(size_t most)
{
    const char *plain;
    size_t length;

    while (most > 0 &&
           (plain = stellar__tls_plaintext(play.session, &length)) != NULL) {
        length = least(length, most);
        receive_plain(&play.wires[TO_SERVER], (const unsigned char *)plain, length);
        stellar__tls_plaintext_done(play.session, length);
        most -= length;
    }
}


static void read_client(void)
{
    const unsigned char *plain;
    size_t length;

    while ((plain = br_ssl_engine_recvapp_buf(&play.client.eng, &length)) != NULL) {
        receive_plain(&play.wires[TO_CLIENT], plain, length);
        br_ssl_engine_recvapp_ack(&play.client.eng, length);
    }
}


static void take_off(struct wire *wire, size_t length)
{
    wire->length -= length;
    memmove(wire->bytes, wire->bytes + length, wire->length);
}


/* Compares the bytes before the server gets them. In the handshake some changes do not
 * matter, such as the version in a record's header; later every change does. */
static void compare_genuine(struct wire *wire, const void *bytes, size_t length)
{
    if (length <= wire->genuine_length && memcmp(bytes, wire->genuine, length) == 0) {
        wire->genuine_length -= length;
        memmove(wire->genuine, wire->genuine + length, wire->genuine_length);
    } else if (play.state == STELLAR__TLS_HANDSHAKE) {
        wire->is_untracked = true;
    } else if (!wire->is_untracked) {
        wire->is_damaged = true;
    }
}


/* Feeds the server a number of bytes from the wire, in a block of exactly that size. */
static bool move_to_server(size_t most)
{
    struct wire *wire = &play.wires[TO_SERVER];
    size_t length = least(most, wire->length);
    void *block;
    size_t taken;
    size_t waiting;

    if (length == 0) {
        return false;
    }
    block = malloc(length);
    check(block != NULL, "out of memory");
    memcpy(block, wire->bytes, length);
    taken = stellar__tls_feed(play.session, block, length);
    compare_genuine(wire, block, taken);
    free(block);
    check(taken <= length, "more was taken than was there");
    check(taken == length || stellar__tls_plaintext(play.session, &waiting) != NULL ||
              stellar__tls_ciphertext(play.session, &waiting) != NULL,
          "feeding stops, and nothing else can be done");
    take_off(wire, taken);
    look_at_state();
    return taken > 0;
}


static bool move_to_client(size_t most)
{
    struct wire *wire = &play.wires[TO_CLIENT];
    size_t room;
    unsigned char *to = br_ssl_engine_recvrec_buf(&play.client.eng, &room);
    size_t length = least(most, wire->length);

    if (to == NULL || length == 0) {
        return false;
    }
    length = least(length, room);
    memcpy(to, wire->bytes, length);
    br_ssl_engine_recvrec_ack(&play.client.eng, length);
    take_off(wire, length);
    return true;
}


static void move_all(void)
{
    bool moved = true;

    while (moved) {
        send_all();
        read_server(SIZE_MAX);
        read_client();
        moved = move_to_server(SIZE_MAX);
        moved = move_to_client(SIZE_MAX) || moved;
    }
}


static void write_client(size_t length)
{
    struct wire *wire = &play.wires[TO_SERVER];
    size_t room;
    unsigned char *to = br_ssl_engine_sendapp_buf(&play.client.eng, &room);
    size_t i;

    if (to == NULL || wire->sent + length > WRITTEN) {
        return;
    }
    length = least(length, room);
    for (i = 0; i < length; i++) {
        to[i] = pattern(wire->sent + i);
    }
    br_ssl_engine_sendapp_ack(&play.client.eng, length);
    br_ssl_engine_flush(&play.client.eng, 0);
    wire->sent += length;
    if (!wire->is_damaged) {
        wire->most = wire->sent;
    }
}


static void write_server(size_t length)
{
    struct wire *wire = &play.wires[TO_CLIENT];
    unsigned char bytes[1024];
    size_t i;

    if (wire->sent + length > WRITTEN) {
        return;
    }
    length = least(length, sizeof bytes);
    for (i = 0; i < length; i++) {
        bytes[i] = pattern(wire->sent + i);
    }
    wire->sent += stellar__tls_write(play.session, bytes, length);
    stellar__tls_flush(play.session);
    if (!wire->is_damaged) {
        wire->most = wire->sent;
    }
    look_at_state();
}


/* Damage. */

/* Returns the length of the record at the start of the bytes, or of all bytes. */
static size_t record_length(const unsigned char *bytes, size_t length)
{
    return length < 5 ? length : least(length, 5 + (size_t)bytes[3] * 256 + bytes[4]);
}


static void flip(struct wire *wire, size_t at, unsigned char bits)
{
    if (wire->length == 0 || bits == 0) {
        return;
    }
    wire->bytes[at % wire->length] ^= bits;
    play.is_disturbed = true;
}


static void drop(struct wire *wire, size_t at, size_t length)
{
    if (wire->length == 0 || length == 0) {
        return;
    }
    at %= wire->length;
    length = least(length, wire->length - at);
    memmove(wire->bytes + at, wire->bytes + at + length, wire->length - at - length);
    wire->length -= length;
    play.is_disturbed = true;
}


static void insert(struct wire *wire, size_t at, const void *bytes, size_t length)
{
    if (length == 0 || length > WIRE - wire->length) {
        return;
    }
    at = wire->length == 0 ? 0 : at % (wire->length + 1);
    memmove(wire->bytes + at + length, wire->bytes + at, wire->length - at);
    memcpy(wire->bytes + at, bytes, length);
    wire->length += length;
    play.is_disturbed = true;
}


/* Repeats the first record, or swaps it with the second. */
static void reorder(struct wire *wire, bool repeats)
{
    static unsigned char copy[WIRE];
    size_t first = record_length(wire->bytes, wire->length);
    size_t second = record_length(wire->bytes + first, wire->length - first);

    memcpy(copy, wire->bytes, first);
    if (repeats) {
        insert(wire, first, copy, first);
    } else if (second > 0 &&
               (first != second || memcmp(copy, wire->bytes + first, first) != 0)) {
        memmove(wire->bytes, wire->bytes + first, second);
        memcpy(wire->bytes + second, copy, first);
        play.is_disturbed = true;
    }
}


/* Cuts the first record in two. Allowed in the handshake; later it is damage. */
static void split_record(struct wire *wire, size_t at)
{
    size_t length = record_length(wire->bytes, wire->length);
    unsigned char header[5];

    if (length < 7) {
        return;
    }
    at = 1 + at % (length - 6);
    memcpy(header, wire->bytes, 3);
    header[3] = (unsigned char)((length - 5 - at) >> 8);
    header[4] = (unsigned char)(length - 5 - at);
    wire->bytes[3] = (unsigned char)(at >> 8);
    wire->bytes[4] = (unsigned char)at;
    insert(wire, 5 + at, header, sizeof header);
}


/* If a client closes in the handshake, its record has no version yet. */
static void note_close(void)
{
    if (!play.is_closed) {
        play.was_open = play.state == STELLAR__TLS_OPEN;
    }
    play.is_closed = true;
}


/* Operations: a byte that says which, with the direction in its high bit, then two
 * bytes of arguments, then for INSERT as many bytes as the last argument says. */
static size_t operate(const uint8_t *op, size_t size)
{
    struct wire *wire = &play.wires[op[0] >> 7];
    size_t place = op[1];
    size_t amount = op[2];

    switch (op[0] % 16) {
    case 0:
    case 1:
        send_all();
        break;
    case 2:
    case 3:
        if (wire == &play.wires[TO_SERVER]) {
            move_to_server(amount == 255 ? SIZE_MAX : amount);
        } else {
            move_to_client(amount == 255 ? SIZE_MAX : amount);
        }
        break;
    case 4:
        flip(wire, place, (unsigned char)amount);
        break;
    case 5:
        drop(wire, place, amount);
        break;
    case 6:
        reorder(wire, place % 2 == 0);
        break;
    case 7:
        split_record(wire, place);
        break;
    case 8:
        amount = least(amount, size - 3);
        insert(wire, place, op + 3, amount);
        return 3 + amount;
    case 9:
        write_client(place * amount);
        break;
    case 10:
        write_server(place * amount);
        break;
    case 11:
        read_server(amount);
        read_client();
        break;
    case 12:
        note_close();
        stellar__tls_close(play.session);
        look_at_state();
        break;
    case 13:
        note_close();
        br_ssl_engine_close(&play.client.eng);
        break;
    default:
        move_all();
        break;
    }
    return 3;
}


/* Runs. */

static void *allocate(void *unused, size_t size)
{
    (void)unused;
    return malloc(size);
}


static void release(void *unused, void *memory)
{
    (void)unused;
    free(memory);
}


static void keep_nothing(void *data, const void *bytes, size_t length)
{
    (void)data;
    (void)bytes;
    (void)length;
}


static void start(bool resumes)
{
    int i;

    for (i = 0; i < 2; i++) {
        struct wire *wire = &play.wires[i];

        wire->length = wire->sent = wire->received = wire->most = 0;
        wire->is_cut = wire->is_damaged = wire->is_untracked = false;
        wire->genuine_length = 0;
    }
    play.wires[TO_CLIENT].most = WRITTEN;
    play.state = STELLAR__TLS_HANDSHAKE;
    play.is_disturbed = play.is_closed = play.was_open = false;
    play.session = stellar__tls_session_new(context, NULL);
    check(play.session != NULL, "no session");
    start_client(resumes);
}


/* Runs once: reads the key, and makes a session that later runs resume. */
static void prepare(void)
{
    const struct stellar_allocator memory = {allocate, NULL, release, NULL};
    const struct stellar__tls_files files = {TLS_DATA "p256.pem",
                                             TLS_DATA "p256.key.pem", NULL, false};
    char error[1024];

    if (stellar__tls_context_new(&context, &memory, &files, error, sizeof error) != 0) {
        check(false, error);
    }
    br_x509_decoder_init(&certificate, keep_nothing, NULL);
    br_x509_decoder_push(&certificate, context->chain.list[0].data,
                         context->chain.list[0].data_len);
    start(false);
    move_all();
    check(play.state == STELLAR__TLS_OPEN, "the handshake fails");
    br_ssl_engine_get_session_parameters(&play.client.eng, &resumed);
    stellar__tls_session_free(play.session);
    fresh = context->cache.sessions;
    memcpy(fresh_store, context->cache.store, sizeof fresh_store);
}


/* A run without a client: for any bytes, no plaintext must come out. */
static void run_raw(const uint8_t *data, size_t size)
{
    struct wire *wire = &play.wires[TO_SERVER];
    size_t step = size > 0 ? 1 + data[0] : 1;

    wire->length = 0;
    for (; size > 0 && wire->length + size <= WIRE; size = 0) {
        memcpy(wire->bytes, data, size);
        wire->length = size;
    }
    while (wire->length > 0) {
        size_t length;

        if (!move_to_server(step)) {
            stellar__tls_ciphertext(play.session, &length);
            stellar__tls_ciphertext_done(play.session, length);
            read_server(1);
        }
    }
}


static void run_operations(const uint8_t *data, size_t size)
{
    const struct wire *in = &play.wires[TO_SERVER];
    const struct wire *out = &play.wires[TO_CLIENT];

    while (size >= 3) {
        size_t used = operate(data, size);

        data += used;
        size -= used;
    }
    move_all();
    if (in->is_damaged) {
        /* A record may wait for its rest, which a client that has closed cannot
         * send. */
        write_client(16384);
        move_all();
        write_client(16384);
        move_all();
        check(br_ssl_engine_last_error(&play.client.eng) != 0 || in->sent == in->most ||
                  play.state != STELLAR__TLS_OPEN ||
                  (br_ssl_engine_current_state(&play.client.eng) & BR_SSL_SENDAPP) == 0,
              "damage goes unnoticed");
    }
    if (!play.is_disturbed && play.is_closed) {
        check(play.state == STELLAR__TLS_CLOSED || !play.was_open,
              "an undisturbed session that one side has closed is not closed");
    }
    if (!play.is_disturbed && !play.is_closed) {
        check(play.state == STELLAR__TLS_OPEN, "an undisturbed session is not open");
        check(in->received == in->sent && out->received == out->sent,
              "not all that was sent came out");
    }
}


int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (context == NULL) {
        prepare();
    }
    context->cache.sessions = fresh;
    memcpy(context->cache.store, fresh_store, sizeof fresh_store);
    if (size == 0) {
        return 0;
    }
    start(data[0] % 4 != 0);
    if (data[0] % 4 == 3) {
        run_raw(data + 1, size - 1);
    } else {
        run_operations(data + 1, size - 1);
    }
    stellar__tls_session_free(play.session);
    check(atomic_load(&context->references) == 1, "somebody still holds the context");
    return 0;
}
