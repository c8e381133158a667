/* A server with one action, "greet": embed [PORT]. */
#include <stdio.h>
#include <stdlib.h>

#include "stellar/server.h"

static void greet(struct stellar_call *call, void *data)
{
    struct stellar_value name; /* JSON text; it exists, because it is required */

    (void)data;
    stellar_call_param(call, "name", &name);
    stellar_write_key(stellar_call_writer(call), "hello");
    stellar_write_json(stellar_call_writer(call), name.text.data, name.text.length);
    stellar_call_finish(call);
}


int main(int argc, char **argv)
{
    static const struct stellar_input inputs[] = {{.name = "name", .required = true},
                                                  {.name = NULL}};
    static const struct stellar_action action = {
        .name = "greet", .version = 1, .inputs = inputs, .run = greet};
    struct stellar_server_options options;
    struct stellar_server *server;
    char error[256] = "greet cannot be added";

    stellar_server_options_init(&options);
    options.port = argc > 1 ? atoi(argv[1]) : 5000;
    if (stellar_server_create(&server, &options, error, sizeof error) != 0 ||
        stellar_server_add_action(server, &action) != 0 ||
        stellar_server_listen(server, error, sizeof error) != 0) {
        fprintf(stderr, "embed: %s\n", error);
        return EXIT_FAILURE;
    }
    printf("ready %s\n", stellar_server_address(server));
    fflush(stdout);
    return stellar_server_run(server) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
