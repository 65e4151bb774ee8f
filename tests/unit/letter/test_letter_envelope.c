/* Envelopes, body parts and recalls on the wire: hostile bytes first. */
#include "letter.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#define CREATED_MS INT64_C(1763968371000)

static struct dp_arena *arena;
static struct dp_buf header_bytes, wire;
static uint8_t private_header[272], body[1040], part_hash[3][DP_HASH_BYTES];

static struct dp_envelope
sample(void)
{
	struct dp_envelope e = {0};

	e.header = (struct dp_public_header){.suite = DP_SUITE, .sender = "DK:CVR:12345674",
	    .created_ms = CREATED_MS, .expires_ms = CREATED_MS + DP_DAY_MS,
	    .body_len = sizeof(body), .lane = DP_LANE_SINGLE};
	e.header.letter_id = dp_id_new(CREATED_MS);
	e.private_header = dp_span_of(private_header, sizeof(private_header));
	e.body = dp_span_of(body, sizeof(body));
	e.key = (struct dp_sealed_key){.kem = 0x20, .enc_len = 32, .seq = 3, .ct_len = 48};
	e.signature = (struct dp_signature){.tree_size = 4, .leaf_index = 3, .path_len = 2,
	    .batch_ms = CREATED_MS, .root_len = 64};
	return e;
}

static struct dp_span
encoded(struct dp_envelope *e)
{
	dp_buf_clear(&header_bytes);
	dp_buf_clear(&wire);
	dp_public_header_encode(&e->header, &header_bytes);
	e->header_bytes = dp_buf_span(&header_bytes);
	dp_envelope_encode(e, &wire);
	assert_false(wire.failed);
	return dp_buf_span(&wire);
}

static enum dp_code
decode_code(struct dp_span bytes, struct dp_envelope *out)
{
	struct dp_refusal refusal = {0};
	struct dp_err err;
	enum dp_rc rc;

	dp_arena_clear(arena);
	rc = dp_envelope_decode(bytes, arena, out, &refusal, &err);
	assert_true(rc == DP_OK || rc == DP_EINVAL);
	assert_true((rc == DP_OK) == (refusal.code == DP_CODE_NONE));
	return refusal.code;
}

static enum dp_code
sample_code(struct dp_envelope e)
{
	struct dp_envelope out;

	return decode_code(encoded(&e), &out);
}

static void
records_that_are_no_envelopes_are_refused(void **state)
{
	static uint8_t zeros[1 << 20];
	struct dp_envelope out;
	uint8_t noise[4096];

	(void)state;
	assert_int_equal(decode_code(dp_span_of(NULL, 0), &out), DP_CODE_RECORD_EMPTY);
	assert_int_equal(decode_code(dp_span_of(zeros, sizeof(zeros)), &out),
	    DP_CODE_RECORD_TOO_LARGE);
	assert_int_equal(decode_code(dp_span_of(zeros, 700000), &out), DP_CODE_ENVELOPE_MALFORMED);
	for (int i = 0; i < 200; i++) {
		dp_random(noise, sizeof(noise));
		assert_int_not_equal(decode_code(dp_span_of(noise, sizeof(noise)), &out),
		    DP_CODE_NONE);
	}
}

static void
an_envelope_cut_anywhere_is_refused(void **state)
{
	struct dp_envelope e = sample(), out;
	struct dp_span all = encoded(&e);

	(void)state;
	for (size_t len = 0; len < all.len; len++)
		assert_int_not_equal(decode_code(dp_span_of(all.ptr, len), &out), DP_CODE_NONE);
	assert_int_equal(decode_code(all, &out), DP_CODE_NONE);
}

static void
unknown_fields_and_other_spellings_are_refused(void **state)
{
	struct dp_envelope e = sample(), out;

	(void)state;
	(void)encoded(&e);
	dp_buf_put(&wire, "\x7a\x01x", 3);		/* field 15 */
	assert_int_equal(decode_code(dp_buf_span(&wire), &out), DP_CODE_ENVELOPE_UNKNOWN_FIELD);
	(void)encoded(&e);
	dp_buf_put(&wire, "\x2a\x00", 2);		/* the body once more, empty */
	assert_int_equal(decode_code(dp_buf_span(&wire), &out), DP_CODE_ENVELOPE_MALFORMED);

	dp_buf_clear(&header_bytes);
	dp_buf_clear(&wire);
	dp_public_header_encode(&e.header, &header_bytes);
	dp_buf_put(&header_bytes, "\xf8\x01\x01", 3);	/* field 31 of the signed header */
	e.header_bytes = dp_buf_span(&header_bytes);
	dp_envelope_encode(&e, &wire);
	assert_int_equal(decode_code(dp_buf_span(&wire), &out), DP_CODE_ENVELOPE_UNKNOWN_FIELD);
}

static void
any_bit_changed_never_gives_the_same_envelope(void **state)
{
	struct dp_envelope e = sample(), out;
	struct dp_span all = encoded(&e);
	struct dp_buf again;

	(void)state;
	dp_buf_init(&again, 1 << 16);
	for (size_t bit = 0; bit < 8 * all.len; bit++) {
		wire.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (decode_code(all, &out) == DP_CODE_NONE) {
			dp_buf_clear(&again);
			dp_envelope_encode(&out, &again);
			assert_true(dp_span_equal(dp_buf_span(&again), all));
		}
		wire.ptr[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	dp_buf_done(&again);
}

static void
impossible_fields_are_refused(void **state)
{
	struct dp_envelope e;

	(void)state;
#define REFUSED(change, code)                                                              \
	e = sample();                                                                      \
	change;                                                                            \
	assert_int_equal(sample_code(e), code)
	REFUSED(e.signature.tree_size = 257, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.signature.leaf_index = 4, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.signature.root_len = 0, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.key.kem = 0x21, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.key.enc_len = 31, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.key.ct_len = 49, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.private_header.len = 0, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.header.body_len++, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.header.body_parts = 1, DP_CODE_ENVELOPE_MALFORMED);
	REFUSED(e.header.expires_ms = e.header.created_ms, DP_CODE_HEADER_MALFORMED);
	REFUSED(e.header.created_ms = INT64_MAX, DP_CODE_HEADER_MALFORMED);
	REFUSED(e.header.lane = (enum dp_lane)3, DP_CODE_HEADER_MALFORMED);
	REFUSED(memcpy(e.header.sender, "DK:CVR:12345675", 16), DP_CODE_HEADER_MALFORMED);
	REFUSED(memcpy(e.header.sender, "DK:CPR:0101701234", 18), DP_CODE_HEADER_MALFORMED);
	/* parts: the count is the header's, none missing, nothing inline beside them */
	REFUSED((e.part_count = 3, e.part_hash = (const void *)part_hash, e.body.len = 0,
	            e.header.body_parts = 3, e.header.body_len = 2 * DP_PART_BYTES),
	    DP_CODE_ENVELOPE_MALFORMED);
	REFUSED((e.part_count = 2, e.part_hash = (const void *)part_hash,
	            e.header.body_parts = 2, e.header.body_len = 2 * DP_PART_BYTES),
	    DP_CODE_ENVELOPE_MALFORMED);
#undef REFUSED
}

static void
an_envelope_comes_back_as_it_was(void **state)
{
	struct dp_envelope e = sample(), out;

	(void)state;
	assert_int_equal(decode_code(encoded(&e), &out), DP_CODE_NONE);
	assert_memory_equal(&out.header, &e.header, sizeof(e.header));
	assert_memory_equal(&out.signature, &e.signature, sizeof(e.signature));
	assert_memory_equal(&out.key, &e.key, sizeof(e.key));
	assert_true(dp_span_equal(out.body, e.body));
	e.part_count = e.header.body_parts = 3;
	e.part_hash = (const uint8_t(*)[DP_HASH_BYTES])part_hash;
	e.body.len = 0;
	e.header.body_len = 2 * DP_PART_BYTES + 1;
	assert_int_equal(decode_code(encoded(&e), &out), DP_CODE_NONE);
	assert_memory_equal(out.part_hash, part_hash, sizeof(part_hash));
}

static void
the_cheap_checks_have_their_codes(void **state)
{
	static const struct {
		int64_t arrival_ms;
		enum dp_code code;
	} windows[] = {
	    {CREATED_MS - DP_WINDOW_BEFORE_MS - 1, DP_CODE_WINDOW_FUTURE},
	    {CREATED_MS - DP_WINDOW_BEFORE_MS, DP_CODE_NONE},
	    {CREATED_MS + DP_DAY_MS, DP_CODE_NONE},
	    {CREATED_MS + DP_DAY_MS + 1, DP_CODE_WINDOW_EXPIRED},
	    {CREATED_MS + DP_WINDOW_AFTER_MS + 1, DP_CODE_WINDOW_EXPIRED},
	};
	struct dp_envelope e = sample();
	struct dp_span key = dp_span_of(e.header.letter_id.b, DP_ID_BYTES);
	struct dp_refusal refusal;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(windows); i++) {
		refusal.code = DP_CODE_NONE;
		(void)!dp_envelope_check(
		    &e, key, DP_LANE_SINGLE, windows[i].arrival_ms, &refusal, NULL);
		assert_int_equal(refusal.code, windows[i].code);
	}
	assert_int_equal(dp_envelope_check(&e, key, DP_LANE_BULK, CREATED_MS, &refusal, NULL),
	    DP_EINVAL);
	assert_int_equal(refusal.code, DP_CODE_LANE_WRONG);
	assert_int_equal(dp_envelope_check(&e, dp_span_str("x"), DP_LANE_SINGLE, CREATED_MS,
	                     &refusal, NULL), DP_EINVAL);
	assert_int_equal(refusal.code, DP_CODE_RECORD_KEY);
	e.header.created_ms++;
	assert_int_equal(dp_envelope_check(&e, key, DP_LANE_SINGLE, CREATED_MS, &refusal, NULL),
	    DP_EINVAL);
	assert_int_equal(refusal.code, DP_CODE_ID_FORM);
	e.header.suite = 2;
	assert_int_equal(dp_envelope_check(&e, key, DP_LANE_SINGLE, CREATED_MS, &refusal, NULL),
	    DP_EINVAL);
	assert_int_equal(refusal.code, DP_CODE_SUITE_UNKNOWN);
}

static void
body_parts_and_recalls_are_strict_too(void **state)
{
	struct dp_body_part part = {.index = 7, .bytes = dp_span_of(body, sizeof(body))}, got;
	struct dp_recall recall = {.sender = "DK:CVR:12345674", .created_ms = 5};
	struct dp_signed_recall whole = {0}, back;
	struct dp_envelope e = sample();

	(void)state;
	part.letter_id = recall.letter_id = dp_id_new(CREATED_MS);
	dp_buf_clear(&wire);
	dp_body_part_encode(&part, &wire);
	for (size_t len = 0; len < wire.len; len++)
		assert_int_equal(dp_body_part_decode(dp_span_of(wire.ptr, len), arena, &got, NULL, NULL),
		    DP_EINVAL);
	assert_int_equal(dp_body_part_decode(dp_buf_span(&wire), arena, &got, NULL, NULL), DP_OK);
	assert_int_equal(got.index, 7);
	assert_true(dp_span_equal(got.bytes, part.bytes));
	part.index = DP_PARTS_MAX;
	dp_buf_clear(&wire);
	dp_body_part_encode(&part, &wire);
	assert_int_equal(dp_body_part_decode(dp_buf_span(&wire), arena, &got, NULL, NULL), DP_EINVAL);

	dp_buf_clear(&header_bytes);
	dp_buf_clear(&wire);
	dp_recall_encode(&recall, &header_bytes);
	whole.recall_bytes = dp_buf_span(&header_bytes);
	whole.signature = e.signature;
	dp_signed_recall_encode(&whole, &wire);
	for (size_t len = 0; len < wire.len; len++)
		assert_int_equal(
		    dp_signed_recall_decode(dp_span_of(wire.ptr, len), arena, &back, NULL, NULL),
		    DP_EINVAL);
	assert_int_equal(
	    dp_signed_recall_decode(dp_buf_span(&wire), arena, &back, NULL, NULL), DP_OK);
	assert_true(dp_id_equal(&back.recall.letter_id, &recall.letter_id));
}

static int
set_up(void **state)
{
	(void)state;
	arena = dp_arena_new(4 << 20);
	dp_buf_init(&header_bytes, DP_HEADER_MAX);
	dp_buf_init(&wire, DP_RECORD_MAX);
	dp_random(private_header, sizeof(private_header));
	dp_random(body, sizeof(body));
	dp_random(part_hash, sizeof(part_hash));
	return arena == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	dp_arena_free(&arena);
	dp_buf_done(&header_bytes);
	dp_buf_done(&wire);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records_that_are_no_envelopes_are_refused),
	    cmocka_unit_test(an_envelope_cut_anywhere_is_refused),
	    cmocka_unit_test(unknown_fields_and_other_spellings_are_refused),
	    cmocka_unit_test(any_bit_changed_never_gives_the_same_envelope),
	    cmocka_unit_test(impossible_fields_are_refused),
	    cmocka_unit_test(an_envelope_comes_back_as_it_was),
	    cmocka_unit_test(the_cheap_checks_have_their_codes),
	    cmocka_unit_test(body_parts_and_recalls_are_strict_too),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
