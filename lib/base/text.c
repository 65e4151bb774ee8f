#include "base.h"

#include <string.h>

static const char url_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char mime_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *
dp_hex(const void *ptr, size_t len, char *out)
{
	static const char digit[] = "0123456789abcdef";
	const uint8_t *b = ptr;

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digit[b[i] >> 4];
		out[2 * i + 1] = digit[b[i] & 15];
	}
	out[2 * len] = '\0';
	return out;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
dp_unhex(const char *text, void *out, size_t out_len)
{
	uint8_t *b = out;

	if (strlen(text) != 2 * out_len)
		return false;
	for (size_t i = 0; i < out_len; i++) {
		int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		b[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* RFC 4648 4 and 5. */
static void
put_base64(struct dp_buf *out, struct dp_span in, const char *alphabet, bool pad)
{
	for (size_t i = 0; i < in.len; i += 3) {
		size_t left = in.len - i;
		uint32_t v = (uint32_t)in.ptr[i] << 16;
		char four[4];

		v |= left > 1 ? (uint32_t)in.ptr[i + 1] << 8 : 0;
		v |= left > 2 ? in.ptr[i + 2] : 0;
		for (unsigned k = 0; k < 4; k++)
			four[k] = alphabet[v >> (18 - 6 * k) & 63];
		if (left < 3)
			memset(four + left + 1, '=', 3 - left);
		dp_buf_put(out, four, pad || left > 2 ? 4 : left + 1);
	}
}

void
dp_base64url(struct dp_buf *out, struct dp_span in)
{
	put_base64(out, in, url_alphabet, false);
}

void
dp_base64(struct dp_buf *out, struct dp_span in)
{
	put_base64(out, in, mime_alphabet, true);
}

/* Strict: one text per value, so unused low bits must be zero and a lone character is refused. */
bool
dp_unbase64url(struct dp_buf *out, struct dp_span in)
{
	uint32_t v = 0;
	unsigned bits = 0;

	if (in.len % 4 == 1)
		return false;
	for (size_t i = 0; i < in.len; i++) {
		const char *at = in.ptr[i] == 0 ? NULL : strchr(url_alphabet, in.ptr[i]);

		if (at == NULL)
			return false;
		v = v << 6 | (uint32_t)(at - url_alphabet);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			dp_buf_put_u8(out, (uint8_t)(v >> bits));
			v &= (1u << bits) - 1;
		}
	}
	return v == 0;
}

bool
dp_parse_u64(const char *text, uint64_t min, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;

	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return false;
		if (__builtin_mul_overflow(v, 10u, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(*text - '0'), &v))
			return false;
	}
	if (v < min || v > max)
		return false;
	*out = v;
	return true;
}
