#include "seal_private.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK DP_SEAL_CHUNK_BYTES
#define SEALED_CHUNK (CHUNK + DP_SEAL_TAG_BYTES)
#define PREFIX 8
#define LEAST 1024

uint64_t
dp_padme(uint64_t len)
{
	unsigned exponent, keep;
	uint64_t mask;

	if (len < LEAST)
		len = LEAST;
	exponent = 63 - (unsigned)__builtin_clzll(len);
	keep = 64 - (unsigned)__builtin_clzll(exponent);
	mask = (UINT64_C(1) << (exponent - keep)) - 1;
	return (len + mask) & ~mask;
}

static uint64_t
chunks_of(uint64_t plain_bytes)
{
	return (plain_bytes + CHUNK - 1) / CHUNK;
}

uint64_t
dp_body_cipher_len(uint64_t content_bytes)
{
	uint64_t plain = dp_padme(PREFIX + content_bytes);

	return plain + chunks_of(plain) * DP_SEAL_TAG_BYTES;
}

/* u88be counter, then 01 on the last chunk: a chunk moved or a body cut short does not open. */
static void
nonce_of(uint64_t counter, bool last, uint8_t out[12])
{
	memset(out, 0, 12);
	for (int i = 10; i >= 3; i--, counter >>= 8)
		out[i] = (uint8_t)counter;
	out[11] = last ? 1 : 0;
}

/* ---- writing ---- */

struct dp_body_writer {
	const struct dp_letter_key *key;
	dp_body_sink *sink;
	void *arg;
	uint64_t content_left, plain_left, counter;
	size_t used;
	bool failed;
	uint8_t plain[CHUNK];
	uint8_t cipher[SEALED_CHUNK];
};

static enum dp_rc
write_chunk(struct dp_body_writer *w, struct dp_err *err)
{
	uint8_t nonce[12];
	enum dp_rc rc;

	w->plain_left -= w->used;
	nonce_of(w->counter++, w->plain_left == 0, nonce);
	(void)crypto_aead_chacha20poly1305_ietf_encrypt(w->cipher, NULL, w->plain, w->used,
	    w->key->aad, sizeof(w->key->aad), NULL, nonce, w->key->k_body);
	rc = w->sink(w->arg, dp_span_of(w->cipher, w->used + DP_SEAL_TAG_BYTES), err);
	w->failed = rc != DP_OK;
	w->used = 0;
	return rc;
}

/* bytes.ptr NULL: zeros. */
static enum dp_rc
write_plain(struct dp_body_writer *w, struct dp_span bytes, struct dp_err *err)
{
	enum dp_rc rc = DP_OK;

	while (bytes.len > 0 && rc == DP_OK) {
		size_t n = CHUNK - w->used < bytes.len ? CHUNK - w->used : bytes.len;

		if (bytes.ptr == NULL) {
			memset(w->plain + w->used, 0, n);
		} else {
			memcpy(w->plain + w->used, bytes.ptr, n);
			bytes.ptr += n;
		}
		bytes.len -= n;
		w->used += n;
		if (w->used == CHUNK || w->used == w->plain_left)
			rc = write_chunk(w, err);
	}
	return rc;
}

enum dp_rc
dp_body_writer_open(const struct dp_letter_key *key, uint64_t content_bytes, dp_body_sink *sink,
    void *arg, struct dp_body_writer **out, struct dp_err *err)
{
	struct dp_body_writer *w;
	uint8_t prefix[PREFIX];
	uint64_t n = content_bytes;
	enum dp_rc rc;

	if (content_bytes > UINT32_MAX)
		return dp_fail(err, DP_ELIMIT, "a body of 4 GiB or more");
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		return dp_fail(err, DP_ENOMEM, "no memory for a body");
	w->key = key;
	w->sink = sink;
	w->arg = arg;
	w->content_left = content_bytes;
	w->plain_left = dp_padme(PREFIX + content_bytes);
	for (int i = PREFIX - 1; i >= 0; i--, n >>= 8)
		prefix[i] = (uint8_t)n;
	rc = write_plain(w, dp_span_of(prefix, sizeof(prefix)), err);
	*out = w;
	return rc;
}

enum dp_rc
dp_body_writer_put(struct dp_body_writer *w, struct dp_span bytes, struct dp_err *err)
{
	if (w->failed || bytes.len > w->content_left) {
		w->failed = true;
		return dp_fail(err, DP_EINVAL, "the content is longer than was said");
	}
	w->content_left -= bytes.len;
	return bytes.len == 0 ? DP_OK : write_plain(w, bytes, err);
}

enum dp_rc
dp_body_writer_finish(struct dp_body_writer *w, struct dp_err *err)
{
	if (w->failed || w->content_left > 0)
		return dp_fail(err, DP_EINVAL, "the content is shorter than was said");
	return write_plain(w, dp_span_of(NULL, w->plain_left - w->used), err);
}

void
dp_body_writer_close(struct dp_body_writer **writer)
{
	if (*writer != NULL)
		sodium_memzero(*writer, sizeof(**writer));
	free(*writer);
	*writer = NULL;
}

/* ---- reading ---- */

struct dp_body_reader {
	const struct dp_letter_key *key;
	dp_body_sink *sink;
	void *arg;
	uint64_t cipher_left, plain_bytes, content_left, counter;
	size_t used;
	bool failed, know_length;
	uint8_t cipher[SEALED_CHUNK];
	uint8_t plain[CHUNK];
};

/* Plaintext length behind body_len, or 0 when no body has that length. */
static uint64_t
plain_behind(uint64_t body_len)
{
	uint64_t chunks = (body_len + SEALED_CHUNK - 1) / SEALED_CHUNK;
	uint64_t plain = body_len - chunks * DP_SEAL_TAG_BYTES;

	if (body_len <= chunks * DP_SEAL_TAG_BYTES || chunks_of(plain) != chunks ||
	    dp_padme(plain) != plain)
		return 0;
	return plain;
}

enum dp_rc
dp_body_reader_open(const struct dp_letter_key *key, uint64_t body_len, dp_body_sink *sink,
    void *arg, struct dp_body_reader **out, struct dp_err *err)
{
	struct dp_body_reader *r;
	uint64_t plain = body_len > UINT32_MAX ? 0 : plain_behind(body_len);

	if (plain == 0)
		return dp_fail(err, DP_EDENIED, "no body has this length");
	r = calloc(1, sizeof(*r));
	if (r == NULL)
		return dp_fail(err, DP_ENOMEM, "no memory for a body");
	r->key = key;
	r->sink = sink;
	r->arg = arg;
	r->cipher_left = body_len;
	r->plain_bytes = plain;
	*out = r;
	return DP_OK;
}

static enum dp_rc
read_length(struct dp_body_reader *r, struct dp_span *plain, struct dp_err *err)
{
	struct dp_reader in;

	dp_reader_init(&in, *plain);
	r->content_left = dp_read_u64(&in);
	r->know_length = true;
	if (in.bad || r->content_left > r->plain_bytes - PREFIX ||
	    dp_padme(PREFIX + r->content_left) != r->plain_bytes)
		return dp_fail(err, DP_EDENIED, "the body's inner length is impossible");
	*plain = in.rest;
	return DP_OK;
}

static enum dp_rc
give(struct dp_body_reader *r, struct dp_span plain, struct dp_err *err)
{
	size_t n;
	uint8_t any = 0;
	enum dp_rc rc = r->know_length ? DP_OK : read_length(r, &plain, err);

	if (rc != DP_OK)
		return rc;
	n = plain.len < r->content_left ? plain.len : (size_t)r->content_left;
	for (size_t i = n; i < plain.len; i++)
		any = (uint8_t)(any | plain.ptr[i]);
	if (any != 0)
		return dp_fail(err, DP_EDENIED, "the body's padding is not zero");
	r->content_left -= n;
	return n == 0 ? DP_OK : r->sink(r->arg, dp_span_of(plain.ptr, n), err);
}

static enum dp_rc
read_chunk(struct dp_body_reader *r, struct dp_err *err)
{
	size_t n = r->used - DP_SEAL_TAG_BYTES;
	uint8_t nonce[12];

	nonce_of(r->counter++, r->cipher_left == 0, nonce);
	if (crypto_aead_chacha20poly1305_ietf_decrypt(r->plain, NULL, NULL, r->cipher, r->used,
	        r->key->aad, sizeof(r->key->aad), nonce, r->key->k_body) != 0)
		return dp_fail(err, DP_EDENIED, "the body does not open");
	r->used = 0;
	return give(r, dp_span_of(r->plain, n), err);
}

enum dp_rc
dp_body_reader_put(struct dp_body_reader *r, struct dp_span cipher, struct dp_err *err)
{
	enum dp_rc rc = DP_OK;

	if (r->failed || cipher.len > r->cipher_left) {
		r->failed = true;
		return dp_fail(err, DP_EDENIED, "the body is longer than its header says");
	}
	while (cipher.len > 0 && rc == DP_OK) {
		size_t room = SEALED_CHUNK - r->used;
		size_t n = room < cipher.len ? room : cipher.len;

		memcpy(r->cipher + r->used, cipher.ptr, n);
		cipher = dp_span_of(cipher.ptr + n, cipher.len - n);
		r->used += n;
		r->cipher_left -= n;
		if (r->used == SEALED_CHUNK || r->cipher_left == 0)
			rc = read_chunk(r, err);
	}
	r->failed = rc != DP_OK;
	return rc;
}

enum dp_rc
dp_body_reader_finish(struct dp_body_reader *r, struct dp_err *err)
{
	if (r->failed || r->cipher_left > 0 || r->content_left > 0)
		return dp_fail(err, DP_EDENIED, "the body is cut short");
	return DP_OK;
}

void
dp_body_reader_close(struct dp_body_reader **reader)
{
	if (*reader != NULL)
		sodium_memzero(*reader, sizeof(**reader));
	free(*reader);
	*reader = NULL;
}

void
dp_body_hash(uint64_t body_len, const uint8_t (*part_hash)[DP_SEAL_HASH_BYTES],
    uint32_t part_count, uint8_t out[DP_SEAL_HASH_BYTES])
{
	static const uint8_t label[] = "\0\0\0\x0e" "dpe1/body-hash";
	crypto_hash_sha256_state state;
	uint8_t len[8];

	for (int i = 7; i >= 0; i--, body_len >>= 8)
		len[i] = (uint8_t)body_len;
	(void)crypto_hash_sha256_init(&state);
	(void)crypto_hash_sha256_update(&state, label, sizeof(label) - 1);
	(void)crypto_hash_sha256_update(&state, len, sizeof(len));
	for (uint32_t i = 0; i < part_count; i++)
		(void)crypto_hash_sha256_update(&state, part_hash[i], DP_SEAL_HASH_BYTES);
	(void)crypto_hash_sha256_final(&state, out);
}
