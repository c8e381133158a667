#include <stdio.h>

#include "client.h"


static void *purse_allocate(void *context, size_t size)
{
    struct purse *purse = context;

    if (purse->left == 0) {
        return NULL;
    }
    purse->left--;
    purse->out++;
    return malloc(size);
}


static void *purse_resize(void *context, void *memory, size_t size)
{
    struct purse *purse = context;

    if (!memory) {
        return purse_allocate(context, size);
    }
    if (purse->left == 0) {
        return NULL;
    }
    purse->left--;
    return realloc(memory, size);
}


static void purse_release(void *context, void *memory)
{
    struct purse *purse = context;

    if (memory) {
        purse->out--;
    }
    free(memory);
}


void purse_init(struct purse *purse)
{
    purse->allocator.allocate = purse_allocate;
    purse->allocator.resize = purse_resize;
    purse->allocator.release = purse_release;
    purse->allocator.context = purse;
    purse->out = 0;
    purse->left = -1;
}


static void append_der(void *data, const void *bytes, size_t length)
{
    struct client *client = data;

    assert_true(length <= sizeof client->root_der - client->root_length);
    memcpy(client->root_der + client->root_length, bytes, length);
    client->root_length += length;
}


static void append_name(void *data, const void *bytes, size_t length)
{
    struct client *client = data;

    assert_true(length <= sizeof client->root_name - client->root_name_length);
    memcpy(client->root_name + client->root_name_length, bytes, length);
    client->root_name_length += length;
}


static void load_root(struct client *client)
{
    char text[4096];
    FILE *file = fopen(TEST_DATA "ca.pem", "rb");
    br_pem_decoder_context decoder;
    size_t length;
    size_t done = 0;

    assert_non_null(file);
    length = fread(text, 1, sizeof text, file);
    fclose(file);
    client->root_length = 0;
    client->root_name_length = 0;
    br_pem_decoder_init(&decoder);
    br_pem_decoder_setdest(&decoder, append_der, client);
    while (done < length) {
        done += br_pem_decoder_push(&decoder, text + done, length - done);
        assert_int_not_equal(br_pem_decoder_event(&decoder), BR_PEM_ERROR);
    }
    br_x509_decoder_init(&client->root_decoder, append_name, client);
    br_x509_decoder_push(&client->root_decoder, client->root_der, client->root_length);
    assert_int_equal(br_x509_decoder_last_error(&client->root_decoder), 0);
    client->root.dn.data = client->root_name;
    client->root.dn.len = client->root_name_length;
    client->root.flags = BR_X509_TA_CA;
    client->root.pkey = *br_x509_decoder_get_pkey(&client->root_decoder);
}


void client_init(struct client *client, struct stellar__tls_session *session,
                 const br_ssl_session_parameters *resumed)
{
    br_ssl_engine_context *engine = &client->context.eng;

    load_root(client);
    br_ssl_client_init_full(&client->context, &client->validator, &client->root, 1);
    br_ssl_engine_set_buffer(engine, client->buffer, sizeof client->buffer, 1);
    if (resumed) {
        br_ssl_engine_set_session_parameters(engine, resumed);
    }
    assert_int_equal(
        br_ssl_client_reset(&client->context, "localhost", resumed != NULL), 1);
    client->session = session;
    client->step = SIZE_MAX;
    client->from_client = 0;
    client->from_server = 0;
}


static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}


bool client_pump_out(struct client *client)
{
    br_ssl_engine_context *engine = &client->context.eng;
    bool moved = false;
    size_t length;
    size_t taken;
    const unsigned char *bytes;

    while ((bytes = br_ssl_engine_sendrec_buf(engine, &length)) != NULL) {
        taken = stellar__tls_feed(client->session, bytes, least(length, client->step));
        if (taken == 0) {
            break;
        }
        br_ssl_engine_sendrec_ack(engine, taken);
        client->from_client += taken;
        moved = true;
    }
    return moved;
}


bool client_pump_in(struct client *client)
{
    br_ssl_engine_context *engine = &client->context.eng;
    bool moved = false;
    size_t length;
    size_t room;
    const void *bytes;
    unsigned char *to;

    for (;;) {
        bytes = stellar__tls_ciphertext(client->session, &length);
        to = br_ssl_engine_recvrec_buf(engine, &room);
        if (!bytes || !to) {
            return moved;
        }
        length = least(least(length, room), client->step);
        memcpy(to, bytes, length);
        br_ssl_engine_recvrec_ack(engine, length);
        stellar__tls_ciphertext_done(client->session, length);
        client->from_server += length;
        moved = true;
    }
}


void client_pump(struct client *client)
{
    bool moved = true;

    while (moved) {
        moved = client_pump_out(client);
        moved = client_pump_in(client) || moved;
    }
}


void client_send(struct client *client, const char *bytes, size_t length)
{
    br_ssl_engine_context *engine = &client->context.eng;
    size_t sent = 0;
    size_t seen = 0;

    while (seen < length) {
        size_t size;
        unsigned char *room = br_ssl_engine_sendapp_buf(engine, &size);
        const char *plain;

        if (room && sent < length) {
            size = least(size, length - sent);
            memcpy(room, bytes + sent, size);
            br_ssl_engine_sendapp_ack(engine, size);
            sent += size;
            br_ssl_engine_flush(engine, 0);
        }
        client_pump(client);
        plain = stellar__tls_plaintext(client->session, &size);
        assert_non_null(plain);
        assert_memory_equal(plain, bytes + seen, size);
        stellar__tls_plaintext_done(client->session, size);
        seen += size;
    }
}


void client_receive(struct client *client, const char *bytes, size_t length)
{
    br_ssl_engine_context *engine = &client->context.eng;
    size_t sent = 0;
    size_t seen = 0;

    while (seen < length) {
        size_t size;
        unsigned char *plain;

        sent += stellar__tls_write(client->session, bytes + sent, length - sent);
        stellar__tls_flush(client->session);
        client_pump(client);
        plain = br_ssl_engine_recvapp_buf(engine, &size);
        assert_non_null(plain);
        assert_memory_equal(plain, bytes + seen, size);
        br_ssl_engine_recvapp_ack(engine, size);
        seen += size;
    }
}


struct stellar__tls_context *context_of(struct purse *purse, const char *certificate,
                                        const char *key)
{
    struct stellar__tls_files files = {NULL, NULL, NULL, false};
    struct stellar__tls_context *context;
    char certificate_file[1024];
    char key_file[1024];
    char error[1024] = "";

    snprintf(certificate_file, sizeof certificate_file, TEST_DATA "%s", certificate);
    snprintf(key_file, sizeof key_file, TEST_DATA "%s", key);
    files.certificate = certificate_file;
    files.key = key_file;
    if (stellar__tls_context_new(&context, &purse->allocator, &files, error,
                                 sizeof error) != 0) {
        fail_msg("%s", error);
    }
    return context;
}
