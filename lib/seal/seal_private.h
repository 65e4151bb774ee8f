/* Shared by the files of seal: HPKE contexts, HKDF, the insides of keys. */
#ifndef DP_SEAL_PRIVATE_H
#define DP_SEAL_PRIVATE_H

#include "seal.h"

struct dp_secret_key {
	uint8_t secret[32];
	uint8_t public[DP_SEAL_PUBLIC_BYTES];
};

struct dp_letter_key {
	uint8_t cek[32];
	uint8_t k_private[32];
	uint8_t k_body[32];
	uint8_t aad[64];		/* context || key_commit */
};

struct hpke {
	uint8_t key[32];
	uint8_t base_nonce[12];
};

/* HKDF-Extract and HKDF-Expand with SHA-256 (RFC 5869); out_len at most 32 * 255. */
void dp_hkdf_extract(struct dp_span salt, struct dp_span ikm, uint8_t prk[32]);
void dp_hkdf_expand(const uint8_t prk[32], struct dp_span info, uint8_t *out, size_t out_len);

/* DP_EDENIED: the other side's share gives the all-zero secret. */
enum dp_rc dp_hpke_send(const uint8_t public_key[32], const struct dp_secret_key *ephemeral,
    struct dp_span info, struct hpke *out, struct dp_err *err) DP_MUST_CHECK;
enum dp_rc dp_hpke_receive(const struct dp_secret_key *secret, const uint8_t enc[32],
    struct dp_span info, struct hpke *out, struct dp_err *err) DP_MUST_CHECK;
/* out: in.len + 16 */
void dp_hpke_seal(const struct hpke *hpke, uint64_t seq, struct dp_span aad, struct dp_span in,
    uint8_t *out);
/* out: in.len - 16 */
bool dp_hpke_open(const struct hpke *hpke, uint64_t seq, struct dp_span aad, struct dp_span in,
    uint8_t *out);

#endif
