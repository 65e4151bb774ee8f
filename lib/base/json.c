#include "base.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>

#define DEPTH_MAX 63

void
dp_json_init(struct dp_json *json, struct dp_buf *out)
{
	*json = (struct dp_json){.out = out, .first = 1};
}

/* The comma before this value, unless it is the first of its bracket or follows its key. */
static void
separate(struct dp_json *json)
{
	uint64_t bit = UINT64_C(1) << json->depth;

	if (!json->after_key && (json->first & bit) == 0)
		dp_buf_put_u8(json->out, ',');
	json->first &= ~bit;
	json->after_key = false;
}

void
dp_json_open(struct dp_json *json, char bracket)
{
	assert(json->depth < DEPTH_MAX);
	separate(json);
	dp_buf_put_u8(json->out, (uint8_t)bracket);
	json->depth++;
	json->first |= UINT64_C(1) << json->depth;
}

void
dp_json_close(struct dp_json *json, char bracket)
{
	assert(json->depth > 0 && !json->after_key);
	json->depth--;
	dp_buf_put_u8(json->out, (uint8_t)bracket);
}

static void
put_escaped(struct dp_buf *out, uint8_t c)
{
	if (c == '"' || c == '\\') {
		dp_buf_put_u8(out, '\\');
		dp_buf_put_u8(out, c);
	} else if (c == '\n') {
		dp_buf_put_str(out, "\\n");
	} else if (c < 0x20 || c == 0x7f) {
		char hex[3];

		dp_buf_put_str(out, "\\u00");
		dp_buf_put_str(out, dp_hex(&c, 1, hex));
	} else {
		dp_buf_put_u8(out, c);
	}
}

/* Bytes that are no UTF-8 become U+FFFD: the output is JSON whatever came in. */
static void
put_string(struct dp_buf *out, struct dp_span text)
{
	dp_buf_put_u8(out, '"');
	while (text.len > 0) {
		size_t good = dp_utf8_cut(text, text.len);

		for (size_t i = 0; i < good; i++)
			put_escaped(out, text.ptr[i]);
		text = dp_span_of(text.ptr + good, text.len - good);
		if (text.len > 0) {
			dp_buf_put_str(out, text.ptr[0] == 0 ? "\\u0000" : "\xef\xbf\xbd");
			text = dp_span_of(text.ptr + 1, text.len - 1);
		}
	}
	dp_buf_put_u8(out, '"');
}

void
dp_json_key(struct dp_json *json, const char *key)
{
	separate(json);
	put_string(json->out, dp_span_str(key));
	dp_buf_put_u8(json->out, ':');
	json->after_key = true;
}

void
dp_json_strn(struct dp_json *json, struct dp_span value)
{
	separate(json);
	put_string(json->out, value);
}

void
dp_json_str(struct dp_json *json, const char *value)
{
	if (value == NULL)
		dp_json_null(json);
	else
		dp_json_strn(json, dp_span_str(value));
}

void
dp_json_int(struct dp_json *json, int64_t value)
{
	separate(json);
	dp_buf_printf(json->out, "%" PRId64, value);
}

/* JSON has no infinity and no NaN. */
void
dp_json_real(struct dp_json *json, double value)
{
	separate(json);
	if (isfinite(value))
		dp_buf_printf(json->out, "%.9g", value);
	else
		dp_buf_put_str(json->out, "null");
}

void
dp_json_bool(struct dp_json *json, bool value)
{
	dp_json_raw(json, dp_span_str(value ? "true" : "false"));
}

void
dp_json_null(struct dp_json *json)
{
	dp_json_raw(json, dp_span_str("null"));
}

void
dp_json_raw(struct dp_json *json, struct dp_span value)
{
	separate(json);
	dp_buf_put_span(json->out, value);
}

void
dp_json_key_str(struct dp_json *json, const char *key, const char *value)
{
	dp_json_key(json, key);
	dp_json_str(json, value);
}

void
dp_json_key_int(struct dp_json *json, const char *key, int64_t value)
{
	dp_json_key(json, key);
	dp_json_int(json, value);
}

void
dp_json_key_bool(struct dp_json *json, const char *key, bool value)
{
	dp_json_key(json, key);
	dp_json_bool(json, value);
}
