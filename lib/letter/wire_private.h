/* Strict protobuf for the files of letter: capped memory, canonical bytes only. */
#ifndef DP_LETTER_WIRE_PRIVATE_H
#define DP_LETTER_WIRE_PRIVATE_H

#include "letter.h"

#include "dpost/v1/envelope.pb-c.h"

/*
 * Unpacks; refuses with `malformed` what does not parse, holds invalid UTF-8 or is not the bytes
 * that pack() gives, and with envelope.unknown_field what holds fields unknown to us. The message
 * lives in a block of its own: end it by dp_wire_free().
 */
struct dp_wire {
	struct dp_arena *arena;
	ProtobufCMessage *message;
};

enum dp_rc dp_wire_unpack(const ProtobufCMessageDescriptor *type, struct dp_span bytes,
    enum dp_code malformed, struct dp_wire *out, struct dp_refusal *refusal,
    struct dp_err *err) DP_MUST_CHECK;
void dp_wire_free(struct dp_wire *wire);
void dp_wire_pack(const ProtobufCMessage *message, struct dp_buf *out);

/* Copies a field of exactly `len` bytes; false otherwise. */
bool dp_wire_exact(const ProtobufCBinaryData *field, void *out, size_t len);
ProtobufCBinaryData dp_wire_data(const void *ptr, size_t len);
struct dp_span dp_wire_span(const ProtobufCBinaryData *field);

#endif
