#include "base.h"

/* Length of the valid character that `text` begins with, 0 if there is none (RFC 3629 4). */
static size_t
character(struct dp_span text)
{
	const uint8_t *b = text.ptr;
	size_t len;
	uint32_t v;

	if (text.len == 0 || b[0] == 0)
		return 0;
	if (b[0] < 0x80)
		return 1;
	len = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
	if (b[0] < 0xc2 || b[0] > 0xf4 || len > text.len)
		return 0;
	v = b[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		v = v << 6 | (b[i] & 0x3f);
	}
	/* Overlong forms, surrogates and what lies past the last plane. */
	if ((len == 3 && v < 0x800) || (len == 4 && v < 0x10000) ||
	    (v >= 0xd800 && v <= 0xdfff) || v > 0x10ffff)
		return 0;
	return len;
}

size_t
dp_utf8_cut(struct dp_span text, size_t max_bytes)
{
	size_t at = 0;

	while (at < text.len) {
		size_t len = character(dp_span_of(text.ptr + at, text.len - at));

		if (len == 0 || at + len > max_bytes)
			break;
		at += len;
	}
	return at;
}

bool
dp_utf8_valid(struct dp_span text)
{
	return dp_utf8_cut(text, text.len) == text.len;
}
