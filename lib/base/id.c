#include "base.h"

#include <string.h>

/* RFC 9562 5.7: 48 bits of time, version 7, 74 random bits, variant 10. */
struct dp_id
dp_id_new(int64_t now_ms)
{
	struct dp_id id;

	dp_random(id.b, sizeof(id.b));
	for (int i = 5; i >= 0; i--, now_ms >>= 8)
		id.b[i] = (uint8_t)now_ms;
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	return id;
}

int64_t
dp_id_ms(const struct dp_id *id)
{
	int64_t ms = 0;

	for (int i = 0; i < 6; i++)
		ms = ms << 8 | id->b[i];
	return ms;
}

bool
dp_id_is_v7(const struct dp_id *id)
{
	return (id->b[6] & 0xf0) == 0x70 && (id->b[8] & 0xc0) == 0x80;
}

const char *
dp_id_text(const struct dp_id *id, char out[DP_ID_TEXT])
{
	static const uint8_t part[] = {4, 2, 2, 2, 6};
	const uint8_t *b = id->b;
	char *at = out;

	for (size_t i = 0; i < DP_COUNT(part); i++) {
		dp_hex(b, part[i], at);
		b += part[i];
		at += 2 * part[i];
		*at++ = '-';
	}
	at[-1] = '\0';
	return out;
}

enum dp_rc
dp_id_parse(const char *text, struct dp_id *id, struct dp_err *err)
{
	static const uint8_t dash[] = {8, 13, 18, 23};
	char digits[2 * DP_ID_BYTES + 1];
	size_t n = 0, next = 0;

	if (strlen(text) != DP_ID_TEXT - 1)
		return dp_fail(err, DP_EINVAL, "not an id: 36 characters are expected");
	for (size_t i = 0; i < DP_ID_TEXT - 1; i++) {
		if (next < DP_COUNT(dash) && i == dash[next]) {
			if (text[i] != '-')
				break;
			next++;
			continue;
		}
		digits[n++] = text[i];
		if (n == 2 * DP_ID_BYTES)
			break;
	}
	digits[n] = '\0';
	if (n != 2 * DP_ID_BYTES || !dp_unhex(digits, id->b, sizeof(id->b)))
		return dp_fail(err, DP_EINVAL, "not an id: hex digits as 8-4-4-4-12 are expected");
	return DP_OK;
}

bool
dp_id_equal(const struct dp_id *a, const struct dp_id *b)
{
	return dp_id_compare(a, b) == 0;
}

int
dp_id_compare(const struct dp_id *a, const struct dp_id *b)
{
	return memcmp(a->b, b->b, sizeof(a->b));
}
