/* RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. */
#include "seal_private.h"

#include <sodium.h>
#include <string.h>

static const uint8_t kem_suite[] = {'K', 'E', 'M', 0x00, 0x20};
static const uint8_t hpke_suite[] = {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x03};

/* Larger than any info we make; what does not fit is a bug and fails closed in setup(). */
#define LABELED_MAX 1024

/* RFC 9180 4: LabeledExtract */
static bool
extract(struct dp_span suite, struct dp_span salt, const char *label, struct dp_span ikm,
    uint8_t out[32])
{
	struct dp_buf text;
	bool ok;

	dp_buf_init(&text, LABELED_MAX);
	dp_buf_put_str(&text, "HPKE-v1");
	dp_buf_put_span(&text, suite);
	dp_buf_put_str(&text, label);
	dp_buf_put_span(&text, ikm);
	ok = !text.failed;
	if (ok)
		dp_hkdf_extract(salt, dp_buf_span(&text), out);
	dp_buf_done(&text);
	return ok;
}

/* RFC 9180 4: LabeledExpand */
static bool
expand(struct dp_span suite, const uint8_t prk[32], const char *label, struct dp_span info,
    uint8_t *out, uint16_t out_len)
{
	struct dp_buf text;
	bool ok;

	dp_buf_init(&text, LABELED_MAX);
	dp_buf_put_u16(&text, out_len);
	dp_buf_put_str(&text, "HPKE-v1");
	dp_buf_put_span(&text, suite);
	dp_buf_put_str(&text, label);
	dp_buf_put_span(&text, info);
	ok = !text.failed;
	if (ok)
		dp_hkdf_expand(prk, dp_buf_span(&text), out, out_len);
	dp_buf_done(&text);
	return ok;
}

/* 4.1: ExtractAndExpand, kem_context = enc || pkRm */
static bool
share_secret(const uint8_t dh[32], const uint8_t enc[32], const uint8_t recipient[32],
    uint8_t out[32])
{
	struct dp_span suite = dp_span_of(kem_suite, sizeof(kem_suite));
	uint8_t prk[32], context[64];
	bool ok;

	memcpy(context, enc, 32);
	memcpy(context + 32, recipient, 32);
	ok = extract(suite, dp_span_of(NULL, 0), "eae_prk", dp_span_of(dh, 32), prk) &&
	    expand(suite, prk, "shared_secret", dp_span_of(context, sizeof(context)), out, 32);
	sodium_memzero(prk, sizeof(prk));
	return ok;
}

/* 5.1: KeySchedule with mode_base, no psk */
static bool
schedule(const uint8_t shared[32], struct dp_span info, struct hpke *out)
{
	struct dp_span suite = dp_span_of(hpke_suite, sizeof(hpke_suite));
	struct dp_span none = dp_span_of(NULL, 0);
	uint8_t context[65] = {0}, secret[32];
	bool ok;

	ok = extract(suite, none, "psk_id_hash", none, context + 1) &&
	    extract(suite, none, "info_hash", info, context + 33) &&
	    extract(suite, dp_span_of(shared, 32), "secret", none, secret) &&
	    expand(suite, secret, "key", dp_span_of(context, sizeof(context)), out->key, 32) &&
	    expand(suite, secret, "base_nonce", dp_span_of(context, sizeof(context)),
	        out->base_nonce, sizeof(out->base_nonce));
	sodium_memzero(secret, sizeof(secret));
	return ok;
}

static enum dp_rc
set_up(const uint8_t dh[32], const uint8_t enc[32], const uint8_t recipient[32],
    struct dp_span info, struct hpke *out, struct dp_err *err)
{
	uint8_t shared[32];
	bool ok = share_secret(dh, enc, recipient, shared) && schedule(shared, info, out);

	sodium_memzero(shared, sizeof(shared));
	return ok ? DP_OK : dp_fail(err, DP_ENOMEM, "no memory, or a seal's info is too long");
}

enum dp_rc
dp_hpke_send(const uint8_t public_key[32], const struct dp_secret_key *ephemeral,
    struct dp_span info, struct hpke *out, struct dp_err *err)
{
	uint8_t dh[32];
	enum dp_rc rc;

	/* crypto_scalarmult refuses the shares that give the all-zero secret (7.1.4). */
	if (crypto_scalarmult(dh, ephemeral->secret, public_key) != 0)
		return dp_fail(err, DP_EDENIED, "the public key is not usable");
	rc = set_up(dh, ephemeral->public, public_key, info, out, err);
	sodium_memzero(dh, sizeof(dh));
	return rc;
}

enum dp_rc
dp_hpke_receive(const struct dp_secret_key *secret, const uint8_t enc[32], struct dp_span info,
    struct hpke *out, struct dp_err *err)
{
	uint8_t dh[32];
	enum dp_rc rc;

	if (crypto_scalarmult(dh, secret->secret, enc) != 0)
		return dp_fail(err, DP_EDENIED, "the sealed key's share is not usable");
	rc = set_up(dh, enc, secret->public, info, out, err);
	sodium_memzero(dh, sizeof(dh));
	return rc;
}

/* 5.2: base_nonce XOR I2OSP(seq, 12) */
static void
nonce_of(const struct hpke *hpke, uint64_t seq, uint8_t out[12])
{
	memcpy(out, hpke->base_nonce, 12);
	for (int i = 11; i >= 4; i--, seq >>= 8)
		out[i] = (uint8_t)(out[i] ^ (seq & 0xff));
}

void
dp_hpke_seal(const struct hpke *hpke, uint64_t seq, struct dp_span aad, struct dp_span in,
    uint8_t *out)
{
	uint8_t nonce[12];

	nonce_of(hpke, seq, nonce);
	(void)crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, in.ptr, in.len, aad.ptr, aad.len,
	    NULL, nonce, hpke->key);
}

bool
dp_hpke_open(const struct hpke *hpke, uint64_t seq, struct dp_span aad, struct dp_span in,
    uint8_t *out)
{
	uint8_t nonce[12];

	nonce_of(hpke, seq, nonce);
	return crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, in.ptr, in.len, aad.ptr,
	           aad.len, nonce, hpke->key) == 0;
}
