/* RFC 9180, appendix A.2.1 (base mode), and the shares that must be refused. */
#include "../../../lib/seal/seal_private.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static const char info_hex[] = "4f6465206f6e2061204772656369616e2055726e";
static const char ephemeral_hex[] =
    "f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600";
static const char enc_hex[] = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
static const char recipient_hex[] =
    "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb";
static const char recipient_public_hex[] =
    "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a";
static const char key_hex[] = "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91";
static const char nonce_hex[] = "5c4d98150661b848853b547f";
static const char plain[] = "Beauty is truth, truth beauty";
static const struct {
	uint64_t seq;
	const char *aad, *ct;
} messages[] = {
    {0, "Count-0",
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db"
        "21993c62ce81883d2dd1b51a28"},
    {1, "Count-1",
        "6b53c051e4199c518de79594e1c4ab18b96f081549d45ce015be002090bb119e"
        "85285337cc95ba5f59992dc98c"},
};

static struct dp_secret_key *
key_of(const char *hex)
{
	struct dp_secret_key *key = NULL;
	uint8_t raw[32];

	assert_true(dp_unhex(hex, raw, sizeof(raw)));
	assert_int_equal(dp_secret_key_take(raw, &key, NULL), DP_OK);
	return key;
}

static void
expect_hex(const void *bytes, size_t len, const char *hex)
{
	char text[512];

	assert_string_equal(dp_hex(bytes, len, text), hex);
}

static void
the_rfcs_vectors_hold(void **state)
{
	struct dp_secret_key *ephemeral = key_of(ephemeral_hex), *recipient = key_of(recipient_hex);
	struct hpke sender, receiver;
	uint8_t info[20], ct[64], back[64];

	(void)state;
	assert_true(dp_unhex(info_hex, info, sizeof(info)));
	expect_hex(dp_secret_key_public(ephemeral), 32, enc_hex);
	expect_hex(dp_secret_key_public(recipient), 32, recipient_public_hex);
	assert_int_equal(dp_hpke_send(dp_secret_key_public(recipient), ephemeral,
	                     dp_span_of(info, sizeof(info)), &sender, NULL), DP_OK);
	assert_int_equal(dp_hpke_receive(recipient, dp_secret_key_public(ephemeral),
	                     dp_span_of(info, sizeof(info)), &receiver, NULL), DP_OK);
	expect_hex(sender.key, 32, key_hex);
	expect_hex(sender.base_nonce, 12, nonce_hex);
	assert_memory_equal(&sender, &receiver, sizeof(sender));
	for (size_t i = 0; i < DP_COUNT(messages); i++) {
		struct dp_span aad = dp_span_str(messages[i].aad), sealed;

		dp_hpke_seal(&sender, messages[i].seq, aad, dp_span_str(plain), ct);
		sealed = dp_span_of(ct, strlen(plain) + 16);
		expect_hex(sealed.ptr, sealed.len, messages[i].ct);
		assert_true(dp_hpke_open(&receiver, messages[i].seq, aad, sealed, back));
		assert_memory_equal(back, plain, strlen(plain));
		assert_false(dp_hpke_open(&receiver, messages[i].seq + 1, aad, sealed, back));
		assert_false(dp_hpke_open(&receiver, messages[i].seq, dp_span_str("x"), sealed, back));
	}
	dp_secret_key_free(&ephemeral);
	dp_secret_key_free(&recipient);
}

static void
shares_of_small_order_are_refused(void **state)
{
	/* 0, 1, and a point of order 8 (RFC 7748 6.1 asks for the check) */
	static const char *const bad[] = {
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    "0100000000000000000000000000000000000000000000000000000000000000",
	    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	};
	struct dp_secret_key *key = key_of(recipient_hex);
	struct dp_err err;
	struct hpke hpke;
	uint8_t share[32];

	(void)state;
	for (size_t i = 0; i < DP_COUNT(bad); i++) {
		assert_true(dp_unhex(bad[i], share, sizeof(share)));
		assert_int_equal(dp_hpke_receive(key, share, dp_span_str("i"), &hpke, &err), DP_EDENIED);
		assert_string_equal(err.text, "the sealed key's share is not usable");
		assert_int_equal(dp_hpke_send(share, key, dp_span_str("i"), &hpke, &err), DP_EDENIED);
	}
	dp_secret_key_free(&key);
}

static int
set_up(void **state)
{
	(void)state;
	return dp_seal_init(NULL) == DP_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_rfcs_vectors_hold),
	    cmocka_unit_test(shares_of_small_order_are_refused),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
