#include "seal_private.h"

#include <sodium.h>
#include <string.h>

struct dp_mac_key {
	uint8_t raw[DP_MAC_KEY_BYTES];
	uint8_t version;
};

enum dp_rc
dp_mac_key_take(const uint8_t raw[DP_MAC_KEY_BYTES], uint8_t version, struct dp_mac_key **out,
    struct dp_err *err)
{
	struct dp_mac_key *key;

	if (version == 0)
		return dp_fail(err, DP_EINVAL, "a key version is 1 to 255");
	key = sodium_malloc(sizeof(*key));
	if (key == NULL)
		return dp_fail(err, DP_ENOMEM, "no locked memory for a key: raise RLIMIT_MEMLOCK");
	memcpy(key->raw, raw, sizeof(key->raw));
	key->version = version;
	*out = key;
	return DP_OK;
}

void
dp_mac_key_free(struct dp_mac_key **key)
{
	sodium_free(*key);
	*key = NULL;
}

static void
mac_two(const struct dp_mac_key *key, struct dp_span first, struct dp_span second,
    uint8_t out[32])
{
	crypto_auth_hmacsha256_state state;

	(void)crypto_auth_hmacsha256_init(&state, key->raw, sizeof(key->raw));
	(void)crypto_auth_hmacsha256_update(&state, first.ptr, first.len);
	(void)crypto_auth_hmacsha256_update(&state, second.ptr, second.len);
	(void)crypto_auth_hmacsha256_final(&state, out);
	sodium_memzero(&state, sizeof(state));
}

void
dp_person_tag(
    const struct dp_mac_key *key, const char *recipient, uint8_t out[DP_PERSON_TAG_BYTES])
{
	static const char label[] = "dpe1/person";	/* its NUL is the 00 */

	out[0] = key->version;
	mac_two(key, dp_span_of(label, sizeof(label)), dp_span_str(recipient), out + 1);
}

void
dp_directory_mac(const struct dp_mac_key *key, const char *leaf, struct dp_span fields,
    uint8_t out[DP_SEAL_HASH_BYTES])
{
	struct dp_span name = dp_span_str(leaf);
	uint8_t first[4 + 64] = {0, 0, 0, (uint8_t)name.len};

	/* Leaf names are ours and short; a cut name would let one kind of row pass as another. */
	if (name.len > 64)
		sodium_misuse();
	memcpy(first + 4, name.ptr, name.len);
	mac_two(key, dp_span_of(first, 4 + name.len),
	    fields.len == 0 ? dp_span_str("") : fields, out);
}

enum dp_rc
dp_directory_check(const struct dp_mac_key *key, const char *leaf, struct dp_span fields,
    const uint8_t mac[DP_SEAL_HASH_BYTES], struct dp_err *err)
{
	uint8_t own[DP_SEAL_HASH_BYTES];

	dp_directory_mac(key, leaf, fields, own);
	if (!dp_equal_secret(own, mac, sizeof(own)))
		return dp_fail(err, DP_EDENIED, "the directory's %s leaf is not genuine", leaf);
	return DP_OK;
}
