#include "option_fields.h"

#define FIELD(field) ((struct stellar_server_options *)0)->field

#define IS_STRING(field) _Generic(FIELD(field), const char * : true, default : false)

/* Whether a TYPE of the table is a string. */
#define STRING_NUMBER    false
#define STRING_SWITCH    false
#define STRING_CHOICE    false
#define STRING_TEXT      true
#define STRING_BYTES     true
#define STRING_ADDRESS   true
#define STRING_FILE_NAME true

#define NEEDS_RESTART_RELOAD  false
#define NEEDS_RESTART_RESTART true

const struct stellar__option_field stellar__option_fields[STELLAR__OPTION_FIELDS] = {
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    {offsetof(struct stellar_server_options, field), STRING_##type,              \
     NEEDS_RESTART_##rule, least, most},
    STELLAR_OPTIONS(XX)
#undef XX
};

/* The struct is written out in server.h, and the table has to agree with it: strings
 * are strings, a switch is a bool, and a number has room for its most. A size_t of 32
 * bits is enough for any size, whatever the most. */
#define HAS_ROOM(field, most) \
    (sizeof FIELD(field) >= sizeof(size_t) || (most) <= UINT32_MAX)
#define FITS_NUMBER(field, standard, least, most) \
    (HAS_ROOM(field, most) && (standard) >= (least) && (standard) <= (most))
#define FITS_SWITCH(field, standard, least, most) \
    _Generic(FIELD(field), bool : true, default : false)
#define FITS_CHOICE(field, standard, least, most) \
    (sizeof FIELD(field) == sizeof(enum stellar_log_level))
#define FITS_TEXT(field, standard, least, most)      ((least) <= (most))
#define FITS_BYTES(field, standard, least, most)     ((least) <= (most))
#define FITS_ADDRESS(field, standard, least, most)   ((least) <= (most))
#define FITS_FILE_NAME(field, standard, least, most) ((least) <= (most))
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    _Static_assert(IS_STRING(field) == STRING_##type, #field);                   \
    _Static_assert(FITS_##type(field, standard, least, most), #field);
STELLAR_OPTIONS(XX)
#undef XX


const char **stellar__option_string(struct stellar_server_options *options, size_t n)
{
    const struct stellar__option_field *field = &stellar__option_fields[n];

    return field->is_string ? (const char **)(void *)((char *)options + field->offset)
                            : NULL;
}
