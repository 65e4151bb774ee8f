#include "seal_private.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum dp_rc
dp_seal_init(struct dp_err *err)
{
	if (sodium_init() < 0)
		return dp_fail(err, DP_EFATAL, "libsodium cannot start");
	return DP_OK;
}

void
dp_hash(struct dp_span bytes, uint8_t out[DP_SEAL_HASH_BYTES])
{
	(void)crypto_hash_sha256(out, bytes.ptr, bytes.len);
}

static void
hmac_start(crypto_auth_hmacsha256_state *state, const void *key, size_t len)
{
	/* An empty salt comes as NULL, which memcpy(3) may not be given. */
	(void)crypto_auth_hmacsha256_init(state, len == 0 ? (const void *)"" : key, len);
}

void
dp_hkdf_extract(struct dp_span salt, struct dp_span ikm, uint8_t prk[32])
{
	crypto_auth_hmacsha256_state state;

	hmac_start(&state, salt.ptr, salt.len);
	(void)crypto_auth_hmacsha256_update(&state, ikm.ptr, ikm.len);
	(void)crypto_auth_hmacsha256_final(&state, prk);
	sodium_memzero(&state, sizeof(state));
}

void
dp_hkdf_expand(const uint8_t prk[32], struct dp_span info, uint8_t *out, size_t out_len)
{
	crypto_auth_hmacsha256_state state;
	uint8_t block[32];
	uint8_t counter = 0;

	assert(out_len <= 32 * 255);
	while (out_len > 0) {
		size_t n = out_len < sizeof(block) ? out_len : sizeof(block);

		hmac_start(&state, prk, 32);
		if (counter++ > 0)
			(void)crypto_auth_hmacsha256_update(&state, block, sizeof(block));
		(void)crypto_auth_hmacsha256_update(&state, info.ptr, info.len);
		(void)crypto_auth_hmacsha256_update(&state, &counter, 1);
		(void)crypto_auth_hmacsha256_final(&state, block);
		memcpy(out, block, n);
		out += n;
		out_len -= n;
	}
	sodium_memzero(block, sizeof(block));
	sodium_memzero(&state, sizeof(state));
}
