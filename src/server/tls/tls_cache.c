/*
 * The cache of sessions that clients may resume. It is BearSSL's own, which forgets the
 * least recently used session, with a lock, because all loops of a server share it.
 * Each handshake reads it at most once and writes it at most once. Nothing else takes
 * the lock.
 */
#include "tls_internal.h"


static struct stellar__tls_cache *cache_of(const br_ssl_session_cache_class **class)
{
    return (void *)((char *)class - offsetof(struct stellar__tls_cache, class));
}


static struct stellar__tls_session *session_of(br_ssl_server_context *server)
{
    return (void *)((char *)server - offsetof(struct stellar__tls_session, server));
}


static void save(const br_ssl_session_cache_class **class,
                 br_ssl_server_context *server,
                 const br_ssl_session_parameters *parameters)
{
    struct stellar__tls_cache *cache = cache_of(class);

    session_of(server)->resumed =
        false; /* the session found did not fit, so there is a new one */
    pthread_mutex_lock(&cache->lock);
    cache->sessions.vtable->save(&cache->sessions.vtable, server, parameters);
    pthread_mutex_unlock(&cache->lock);
}


static int load(const br_ssl_session_cache_class **class, br_ssl_server_context *server,
                br_ssl_session_parameters *parameters)
{
    struct stellar__tls_cache *cache = cache_of(class);
    int found;

    pthread_mutex_lock(&cache->lock);
    found = cache->sessions.vtable->load(&cache->sessions.vtable, server, parameters);
    pthread_mutex_unlock(&cache->lock);
    session_of(server)->resumed = found != 0;
    return found;
}


bool stellar__tls_cache_init(struct stellar__tls_cache *cache)
{
    static const br_ssl_session_cache_class class = {sizeof *cache, save, load};

    cache->class = &class;
    br_ssl_session_cache_lru_init(&cache->sessions, cache->store, sizeof cache->store);
    return pthread_mutex_init(&cache->lock, NULL) == 0;
}


void stellar__tls_cache_free(struct stellar__tls_cache *cache)
{
    pthread_mutex_destroy(&cache->lock);
    stellar__wipe(cache, sizeof *cache);
}
