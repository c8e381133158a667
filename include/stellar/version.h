/* The version of the stellar-tcp libraries and programs (Semantic Versioning 2.0.0). */
#ifndef STELLAR_VERSION_H
#define STELLAR_VERSION_H

#define STELLAR_VERSION_MAJOR 0
#define STELLAR_VERSION_MINOR 1
#define STELLAR_VERSION_PATCH 0
#define STELLAR_VERSION       "0.1.0"

#endif
