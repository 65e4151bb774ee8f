#include "seal_private.h"

#include <sodium.h>
#include <string.h>

#define BLOCK 256
#define PLAIN_MAX (16384 - DP_SEAL_TAG_BYTES)

/* The key is used for this one message only, so the nonce may be constant. */
static const uint8_t zero_nonce[12];

enum dp_rc
dp_private_header_encrypt(const struct dp_letter_key *key, struct dp_span plain,
    struct dp_buf *out, struct dp_err *err)
{
	size_t padded = (4 + plain.len + BLOCK - 1) / BLOCK * BLOCK;
	uint8_t *room;
	struct dp_buf text;
	enum dp_rc rc;

	if (plain.len > PLAIN_MAX - 4 || padded > PLAIN_MAX)
		return dp_fail(err, DP_ELIMIT, "the private header is over %d bytes: shorten texts",
		    PLAIN_MAX);
	dp_buf_init(&text, padded);
	dp_buf_put_lp(&text, plain);
	room = dp_buf_room(&text, padded - text.len);
	if (room != NULL) {
		memset(room, 0, padded - text.len);
		dp_buf_grew(&text, padded - text.len);
	}
	rc = dp_buf_check(&text, "private header", err);
	room = rc == DP_OK ? dp_buf_room(out, padded + DP_SEAL_TAG_BYTES) : NULL;
	if (room != NULL) {
		(void)crypto_aead_chacha20poly1305_ietf_encrypt(room, NULL, text.ptr, text.len,
		    key->aad, sizeof(key->aad), NULL, zero_nonce, key->k_private);
		dp_buf_grew(out, padded + DP_SEAL_TAG_BYTES);
	}
	dp_buf_done(&text);
	return rc != DP_OK ? rc : dp_buf_check(out, "encrypted private header", err);
}

/* Length as written, the rest zero, and no block more than needed. */
static bool
unpad(struct dp_span text, struct dp_span *plain)
{
	struct dp_reader in;
	uint8_t any = 0;

	dp_reader_init(&in, text);
	*plain = dp_read_lp(&in);
	if (in.bad || text.len != (4 + plain->len + BLOCK - 1) / BLOCK * BLOCK)
		return false;
	for (size_t i = 0; i < in.rest.len; i++)
		any = (uint8_t)(any | in.rest.ptr[i]);
	return any == 0;
}

enum dp_rc
dp_private_header_decrypt(const struct dp_letter_key *key, struct dp_span cipher,
    struct dp_buf *out, struct dp_err *err)
{
	struct dp_span plain;
	struct dp_buf text;
	uint8_t *room;
	enum dp_rc rc = DP_OK;

	if (cipher.len < BLOCK + DP_SEAL_TAG_BYTES || cipher.len > PLAIN_MAX + DP_SEAL_TAG_BYTES)
		return dp_fail(err, DP_EDENIED, "the private header has no possible length");
	dp_buf_init(&text, cipher.len);
	room = dp_buf_room(&text, cipher.len - DP_SEAL_TAG_BYTES);
	if (room == NULL) {
		rc = dp_fail(err, DP_ENOMEM, "no memory for a private header");
	} else if (crypto_aead_chacha20poly1305_ietf_decrypt(room, NULL, NULL, cipher.ptr,
	               cipher.len, key->aad, sizeof(key->aad), zero_nonce, key->k_private) != 0) {
		rc = dp_fail(err, DP_EDENIED, "the private header does not open");
	} else if (!unpad(dp_span_of(room, cipher.len - DP_SEAL_TAG_BYTES), &plain)) {
		rc = dp_fail(err, DP_EDENIED, "the private header's padding is wrong");
	} else {
		dp_buf_put_span(out, plain);
		rc = dp_buf_check(out, "private header", err);
	}
	dp_buf_done(&text);
	return rc;
}
