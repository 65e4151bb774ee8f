#include "base.h"

#include <string.h>

void
dp_reader_init(struct dp_reader *in, struct dp_span bytes)
{
	*in = (struct dp_reader){.rest = bytes};
}

struct dp_span
dp_read_bytes(struct dp_reader *in, size_t len)
{
	struct dp_span got;

	if (in->bad || len > in->rest.len) {
		in->bad = true;
		return (struct dp_span){0};
	}
	got = dp_span_of(in->rest.ptr, len);
	in->rest.ptr = len == 0 ? in->rest.ptr : in->rest.ptr + len;
	in->rest.len -= len;
	return got;
}

static uint64_t
read_number(struct dp_reader *in, size_t len)
{
	struct dp_span got = dp_read_bytes(in, len);
	uint64_t v = 0;

	for (size_t i = 0; i < got.len; i++)
		v = v << 8 | got.ptr[i];
	return v;
}

uint8_t
dp_read_u8(struct dp_reader *in)
{
	return (uint8_t)read_number(in, 1);
}

uint16_t
dp_read_u16(struct dp_reader *in)
{
	return (uint16_t)read_number(in, 2);
}

uint32_t
dp_read_u32(struct dp_reader *in)
{
	return (uint32_t)read_number(in, 4);
}

uint64_t
dp_read_u64(struct dp_reader *in)
{
	return read_number(in, 8);
}

struct dp_span
dp_read_lp(struct dp_reader *in)
{
	return dp_read_bytes(in, dp_read_u32(in));
}

void
dp_read_copy(struct dp_reader *in, void *out, size_t len)
{
	struct dp_span got = dp_read_bytes(in, len);

	if (got.len == len && len > 0)
		memcpy(out, got.ptr, len);
	else
		memset(out, 0, len);
}

bool
dp_read_end(const struct dp_reader *in)
{
	return !in->bad && in->rest.len == 0;
}
