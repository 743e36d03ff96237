/*
 * SHA-256 (FIPS 180-4), for the splits of corpora that are told by it.
 */
#ifndef ONRECORD_TRAINING_SHA256_H
#define ONRECORD_TRAINING_SHA256_H

#include <stddef.h>
#include <stdint.h>

void sha256(const void *bytes, size_t len, uint8_t digest[32]);

/* The digest, read as one number, modulo `n`. */
uint32_t sha256_modulo(const void *bytes, size_t len, uint32_t n);

#endif
