/* Errors, buffers, readers, arenas: what they refuse first, then what they do. */
#include "base.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void
classes_say_what_to_do(void **state)
{
	(void)state;
	assert_int_equal(dp_rc_class(DP_OK), DP_DONE);
	assert_int_equal(dp_rc_class(DP_EDENIED), DP_PERMANENT);
	assert_int_equal(dp_rc_class(DP_EUNSURE), DP_RETRY);
	assert_int_equal(dp_rc_class(DP_EIO), DP_FATAL);
	assert_int_equal(dp_rc_class((enum dp_rc)999), DP_FATAL);
	assert_string_equal(dp_rc_name(DP_EUNSURE), "unsure");
	assert_string_equal(dp_rc_name((enum dp_rc)999), "unknown");
}

static void
errors_carry_text_and_context(void **state)
{
	struct dp_err err;

	(void)state;
	assert_int_equal(dp_fail(NULL, DP_EINVAL, "x"), DP_EINVAL);
	assert_int_equal(dp_fail(&err, DP_EINVAL, "field %d is empty", 7), DP_EINVAL);
	assert_string_equal(err.text, "field 7 is empty");
	assert_int_equal(dp_fail_in(&err, "%s:%d", "a.yaml", 3), DP_EINVAL);
	assert_string_equal(err.text, "a.yaml:3: field 7 is empty");
	for (int i = 0; i < 100; i++)
		assert_int_equal(dp_fail_in(&err, "longer and longer"), DP_EINVAL);
	assert_true(strlen(err.text) < sizeof(err.text));
}

static void
a_buffer_never_passes_its_maximum(void **state)
{
	struct dp_buf buf;
	struct dp_err err;

	(void)state;
	dp_buf_init(&buf, 5);
	dp_buf_put(&buf, "abc", 3);
	dp_buf_put(&buf, "def", 3);
	assert_true(buf.failed);
	assert_int_equal(buf.len, 3);
	dp_buf_put(&buf, "d", 1);	/* would fit, but the message is broken already */
	assert_int_equal(buf.len, 3);
	assert_int_equal(dp_buf_check(&buf, "word", &err), DP_ELIMIT);
	assert_string_equal(err.text, "word does not fit into 5 bytes");
	dp_buf_clear(&buf);
	dp_buf_put_lp(&buf, dp_span_of("xy", 2));	/* 4 + 2: neither length nor bytes */
	assert_true(buf.failed);
	assert_int_equal(buf.len, 0);
	dp_buf_clear(&buf);
	dp_buf_printf(&buf, "%d", 1234);	/* the NUL needs the fifth byte */
	assert_false(buf.failed);
	assert_int_equal(buf.len, 4);
	dp_buf_done(&buf);
	dp_buf_done(&buf);
}

static void
a_buffer_grows_and_keeps_its_bytes(void **state)
{
	struct dp_buf buf;

	(void)state;
	dp_buf_init(&buf, 1 << 20);
	for (uint32_t i = 0; i < 100000; i++)
		dp_buf_put_u32(&buf, i);
	assert_false(buf.failed);
	struct dp_reader in;
	dp_reader_init(&in, dp_buf_span(&buf));
	for (uint32_t i = 0; i < 100000; i++)
		assert_int_equal(dp_read_u32(&in), i);
	assert_true(dp_read_end(&in));
	dp_buf_done(&buf);
}

static void
a_short_read_stays_bad(void **state)
{
	static const uint8_t bytes[] = {0, 0, 0, 9, 'a', 'b'};
	struct dp_reader in;
	uint8_t copy[4] = {1, 2, 3, 4};

	(void)state;
	dp_reader_init(&in, dp_span_of(bytes, sizeof(bytes)));
	assert_int_equal(dp_read_lp(&in).len, 0);
	assert_true(in.bad);
	assert_int_equal(dp_read_u8(&in), 0);
	dp_read_copy(&in, copy, sizeof(copy));
	assert_memory_equal(copy, "\0\0\0\0", 4);
	assert_false(dp_read_end(&in));
}

static void
numbers_are_big_endian(void **state)
{
	struct dp_buf buf;
	struct dp_reader in;

	(void)state;
	dp_buf_init(&buf, 100);
	dp_buf_put_u8(&buf, 1);
	dp_buf_put_u16(&buf, 0x0203);
	dp_buf_put_u32(&buf, 0x04050607);
	dp_buf_put_u64(&buf, UINT64_C(0x08090a0b0c0d0e0f));
	dp_buf_put_lp(&buf, dp_span_str("z"));
	assert_memory_equal(buf.ptr, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\0\0\0\1z", 20);
	dp_reader_init(&in, dp_buf_span(&buf));
	assert_int_equal(dp_read_u8(&in), 1);
	assert_int_equal(dp_read_u16(&in), 0x0203);
	assert_int_equal(dp_read_u32(&in), 0x04050607);
	assert_true(dp_read_u64(&in) == UINT64_C(0x08090a0b0c0d0e0f));
	assert_true(dp_span_equal(dp_read_lp(&in), dp_span_str("z")));
	assert_true(dp_read_end(&in));
	dp_buf_done(&buf);
}

static void
an_arena_ends_at_its_maximum(void **state)
{
	struct dp_arena *arena = dp_arena_new(100000);
	char *text;

	(void)state;
	assert_null(dp_arena_alloc(arena, 100001));
	assert_null(dp_arena_alloc(arena, SIZE_MAX));
	assert_null(dp_arena_strndup(arena, "", SIZE_MAX));
	for (int round = 0; round < 3; round++) {
		size_t got = 0;

		while (dp_arena_alloc(arena, 1000) != NULL)
			got++;
		assert_int_equal(got, 99);	/* 1000 is rounded to 1008 */
		dp_arena_clear(arena);
	}
	text = dp_arena_printf(arena, "%s-%d", "a", 1);
	assert_string_equal(text, "a-1");
	assert_true((uintptr_t)text % 16 == 0);
	dp_arena_free(&arena);
	assert_null(arena);
	dp_arena_free(&arena);
}

static void
secrets_are_compared_whole(void **state)
{
	(void)state;
	assert_false(dp_equal_secret("abcd", "abce", 4));
	assert_false(dp_equal_secret("xbcd", "abcd", 4));
	assert_true(dp_equal_secret("abcd", "abcd", 4));
	assert_true(dp_equal_secret("", "", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(classes_say_what_to_do),
	    cmocka_unit_test(errors_carry_text_and_context),
	    cmocka_unit_test(a_buffer_never_passes_its_maximum),
	    cmocka_unit_test(a_buffer_grows_and_keeps_its_bytes),
	    cmocka_unit_test(a_short_read_stays_bad),
	    cmocka_unit_test(numbers_are_big_endian),
	    cmocka_unit_test(an_arena_ends_at_its_maximum),
	    cmocka_unit_test(secrets_are_compared_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
