/* Reading PEM files, of which one holds a secret: nothing of it is left behind. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"


void stellar__tls_wipe(void *memory, size_t length)
{
    /* The compiler cannot know what is called, nor that it has no effect. */
    static void *(*const volatile set)(void *, int, size_t) = memset;

    set(memory, 0, length);
}


static int read_all(FILE *stream, struct stellar__tls_file *file,
                    const struct stellar_allocator *allocator)
{
    size_t capacity = STELLAR__TLS_FILE_MAX + 1;

    /* Not grown step by step: each step would leave a copy of the key behind. */
    file->text = allocator->allocate(allocator->context, capacity);
    if (!file->text)
        return STELLAR_ERR_NO_MEMORY;
    file->length = fread(file->text, 1, capacity, stream);
    if (ferror(stream) || file->length == capacity)
        return STELLAR_ERR_TLS;
    file->text[file->length] = '\0';
    return 0;
}


int stellar__tls_file_read(struct stellar__tls_file *file,
                           const struct stellar_allocator *allocator, const char *path,
                           char *error, size_t capacity)
{
    FILE *stream = fopen(path, "rb");
    int status;

    file->text = NULL;
    file->length = 0;
    if (!stream) {
        snprintf(error, capacity, "%s: %s", path, strerror(errno));
        return STELLAR_ERR_TLS;
    }
    setvbuf(stream, NULL, _IONBF, 0);
    status = read_all(stream, file, allocator);
    if (status == STELLAR_ERR_NO_MEMORY)
        snprintf(error, capacity, "out of memory");
    else if (ferror(stream))
        snprintf(error, capacity, "%s: %s", path, strerror(errno));
    else if (status != 0)
        snprintf(error, capacity, "%s: is larger than %d bytes", path,
                 STELLAR__TLS_FILE_MAX);
    else if (file->length == 0) {
        snprintf(error, capacity, "%s: is empty", path);
        status = STELLAR_ERR_TLS;
    }
    fclose(stream);
    if (status != 0)
        stellar__tls_file_release(file, allocator);
    return status;
}


void stellar__tls_file_release(struct stellar__tls_file *file,
                               const struct stellar_allocator *allocator)
{
    if (!file->text)
        return;
    stellar__tls_wipe(file->text, file->length);
    allocator->release(allocator->context, file->text);
    file->text = NULL;
}


struct progress {
    bool inside; /* a block has begun and not ended */
    bool wanted; /* by the reader */
};


/* Decodes until the text is used up or the decoder finds an error. */
static const char *decode(br_pem_decoder_context *decoder, struct progress *progress,
                          const char *text, size_t length,
                          const struct stellar__tls_pem_reader *reader)
{
    while (length > 0) {
        size_t taken = br_pem_decoder_push(decoder, text, length);

        text += taken;
        length -= taken;
        switch (br_pem_decoder_event(decoder)) {
        case BR_PEM_BEGIN_OBJ:
            progress->inside = true;
            progress->wanted =
                reader->begin(reader->data, br_pem_decoder_name(decoder));
            br_pem_decoder_setdest(decoder, progress->wanted ? reader->bytes : NULL,
                                   reader->data);
            break;
        case BR_PEM_END_OBJ:
            progress->inside = false;
            if (progress->wanted)
                reader->end(reader->data);
            break;
        case BR_PEM_ERROR:
            return "a PEM block is damaged";
        default:
            break;
        }
    }
    return NULL;
}


const char *stellar__tls_pem_read(const struct stellar__tls_file *file,
                                  const struct stellar__tls_pem_reader *reader)
{
    struct progress progress = {false, false};
    br_pem_decoder_context decoder;
    const char *at = file->text;
    const char *end = file->text + file->length;
    const char *wrong = NULL;

    br_pem_decoder_init(&decoder);
    while (!wrong && at < end) {
        /* The decoder would take a CR for a part of the block's name. */
        const char *cr = memchr(at, '\r', (size_t)(end - at));
        const char *stop = cr ? cr : end;

        wrong = decode(&decoder, &progress, at, (size_t)(stop - at), reader);
        at = cr ? cr + 1 : end;
    }
    /* Editors leave the last line without an end; the decoder needs one. */
    if (!wrong)
        wrong = decode(&decoder, &progress, "\n", 1, reader);
    if (!wrong && progress.inside)
        wrong = "a PEM block has no end; the file is truncated";
    stellar__tls_wipe(&decoder, sizeof decoder);
    return wrong;
}
