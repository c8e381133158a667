/* The meaning of BearSSL's error numbers, for the reader of a server's log. */
#include <stdio.h>

#include "tls_internal.h"

/* Errors found by the engine itself. It sends no alert for these. BAD_PARAM is also its
 * error for a message in which one length exceeds another. */
#define ENGINE_ERRORS(XX)                                                            \
    XX(BR_ERR_BAD_PARAM, "a handshake message has an impossible length")             \
    XX(BR_ERR_BAD_STATE, "internal error: not possible in this state")               \
    XX(BR_ERR_UNSUPPORTED_VERSION, "a record is of a version that is not supported") \
    XX(BR_ERR_BAD_VERSION, "a record is not of the version agreed on")               \
    XX(BR_ERR_BAD_LENGTH, "a record has an impossible length")                       \
    XX(BR_ERR_TOO_LARGE, "a record is too large")                                    \
    XX(BR_ERR_BAD_MAC, "a record was damaged on its way")                            \
    XX(BR_ERR_NO_RANDOM, "no source of random numbers")                              \
    XX(BR_ERR_UNKNOWN_TYPE, "a record is of unknown type")                           \
    XX(BR_ERR_UNEXPECTED, "the client sent a message out of turn")                   \
    XX(BR_ERR_BAD_CCS, "a ChangeCipherSpec message is malformed")                    \
    XX(BR_ERR_BAD_ALERT, "an alert is malformed")                                    \
    XX(BR_ERR_BAD_HANDSHAKE, "a handshake message is malformed")                     \
    XX(BR_ERR_OVERSIZED_ID, "the session id is too long")                            \
    XX(BR_ERR_BAD_CIPHER_SUITE, "no cipher suite in common")                         \
    XX(BR_ERR_BAD_COMPRESSION, "the client insists on compression")                  \
    XX(BR_ERR_BAD_FRAGLEN, "the maximum fragment length is invalid")                 \
    XX(BR_ERR_BAD_SECRENEG, "secure renegotiation failed")                           \
    XX(BR_ERR_EXTRA_EXTENSION, "an extension was not asked for")                     \
    XX(BR_ERR_BAD_SNI, "the server name is malformed")                               \
    XX(BR_ERR_BAD_HELLO_DONE, "a ServerHelloDone message is malformed")              \
    XX(BR_ERR_LIMIT_EXCEEDED, "a key or signature is too large")                     \
    XX(BR_ERR_BAD_FINISHED, "the handshake was tampered with")                       \
    XX(BR_ERR_RESUME_MISMATCH, "the resumed session does not match")                 \
    XX(BR_ERR_INVALID_ALGORITHM, "key exchange failed: algorithm or key invalid")    \
    XX(BR_ERR_BAD_SIGNATURE, "a signature is wrong")                                 \
    XX(BR_ERR_WRONG_KEY_USAGE, "the key must not be used for this")                  \
    XX(BR_ERR_NO_CLIENT_AUTH, "the client did not authenticate itself")

/* RFC 5246, 7.2; RFC 6066, 9; RFC 4279, 6; RFC 7301, 3.2; RFC 7507, 3. */
#define ALERTS(XX)                        \
    XX(0, "close notify")                 \
    XX(10, "unexpected message")          \
    XX(20, "bad record MAC")              \
    XX(21, "decryption failed")           \
    XX(22, "record overflow")             \
    XX(30, "decompression failure")       \
    XX(40, "handshake failure")           \
    XX(41, "no certificate")              \
    XX(42, "bad certificate")             \
    XX(43, "unsupported certificate")     \
    XX(44, "certificate revoked")         \
    XX(45, "certificate expired")         \
    XX(46, "certificate unknown")         \
    XX(47, "illegal parameter")           \
    XX(48, "unknown CA")                  \
    XX(49, "access denied")               \
    XX(50, "decode error")                \
    XX(51, "decrypt error")               \
    XX(60, "export restriction")          \
    XX(70, "protocol version")            \
    XX(71, "insufficient security")       \
    XX(80, "internal error")              \
    XX(86, "inappropriate fallback")      \
    XX(90, "user canceled")               \
    XX(100, "no renegotiation")           \
    XX(109, "missing extension")          \
    XX(110, "unsupported extension")      \
    XX(111, "certificate unobtainable")   \
    XX(112, "unrecognized name")          \
    XX(113, "bad certificate status")     \
    XX(114, "bad certificate hash value") \
    XX(115, "unknown PSK identity")       \
    XX(116, "certificate required")       \
    XX(120, "no application protocol")


static const char *engine_text(int error)
{
    switch (error) {
#define XX(number, text) \
    case number:         \
        return text;
        ENGINE_ERRORS(XX)
#undef XX
    default:
        return "internal error";
    }
}


static const char *alert_text(int alert)
{
    switch (alert) {
#define XX(number, text) \
    case number:         \
        return text;
        ALERTS(XX)
#undef XX
    default:
        return "unknown";
    }
}


/* The meaning of an alert that we send: the client only gets the number. Two of them
 * are about the client's abilities, the others about its mistakes. */
static void sent_alert_text(int alert, char *text, size_t capacity)
{
    if (alert == 40) {
        snprintf(text, capacity,
                 "no cipher suite in common (this server speaks TLS 1.2)");
    } else if (alert == 70) {
        snprintf(text, capacity,
                 "no protocol version in common (this server speaks TLS 1.2)");
    } else {
        snprintf(text, capacity, "the client was sent alert %d: %s", alert,
                 alert_text(alert));
    }
}


void stellar__tls_failure_text(int error, char *text, size_t capacity)
{
    if (error >= BR_ERR_SEND_FATAL_ALERT) {
        sent_alert_text(error - BR_ERR_SEND_FATAL_ALERT, text, capacity);
    } else if (error >= BR_ERR_RECV_FATAL_ALERT) {
        snprintf(text, capacity, "the client sent alert %d: %s",
                 error - BR_ERR_RECV_FATAL_ALERT,
                 alert_text(error - BR_ERR_RECV_FATAL_ALERT));
    } else {
        snprintf(text, capacity, "%s", engine_text(error));
    }
}
