#include "seal_private.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

void
dp_letter_context(const struct dp_letter_binding *binding, uint8_t out[DP_SEAL_HASH_BYTES])
{
	static const uint8_t suite[] = {0, DP_SEAL_SUITE};
	struct dp_buf text;

	dp_buf_init(&text, 512);
	dp_buf_put_lp(&text, dp_span_str("dpe1/context"));
	dp_buf_put_lp(&text, dp_span_of(suite, sizeof(suite)));
	dp_buf_put_lp(&text, dp_span_of(binding->letter_id.b, DP_ID_BYTES));
	dp_buf_put_lp(&text, dp_span_str(binding->sender));
	dp_buf_put_lp(&text, dp_span_of(binding->sender_cert, DP_SEAL_HASH_BYTES));
	/* A context over half the fields would bind to nothing. */
	assert(!text.failed);
	dp_hash(dp_buf_span(&text), out);
	dp_buf_done(&text);
}

/* From the CEK that stands in the key: commitment, the two keys, aad. */
static void
derive(struct dp_letter_key *key, const struct dp_letter_binding *binding)
{
	uint8_t prk[32];

	dp_letter_context(binding, key->aad);
	dp_hkdf_extract(
	    dp_span_of(key->aad, 32), dp_span_of(key->cek, sizeof(key->cek)), prk);
	dp_hkdf_expand(prk, dp_span_str("dpe1/commit"), key->aad + 32, 32);
	dp_hkdf_expand(prk, dp_span_str("dpe1/private-header"), key->k_private, 32);
	dp_hkdf_expand(prk, dp_span_str("dpe1/body"), key->k_body, 32);
	sodium_memzero(prk, sizeof(prk));
}

static struct dp_letter_key *
new_key(struct dp_err *err)
{
	struct dp_letter_key *key = sodium_malloc(sizeof(*key));

	if (key == NULL)
		(void)dp_fail(err, DP_ENOMEM, "no locked memory for a key: raise RLIMIT_MEMLOCK");
	return key;
}

enum dp_rc
dp_letter_key_new(
    const struct dp_letter_binding *binding, struct dp_letter_key **out, struct dp_err *err)
{
	struct dp_letter_key *key = new_key(err);

	if (key == NULL)
		return DP_ENOMEM;
	dp_random(key->cek, sizeof(key->cek));
	derive(key, binding);
	*out = key;
	return DP_OK;
}

static enum dp_rc
open_seal(struct dp_letter_key *key, const struct dp_seal *seal, struct dp_span info,
    const struct dp_secret_key *secret, struct dp_span aad, struct dp_err *err)
{
	uint8_t id[DP_SEAL_KEY_ID_BYTES];
	struct hpke hpke;
	enum dp_rc rc;

	dp_key_id(secret->public, id);
	if (memcmp(id, seal->key_id, sizeof(id)) != 0)
		return dp_fail(err, DP_EDENIED, "the seal is made for another key");
	rc = dp_hpke_receive(secret, seal->enc, info, &hpke, err);
	if (rc != DP_OK)
		return rc;
	if (!dp_hpke_open(&hpke, seal->seq, aad, dp_span_of(seal->ct, sizeof(seal->ct)), key->cek))
		rc = dp_fail(err, DP_EDENIED, "the seal does not open");
	sodium_memzero(&hpke, sizeof(hpke));
	return rc;
}

enum dp_rc
dp_letter_key_open(const struct dp_letter_binding *binding, const struct dp_seal *seal,
    struct dp_span info, const struct dp_secret_key *secret,
    const uint8_t key_commit[DP_SEAL_HASH_BYTES], struct dp_letter_key **out,
    struct dp_err *err)
{
	struct dp_letter_key *key = new_key(err);
	uint8_t aad[64];
	enum dp_rc rc = DP_ENOMEM;

	if (key == NULL)
		goto out;
	dp_letter_context(binding, aad);
	memcpy(aad + 32, key_commit, 32);
	rc = open_seal(key, seal, info, secret, dp_span_of(aad, sizeof(aad)), err);
	if (rc != DP_OK)
		goto out;
	derive(key, binding);
	if (!dp_equal_secret(key->aad, aad, sizeof(aad))) {
		rc = dp_fail(err, DP_EDENIED, "the letter key is not the one committed to");
		goto out;
	}
	*out = key;
	key = NULL;
out:
	dp_letter_key_free(&key);
	return rc;
}

void
dp_letter_key_free(struct dp_letter_key **key)
{
	sodium_free(*key);
	*key = NULL;
}

const uint8_t *
dp_letter_key_commit(const struct dp_letter_key *key)
{
	return key->aad + 32;
}

enum dp_rc
dp_seal_batch(struct dp_letter_key *const *keys, uint32_t count,
    const uint8_t public_key[DP_SEAL_PUBLIC_BYTES], struct dp_span info, struct dp_seal *out,
    struct dp_err *err)
{
	struct dp_secret_key *ephemeral = NULL;
	uint8_t id[DP_SEAL_KEY_ID_BYTES];
	struct hpke hpke;
	enum dp_rc rc;

	if (count == 0 || count > DP_SEAL_TREE_MAX)
		return dp_fail(err, DP_EINVAL, "a batch holds 1 to %d letters", DP_SEAL_TREE_MAX);
	rc = dp_secret_key_new(&ephemeral, err);
	if (rc == DP_OK)
		rc = dp_hpke_send(public_key, ephemeral, info, &hpke, err);
	if (rc != DP_OK)
		goto out;
	dp_key_id(public_key, id);
	for (uint32_t i = 0; i < count; i++) {
		memcpy(out[i].key_id, id, sizeof(id));
		memcpy(out[i].enc, ephemeral->public, sizeof(out[i].enc));
		out[i].seq = i;
		dp_hpke_seal(&hpke, i, dp_span_of(keys[i]->aad, sizeof(keys[i]->aad)),
		    dp_span_of(keys[i]->cek, sizeof(keys[i]->cek)), out[i].ct);
	}
	sodium_memzero(&hpke, sizeof(hpke));
out:
	dp_secret_key_free(&ephemeral);
	return rc;
}

enum dp_rc
dp_letter_key_seal(const struct dp_letter_key *key,
    const uint8_t public_key[DP_SEAL_PUBLIC_BYTES], struct dp_span info, struct dp_seal *out,
    struct dp_err *err)
{
	struct dp_letter_key *one = (struct dp_letter_key *)key;

	return dp_seal_batch(&one, 1, public_key, info, out, err);
}
