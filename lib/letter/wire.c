#include "wire_private.h"

#include <string.h>

/* protobuf-c takes a few times the bytes it parses; what needs more is hostile. */
#define ARENA_FACTOR 8
#define ARENA_LEAST 65536

static void *
wire_alloc(void *arena, size_t len)
{
	return dp_arena_alloc(arena, len);
}

static void
wire_release(void *arena, void *ptr)
{
	(void)arena, (void)ptr;		/* the arena ends as a whole */
}

static const void *
member(const ProtobufCMessage *message, unsigned offset)
{
	return (const uint8_t *)message + offset;
}

static bool
text_ok(const char *text)
{
	return text == NULL || dp_utf8_valid(dp_span_str(text));
}

static bool message_ok(const ProtobufCMessage *message, bool *unknown);

static bool
value_ok(const ProtobufCFieldDescriptor *field, const void *value, bool *unknown)
{
	if (field->type == PROTOBUF_C_TYPE_STRING)
		return text_ok(*(char *const *)value);
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		const ProtobufCMessage *inner = *(ProtobufCMessage *const *)value;

		return inner == NULL || message_ok(inner, unknown);
	}
	return true;
}

/* Every text valid, no unknown field, at any depth (protobuf-c bounds the depth by our types). */
static bool
message_ok(const ProtobufCMessage *message, bool *unknown)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;

	if (message->n_unknown_fields > 0) {
		*unknown = true;
		return false;
	}
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		const void *value = member(message, field->offset);
		size_t count = 1;

		if (field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		if (field->label == PROTOBUF_C_LABEL_REPEATED) {
			memcpy(&count, member(message, field->quantifier_offset), sizeof(count));
			value = *(const void *const *)value;
		}
		for (size_t k = 0; k < count; k++) {
			if (!value_ok(field, (const void *const *)value + k, unknown))
				return false;
		}
	}
	return true;
}

/* A second spelling of the same message would have a second hash: only pack()'s own is taken. */
static bool
canonical(const ProtobufCMessage *message, struct dp_span bytes)
{
	struct dp_buf again;
	bool same;

	if (protobuf_c_message_get_packed_size(message) != bytes.len)
		return false;
	dp_buf_init(&again, bytes.len);
	dp_wire_pack(message, &again);
	same = !again.failed && dp_span_equal(dp_buf_span(&again), bytes);
	dp_buf_done(&again);
	return same;
}

enum dp_rc
dp_wire_unpack(const ProtobufCMessageDescriptor *type, struct dp_span bytes,
    enum dp_code malformed, struct dp_wire *out, struct dp_refusal *refusal, struct dp_err *err)
{
	ProtobufCAllocator allocator = {.alloc = wire_alloc, .free = wire_release};
	bool unknown = false;

	out->message = NULL;
	out->arena = dp_arena_new(ARENA_LEAST + ARENA_FACTOR * bytes.len);
	if (out->arena == NULL)
		return dp_fail(err, DP_ENOMEM, "no memory to decode a message");
	allocator.allocator_data = out->arena;
	out->message = protobuf_c_message_unpack(type, &allocator, bytes.len, bytes.ptr);
	if (out->message != NULL && message_ok(out->message, &unknown) &&
	    canonical(out->message, bytes))
		return DP_OK;
	dp_wire_free(out);
	return dp_refuse(refusal, err, unknown ? DP_CODE_ENVELOPE_UNKNOWN_FIELD : malformed, "%s",
	    type->short_name);
}

void
dp_wire_free(struct dp_wire *wire)
{
	dp_arena_free(&wire->arena);
	wire->message = NULL;
}

void
dp_wire_pack(const ProtobufCMessage *message, struct dp_buf *out)
{
	size_t len = protobuf_c_message_get_packed_size(message);
	uint8_t *room = dp_buf_room(out, len == 0 ? 1 : len);

	if (room != NULL)
		dp_buf_grew(out, protobuf_c_message_pack(message, room));
}

bool
dp_wire_exact(const ProtobufCBinaryData *field, void *out, size_t len)
{
	if (field->len != len)
		return false;
	memcpy(out, field->data, len);
	return true;
}

ProtobufCBinaryData
dp_wire_data(const void *ptr, size_t len)
{
	/* protobuf-c only reads what it packs, but its type has no const. */
	return (ProtobufCBinaryData){.len = len, .data = (uint8_t *)(uintptr_t)ptr};
}

struct dp_span
dp_wire_span(const ProtobufCBinaryData *field)
{
	return dp_span_of(field->data, field->len);
}
