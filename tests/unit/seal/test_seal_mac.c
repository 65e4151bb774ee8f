/* The person tag and directory MACs, against values of Python's hmac; then what must not pass. */
#include "seal.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static const uint8_t raw[DP_MAC_KEY_BYTES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
static const uint8_t fields[] = {0, 0, 0, 3, 'a', 'b', 'c'};
static struct dp_mac_key *key;

static void
a_tag_is_version_and_hmac(void **state)
{
	uint8_t tag[DP_PERSON_TAG_BYTES], other[DP_PERSON_TAG_BYTES];
	char text[2 * DP_PERSON_TAG_BYTES + 1];

	(void)state;
	dp_person_tag(key, "DK:CPR:6101701234", tag);
	assert_string_equal(dp_hex(tag, sizeof(tag), text),
	    "07"
	    "069dbee0578c9edc2a69c60ae7a3d74eea03c6ff804b97aeb6f67934845400a3");
	dp_person_tag(key, "DK:CPR:6101701235", other);
	assert_memory_not_equal(tag, other, sizeof(tag));
}

static void
a_changed_row_is_noticed(void **state)
{
	uint8_t mac[DP_SEAL_HASH_BYTES], changed[sizeof(fields)];
	char text[2 * DP_SEAL_HASH_BYTES + 1];
	struct dp_span row = dp_span_of(fields, sizeof(fields));
	struct dp_mac_key *other = NULL;
	struct dp_err err;

	(void)state;
	dp_directory_mac(key, "status", row, mac);
	assert_string_equal(dp_hex(mac, sizeof(mac), text),
	    "d740d886a294c56e01bf2fa07135d7066a2aa7e659c00bfeea1bc81108d5ed54");
	assert_int_equal(dp_directory_check(key, "status", row, mac, &err), DP_OK);
	assert_int_equal(dp_directory_check(key, "grant", row, mac, &err), DP_EDENIED);
	assert_string_equal(err.text, "the directory's grant leaf is not genuine");
	for (size_t bit = 0; bit < 8 * sizeof(fields); bit++) {
		memcpy(changed, fields, sizeof(fields));
		changed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(dp_directory_check(key, "status",
		                     dp_span_of(changed, sizeof(changed)), mac, NULL), DP_EDENIED);
	}
	for (size_t bit = 0; bit < 8 * sizeof(mac); bit++) {
		mac[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(dp_directory_check(key, "status", row, mac, NULL), DP_EDENIED);
		mac[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_int_equal(dp_mac_key_take(raw + 0, 0, &other, &err), DP_EINVAL);
	assert_null(other);
}

static int
set_up(void **state)
{
	(void)state;
	return dp_seal_init(NULL) == DP_OK && dp_mac_key_take(raw, 7, &key, NULL) == DP_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	dp_mac_key_free(&key);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_tag_is_version_and_hmac),
	    cmocka_unit_test(a_changed_row_is_noticed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
