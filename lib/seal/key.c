#include "seal_private.h"

#include <sodium.h>
#include <string.h>

static enum dp_rc
guard(struct dp_secret_key *key, struct dp_secret_key **out, struct dp_err *err)
{
	if (crypto_scalarmult_base(key->public, key->secret) != 0) {
		sodium_free(key);
		return dp_fail(err, DP_EINVAL, "not a usable X25519 secret key");
	}
	*out = key;
	return DP_OK;
}

enum dp_rc
dp_secret_key_take(const uint8_t raw[32], struct dp_secret_key **out, struct dp_err *err)
{
	struct dp_secret_key *key = sodium_malloc(sizeof(*key));

	if (key == NULL)
		return dp_fail(err, DP_ENOMEM, "no locked memory for a key: raise RLIMIT_MEMLOCK");
	memcpy(key->secret, raw, sizeof(key->secret));
	return guard(key, out, err);
}

enum dp_rc
dp_secret_key_new(struct dp_secret_key **out, struct dp_err *err)
{
	struct dp_secret_key *key = sodium_malloc(sizeof(*key));

	if (key == NULL)
		return dp_fail(err, DP_ENOMEM, "no locked memory for a key: raise RLIMIT_MEMLOCK");
	dp_random(key->secret, sizeof(key->secret));
	return guard(key, out, err);
}

void
dp_secret_key_free(struct dp_secret_key **key)
{
	sodium_free(*key);	/* wipes; NULL is fine */
	*key = NULL;
}

const uint8_t *
dp_secret_key_public(const struct dp_secret_key *key)
{
	return key->public;
}

void
dp_key_id(const uint8_t public_key[DP_SEAL_PUBLIC_BYTES], uint8_t out[DP_SEAL_KEY_ID_BYTES])
{
	uint8_t hash[DP_SEAL_HASH_BYTES];
	struct dp_buf text;

	dp_buf_init(&text, 64);
	dp_buf_put_lp(&text, dp_span_str("dpe1/keyid"));
	dp_buf_put_u16(&text, DP_SEAL_KEM_X25519);
	dp_buf_put_lp(&text, dp_span_of(public_key, DP_SEAL_PUBLIC_BYTES));
	dp_hash(dp_buf_span(&text), hash);
	memcpy(out, hash, DP_SEAL_KEY_ID_BYTES);
	dp_buf_done(&text);
}

/* ---- what a seal is for ---- */

static void
begin_info(struct dp_buf *info, const char *label)
{
	dp_buf_put_u16(info, DP_SEAL_KEM_X25519);
	dp_buf_put_str(info, label);
	dp_buf_put_u8(info, 0);
}

static void
put_hash(struct dp_buf *info, const uint8_t hash[DP_SEAL_HASH_BYTES])
{
	dp_buf_put_lp(info, dp_span_of(hash, DP_SEAL_HASH_BYTES));
}

static void
put_id(struct dp_buf *info, const struct dp_id *id)
{
	dp_buf_put_lp(info, dp_span_of(id->b, sizeof(id->b)));
}

void
dp_seal_info_transport(struct dp_buf *info, const char *sender,
    const uint8_t sender_cert[DP_SEAL_HASH_BYTES], int64_t batch_ms)
{
	begin_info(info, "dpe1/seal/transport");
	dp_buf_put_lp(info, dp_span_str(sender));
	put_hash(info, sender_cert);
	dp_buf_put_u64(info, (uint64_t)batch_ms);
}

void
dp_seal_info_mailbox(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    const struct dp_id *mailbox_id, uint32_t epoch)
{
	begin_info(info, "dpe1/seal/mailbox");
	put_hash(info, context);
	put_id(info, mailbox_id);
	dp_buf_put_u32(info, epoch);
}

void
dp_seal_info_print(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    const struct dp_id *job_id, uint32_t print_epoch,
    const uint8_t address_hash[DP_SEAL_HASH_BYTES])
{
	begin_info(info, "dpe1/seal/print");
	put_hash(info, context);
	put_id(info, job_id);
	dp_buf_put_u32(info, print_epoch);
	put_hash(info, address_hash);
}

void
dp_seal_info_agency(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    const char *cvr, const uint8_t key_id[DP_SEAL_KEY_ID_BYTES])
{
	begin_info(info, "dpe1/seal/agency");
	put_hash(info, context);
	dp_buf_put_lp(info, dp_span_str(cvr));
	dp_buf_put_lp(info, dp_span_of(key_id, DP_SEAL_KEY_ID_BYTES));
}

void
dp_seal_info_hold(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    uint32_t hold_epoch)
{
	begin_info(info, "dpe1/seal/hold");
	put_hash(info, context);
	dp_buf_put_u32(info, hold_epoch);
}
