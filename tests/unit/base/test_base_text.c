/* Ids, hex, base64, UTF-8, CRC, times, JSON: refused forms first. */
#include "base.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void
bad_ids_are_refused(void **state)
{
	static const char *const bad[] = {"", "0192f0c1-0000-7000-8000-00000000000",
	    "0192f0c1-0000-7000-8000-0000000000000", "0192f0c1000007000-8000-000000000000",
	    "0192f0c1-0000-7000-8000-00000000000g", "0192f0c1-0000-7000-800000000-0000000"};
	struct dp_err err;
	struct dp_id id;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(bad); i++)
		assert_int_equal(dp_id_parse(bad[i], &id, &err), DP_EINVAL);
}

static void
an_id_holds_its_time(void **state)
{
	struct dp_id id = dp_id_new(INT64_C(1763968371000)), again;
	char text[DP_ID_TEXT];

	(void)state;
	assert_true(dp_id_is_v7(&id));
	assert_true(dp_id_ms(&id) == INT64_C(1763968371000));
	assert_int_equal(dp_id_parse(dp_id_text(&id, text), &again, NULL), DP_OK);
	assert_true(dp_id_equal(&id, &again));
	id.b[6] = 0x40;
	assert_false(dp_id_is_v7(&id));
}

static void
utf8_is_strict(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		bool valid;
	} cases[] = {
	    {"\xc0\x80", 2, false}, {"\xc1\xbf", 2, false}, {"\xe0\x80\x80", 3, false},
	    {"\xed\xa0\x80", 3, false}, {"\xf0\x80\x80\x80", 4, false},
	    {"\xf4\x90\x80\x80", 4, false}, {"\xf5\x80\x80\x80", 4, false}, {"\x80", 1, false},
	    {"\xc3", 1, false}, {"a\0b", 3, false}, {"\xe2\x82", 2, false},
	    {"", 0, true}, {"r\xc3\xb8" "d", 4, true}, {"\xf0\x9f\x93\xac", 4, true},
	    {"\xed\x9f\xbf", 3, true}, {"\xf4\x8f\xbf\xbf", 4, true},
	};

	(void)state;
	for (size_t i = 0; i < DP_COUNT(cases); i++)
		assert_int_equal(
		    dp_utf8_valid(dp_span_of(cases[i].text, cases[i].len)), cases[i].valid);
	assert_int_equal(dp_utf8_cut(dp_span_str("a\xc3\xb8"), 2), 1);
	assert_int_equal(dp_utf8_cut(dp_span_str("a\xc3\xb8"), 3), 3);
}

static void
base64_has_one_text_per_value(void **state)
{
	static const char *const bad[] = {"A", "AB=", "A+", "A/", "AB", "AAB", "AA A", "AAAAA"};
	struct dp_buf out, back;

	(void)state;
	dp_buf_init(&out, 4096);
	dp_buf_init(&back, 4096);
	for (size_t i = 0; i < DP_COUNT(bad); i++)
		assert_false(dp_unbase64url(&back, dp_span_str(bad[i])));
	for (size_t len = 0; len < 70; len++) {
		uint8_t bytes[70];

		dp_random(bytes, sizeof(bytes));
		dp_buf_clear(&out);
		dp_buf_clear(&back);
		dp_base64url(&out, dp_span_of(bytes, len));
		assert_true(dp_unbase64url(&back, dp_buf_span(&out)));
		assert_true(dp_span_equal(dp_buf_span(&back), dp_span_of(bytes, len)));
	}
	dp_buf_clear(&out);
	dp_base64(&out, dp_span_str("foobar"));
	dp_base64(&out, dp_span_str("fooba"));
	dp_base64(&out, dp_span_str("foob"));
	assert_true(dp_span_equal(dp_buf_span(&out), dp_span_str("Zm9vYmFyZm9vYmE=Zm9vYg==")));
	dp_buf_done(&out);
	dp_buf_done(&back);
}

static void
crc32c_is_rfc_3720s(void **state)
{
	uint8_t zeros[32] = {0}, ones[32], up[32];
	uint32_t whole, parts;

	(void)state;
	memset(ones, 0xff, sizeof(ones));
	for (uint8_t i = 0; i < 32; i++)
		up[i] = i;
	assert_int_equal(dp_crc32c(0, zeros, 32), 0x8a9136aa);
	assert_int_equal(dp_crc32c(0, ones, 32), 0x62a8ab43);
	assert_int_equal(dp_crc32c(0, up, 32), 0x46dd794e);
	whole = dp_crc32c(0, up, 32);
	parts = dp_crc32c(dp_crc32c(0, up, 5), up + 5, 27);
	assert_int_equal(whole, parts);
}

static void
times_that_do_not_exist_are_refused(void **state)
{
	static const char *const bad[] = {"", "2026-11-24", "2026-11-24T07:12:51",
	    "2026-11-24T07:12:51+01:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
	    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00.0Z",
	    "2026-01-01T00:00:00ZZ", "2026-01-01 00:00:00Z", "+026-01-01T00:00:00Z"};
	char text[DP_TIME_TEXT];
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(bad); i++)
		assert_int_equal(dp_time_parse(bad[i], &ms, NULL), DP_EINVAL);
	assert_int_equal(dp_time_parse("2024-02-29T23:59:59.250Z", &ms, NULL), DP_OK);
	assert_true(ms == INT64_C(1709251199250));
	assert_string_equal(dp_time_text(ms, text), "2024-02-29T23:59:59.250Z");
	assert_string_equal(dp_time_text(-1, text), "1969-12-31T23:59:59.999Z");
	assert_string_equal(dp_time_text(INT64_MAX, text), "out-of-range");
}

static void
numbers_keep_their_bounds(void **state)
{
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616",
	    "99", "4"};
	uint64_t v;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(bad); i++)
		assert_false(dp_parse_u64(bad[i], 5, 98, &v));
	assert_true(dp_parse_u64("18446744073709551615", 0, UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
}

static void
json_escapes_whatever_comes(void **state)
{
	struct dp_buf out;
	struct dp_json json;

	(void)state;
	dp_buf_init(&out, 4096);
	dp_json_init(&json, &out);
	dp_json_open(&json, '{');
	dp_json_key_str(&json, "a\"\\\n\x01", "\xff" "\xc3\xb8");
	dp_json_key(&json, "list");
	dp_json_open(&json, '[');
	dp_json_int(&json, -5);
	dp_json_null(&json);
	dp_json_real(&json, 1.0 / 0.0);
	dp_json_open(&json, '{');
	dp_json_close(&json, '}');
	dp_json_close(&json, ']');
	dp_json_key_bool(&json, "ok", true);
	dp_json_key_str(&json, "none", NULL);
	dp_json_close(&json, '}');
	assert_true(dp_span_equal(dp_buf_span(&out),
	    dp_span_str("{\"a\\\"\\\\\\n\\u0001\":\"\xef\xbf\xbd\xc3\xb8\","
	                "\"list\":[-5,null,null,{}],\"ok\":true,\"none\":null}")));
	dp_buf_done(&out);
}

static void
back_off_stays_between_one_and_the_maximum(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 200; n++) {
		int64_t wait_ms = dp_backoff_ms(n, 100, 10000);

		assert_in_range(wait_ms, 1, n == 0 ? 100 : 10000);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bad_ids_are_refused),
	    cmocka_unit_test(an_id_holds_its_time),
	    cmocka_unit_test(utf8_is_strict),
	    cmocka_unit_test(base64_has_one_text_per_value),
	    cmocka_unit_test(crc32c_is_rfc_3720s),
	    cmocka_unit_test(times_that_do_not_exist_are_refused),
	    cmocka_unit_test(numbers_keep_their_bounds),
	    cmocka_unit_test(json_escapes_whatever_comes),
	    cmocka_unit_test(back_off_stays_between_one_and_the_maximum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
