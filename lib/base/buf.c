#include "base.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BYTES 256

struct dp_span
dp_span_of(const void *ptr, size_t len)
{
	return (struct dp_span){ptr, len};
}

struct dp_span
dp_span_str(const char *s)
{
	return (struct dp_span){(const uint8_t *)s, s == NULL ? 0 : strlen(s)};
}

bool
dp_span_equal(struct dp_span a, struct dp_span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool
dp_equal_secret(const void *a, const void *b, size_t len)
{
	const volatile uint8_t *x = a, *y = b;
	uint8_t differs = 0;

	for (size_t i = 0; i < len; i++)
		differs = (uint8_t)(differs | (x[i] ^ y[i]));
	return differs == 0;
}

void
dp_buf_init(struct dp_buf *buf, size_t max_bytes)
{
	*buf = (struct dp_buf){.max = max_bytes};
}

void
dp_buf_done(struct dp_buf *buf)
{
	if (buf->ptr != NULL)
		explicit_bzero(buf->ptr, buf->cap);
	free(buf->ptr);
	*buf = (struct dp_buf){.max = buf->max};
}

void
dp_buf_clear(struct dp_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
}

/* Not realloc(): the old block may hold secrets and is wiped before it goes. */
static bool
grow(struct dp_buf *buf, size_t need)
{
	size_t cap = buf->cap == 0 ? FIRST_BYTES : buf->cap;
	uint8_t *fresh;

	while (cap < need)
		cap = cap > buf->max / 2 ? buf->max : cap * 2;
	if (cap > buf->max)
		cap = buf->max;
	fresh = malloc(cap);
	if (fresh == NULL)
		return false;
	if (buf->ptr != NULL) {
		memcpy(fresh, buf->ptr, buf->len);
		explicit_bzero(buf->ptr, buf->cap);
		free(buf->ptr);
	}
	buf->ptr = fresh;
	buf->cap = cap;
	return true;
}

uint8_t *
dp_buf_room(struct dp_buf *buf, size_t len)
{
	if (buf->failed)
		return NULL;
	if (len > buf->max - buf->len ||
	    ((buf->ptr == NULL || len > buf->cap - buf->len) && !grow(buf, buf->len + len))) {
		buf->failed = true;
		return NULL;
	}
	return buf->ptr + buf->len;
}

void
dp_buf_grew(struct dp_buf *buf, size_t len)
{
	buf->len += len;
}

void
dp_buf_put(struct dp_buf *buf, const void *ptr, size_t len)
{
	uint8_t *room = len == 0 ? NULL : dp_buf_room(buf, len);

	if (room == NULL)
		return;
	memcpy(room, ptr, len);
	buf->len += len;
}

void
dp_buf_put_span(struct dp_buf *buf, struct dp_span span)
{
	dp_buf_put(buf, span.ptr, span.len);
}

void
dp_buf_put_u8(struct dp_buf *buf, uint8_t v)
{
	dp_buf_put(buf, &v, 1);
}

void
dp_buf_put_u16(struct dp_buf *buf, uint16_t v)
{
	uint8_t b[2] = {(uint8_t)(v >> 8), (uint8_t)v};

	dp_buf_put(buf, b, sizeof(b));
}

void
dp_buf_put_u32(struct dp_buf *buf, uint32_t v)
{
	uint8_t b[4] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};

	dp_buf_put(buf, b, sizeof(b));
}

void
dp_buf_put_u64(struct dp_buf *buf, uint64_t v)
{
	uint8_t b[8];

	for (int i = 7; i >= 0; i--, v >>= 8)
		b[i] = (uint8_t)v;
	dp_buf_put(buf, b, sizeof(b));
}

/* A length without its bytes would be a lie, so both are put or neither. */
void
dp_buf_put_lp(struct dp_buf *buf, struct dp_span span)
{
	if (span.len > UINT32_MAX || buf->failed || span.len > SIZE_MAX - 4 ||
	    dp_buf_room(buf, span.len + 4) == NULL) {
		buf->failed = true;
		return;
	}
	dp_buf_put_u32(buf, (uint32_t)span.len);
	dp_buf_put_span(buf, span);
}

void
dp_buf_put_str(struct dp_buf *buf, const char *s)
{
	dp_buf_put_span(buf, dp_span_str(s));
}

void
dp_buf_printf(struct dp_buf *buf, const char *fmt, ...)
{
	va_list args, again;
	uint8_t *room;
	int n;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	/* One byte more for the NUL that vsnprintf writes and we do not count. */
	room = n < 0 ? NULL : dp_buf_room(buf, (size_t)n + 1);
	if (room != NULL) {
		(void)vsnprintf((char *)room, (size_t)n + 1, fmt, again);
		buf->len += (size_t)n;
	}
	va_end(again);
}

struct dp_span
dp_buf_span(const struct dp_buf *buf)
{
	return (struct dp_span){buf->ptr, buf->len};
}

enum dp_rc
dp_buf_check(const struct dp_buf *buf, const char *what, struct dp_err *err)
{
	if (!buf->failed)
		return DP_OK;
	return dp_fail(err, DP_ELIMIT, "%s does not fit into %zu bytes", what, buf->max);
}
