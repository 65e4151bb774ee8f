/*
 * seal: the letter envelope DPE1. Letter keys, private header, body stream, seals (HPKE, RFC 9180
 * base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305), Merkle batches (RFC 9162). It knows bytes,
 * not protobuf, files or networks. Only this module sees libsodium and OpenSSL.
 *
 * Secret keys and letter keys live in guarded, locked memory and are wiped when freed; no function
 * takes or gives a letter key's bytes. Nothing blocks. Objects belong to one thread at a time.
 * DP_EDENIED: a key, tag, hash or commitment is wrong; the text never says which bit.
 */
#ifndef DP_SEAL_H
#define DP_SEAL_H

#include "base.h"

#define DP_SEAL_HASH_BYTES	32
#define DP_SEAL_PUBLIC_BYTES	32
#define DP_SEAL_KEY_ID_BYTES	8
#define DP_SEAL_CT_BYTES	48	/* a sealed letter key: 32 + 16 */
#define DP_SEAL_PART_BYTES	524288
#define DP_SEAL_CHUNK_BYTES	65536
#define DP_SEAL_TAG_BYTES	16
#define DP_SEAL_TREE_MAX	256
#define DP_SEAL_PATH_MAX	8
#define DP_SEAL_KEM_X25519	0x0020
#define DP_SEAL_SUITE		1

/* Once per process, before anything else. DP_EFATAL: libsodium cannot start. */
enum dp_rc dp_seal_init(struct dp_err *err) DP_MUST_CHECK;

/* SHA-256 */
void dp_hash(struct dp_span bytes, uint8_t out[DP_SEAL_HASH_BYTES]);

/* ---- X25519 keys ---- */

struct dp_secret_key;

enum dp_rc dp_secret_key_new(struct dp_secret_key **out, struct dp_err *err) DP_MUST_CHECK;
/* From 32 raw bytes, which the caller wipes. */
enum dp_rc dp_secret_key_take(const uint8_t raw[32], struct dp_secret_key **out,
    struct dp_err *err) DP_MUST_CHECK;
void dp_secret_key_free(struct dp_secret_key **key);
const uint8_t *dp_secret_key_public(const struct dp_secret_key *key);	/* borrowed, 32 bytes */
/* First 8 bytes of H(LP("dpe1/keyid") || u16be kem || LP(public key)). */
void dp_key_id(const uint8_t public_key[DP_SEAL_PUBLIC_BYTES],
    uint8_t out[DP_SEAL_KEY_ID_BYTES]);

/* ---- what a seal is for: HPKE's info = u16be kem || label || 00 || fields ---- */

/* Each appends to `info`, which must be empty; check with dp_buf_check. */
void dp_seal_info_transport(struct dp_buf *info, const char *sender,
    const uint8_t sender_cert[DP_SEAL_HASH_BYTES], int64_t batch_ms);
void dp_seal_info_mailbox(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    const struct dp_id *mailbox_id, uint32_t epoch);
void dp_seal_info_print(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    const struct dp_id *job_id, uint32_t print_epoch,
    const uint8_t address_hash[DP_SEAL_HASH_BYTES]);
void dp_seal_info_agency(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    const char *cvr, const uint8_t key_id[DP_SEAL_KEY_ID_BYTES]);
void dp_seal_info_hold(struct dp_buf *info, const uint8_t context[DP_SEAL_HASH_BYTES],
    uint32_t hold_epoch);

struct dp_seal {
	uint8_t key_id[DP_SEAL_KEY_ID_BYTES];
	uint8_t enc[DP_SEAL_PUBLIC_BYTES];
	uint32_t seq;
	uint8_t ct[DP_SEAL_CT_BYTES];
};

/* ---- the key of one letter ---- */

/* What binds a letter key to its letter. */
struct dp_letter_binding {
	struct dp_id letter_id;
	const char *sender;			/* "DK:CVR:12345674" */
	uint8_t sender_cert[DP_SEAL_HASH_BYTES];
};

struct dp_letter_key;

void dp_letter_context(const struct dp_letter_binding *binding,
    uint8_t out[DP_SEAL_HASH_BYTES]);
enum dp_rc dp_letter_key_new(const struct dp_letter_binding *binding,
    struct dp_letter_key **out, struct dp_err *err) DP_MUST_CHECK;
/*
 * Opens a seal and holds the key against key_commit. DP_EDENIED: made for another letter, sender,
 * purpose or key, or damaged.
 */
enum dp_rc dp_letter_key_open(const struct dp_letter_binding *binding,
    const struct dp_seal *seal, struct dp_span info, const struct dp_secret_key *secret,
    const uint8_t key_commit[DP_SEAL_HASH_BYTES], struct dp_letter_key **out,
    struct dp_err *err) DP_MUST_CHECK;
void dp_letter_key_free(struct dp_letter_key **key);
const uint8_t *dp_letter_key_commit(const struct dp_letter_key *key);	/* borrowed, 32 bytes */
/* One seal of its own (seq 0) to somebody's public key. */
enum dp_rc dp_letter_key_seal(const struct dp_letter_key *key,
    const uint8_t public_key[DP_SEAL_PUBLIC_BYTES], struct dp_span info, struct dp_seal *out,
    struct dp_err *err) DP_MUST_CHECK;
/*
 * Seals the keys of one closed batch under one HPKE context, seq = place in the batch, and
 * destroys the context: the same seq twice would reveal keys, so there is no other way in.
 */
enum dp_rc dp_seal_batch(struct dp_letter_key *const *keys, uint32_t count,
    const uint8_t public_key[DP_SEAL_PUBLIC_BYTES], struct dp_span info, struct dp_seal *out,
    struct dp_err *err) DP_MUST_CHECK;

/* ---- private header ---- */

/* Appends the ciphertext: u32be n, the bytes, zeros to a multiple of 256, tag. */
enum dp_rc dp_private_header_encrypt(const struct dp_letter_key *key, struct dp_span plain,
    struct dp_buf *out, struct dp_err *err) DP_MUST_CHECK;
enum dp_rc dp_private_header_decrypt(const struct dp_letter_key *key, struct dp_span cipher,
    struct dp_buf *out, struct dp_err *err) DP_MUST_CHECK;

/* ---- body: STREAM over 65,536-byte chunks, padded by Padme ---- */

/* Smallest Padme length that holds max(len, 1024) (Nikitin et al., PURBs, 2019). */
uint64_t dp_padme(uint64_t len);
uint64_t dp_body_cipher_len(uint64_t content_bytes);

struct dp_body_writer;
struct dp_body_reader;
/* Takes ciphertext (or plaintext) in order; a failure ends the writer (or reader). */
typedef enum dp_rc dp_body_sink(void *arg, struct dp_span bytes, struct dp_err *err);

/* content_bytes is exact: more or fewer put is DP_EINVAL. Memory: two chunks. */
enum dp_rc dp_body_writer_open(const struct dp_letter_key *key, uint64_t content_bytes,
    dp_body_sink *sink, void *arg, struct dp_body_writer **out, struct dp_err *err)
    DP_MUST_CHECK;
enum dp_rc dp_body_writer_put(struct dp_body_writer *writer, struct dp_span bytes,
    struct dp_err *err) DP_MUST_CHECK;
enum dp_rc dp_body_writer_finish(struct dp_body_writer *writer, struct dp_err *err)
    DP_MUST_CHECK;
void dp_body_writer_close(struct dp_body_writer **writer);

/*
 * body_len is the public header's. The sink gets content only: prefix and padding are checked and
 * kept back. What it got counts only after dp_body_reader_finish() said DP_OK.
 */
enum dp_rc dp_body_reader_open(const struct dp_letter_key *key, uint64_t body_len,
    dp_body_sink *sink, void *arg, struct dp_body_reader **out, struct dp_err *err)
    DP_MUST_CHECK;
enum dp_rc dp_body_reader_put(struct dp_body_reader *reader, struct dp_span cipher,
    struct dp_err *err) DP_MUST_CHECK;
enum dp_rc dp_body_reader_finish(struct dp_body_reader *reader, struct dp_err *err)
    DP_MUST_CHECK;
void dp_body_reader_close(struct dp_body_reader **reader);

/* H(LP("dpe1/body-hash") || u64be body_len || H(part_0) || ...), parts hashed by dp_hash. */
void dp_body_hash(uint64_t body_len, const uint8_t (*part_hash)[DP_SEAL_HASH_BYTES],
    uint32_t part_count, uint8_t out[DP_SEAL_HASH_BYTES]);

/* ---- names without names: the person tag, and MACs over directory rows ---- */

#define DP_PERSON_TAG_BYTES	33
#define DP_MAC_KEY_BYTES	32

struct dp_mac_key;

/* From 32 raw bytes, which the caller wipes. version 1..255 stands in front of every tag. */
enum dp_rc dp_mac_key_take(const uint8_t raw[DP_MAC_KEY_BYTES], uint8_t version,
    struct dp_mac_key **out, struct dp_err *err) DP_MUST_CHECK;
void dp_mac_key_free(struct dp_mac_key **key);
/*
 * u8 version || HMAC-SHA256(key, "dpe1/person" 00 recipient). recipient is the canonical
 * "DK:CPR:..." or "DK:CVR:..."; whoever holds the key can find a number from its tag in minutes.
 */
void dp_person_tag(const struct dp_mac_key *key, const char *recipient,
    uint8_t out[DP_PERSON_TAG_BYTES]);
/* HMAC-SHA256 over LP(leaf name) || the LP-encoded fields of a directory row. */
void dp_directory_mac(const struct dp_mac_key *key, const char *leaf, struct dp_span fields,
    uint8_t out[DP_SEAL_HASH_BYTES]);
/* Constant time. DP_EDENIED: the row is not what was written under this key. */
enum dp_rc dp_directory_check(const struct dp_mac_key *key, const char *leaf,
    struct dp_span fields, const uint8_t mac[DP_SEAL_HASH_BYTES], struct dp_err *err)
    DP_MUST_CHECK;

/* ---- batches: RFC 9162 2.1 with our own leaf ---- */

void dp_tree_leaf(const char *label, struct dp_span bytes, uint8_t out[DP_SEAL_HASH_BYTES]);
/* count 1..256 */
void dp_tree_root(const uint8_t (*leaf)[DP_SEAL_HASH_BYTES], uint32_t count,
    uint8_t out[DP_SEAL_HASH_BYTES]);
/* From the leaf up; returns how many hashes were written. */
uint32_t dp_tree_path(const uint8_t (*leaf)[DP_SEAL_HASH_BYTES], uint32_t count, uint32_t index,
    uint8_t out[DP_SEAL_PATH_MAX][DP_SEAL_HASH_BYTES]);
/*
 * The root that leaf and path lead to (RFC 9162 2.1.3.2). DP_EDENIED when the path cannot belong to this
 * index and size. The root proves nothing until its signature is verified, and that must cover
 * tree_size: the same leaf and path can lead to the same root in trees of other sizes.
 */
enum dp_rc dp_tree_climb(const uint8_t leaf[DP_SEAL_HASH_BYTES], uint32_t index,
    uint32_t tree_size, const uint8_t (*path)[DP_SEAL_HASH_BYTES], uint32_t path_len,
    uint8_t root[DP_SEAL_HASH_BYTES], struct dp_err *err) DP_MUST_CHECK;

#endif
