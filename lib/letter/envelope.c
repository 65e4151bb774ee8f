#include "wire_private.h"

#include <string.h>

#define KEM_X25519 0x0020

/* ---- public header ---- */

void
dp_public_header_encode(const struct dp_public_header *header, struct dp_buf *out)
{
	Dpost__V1__PublicHeader m = DPOST__V1__PUBLIC_HEADER__INIT;

	m.suite = header->suite;
	m.letter_id = dp_wire_data(header->letter_id.b, DP_ID_BYTES);
	m.sender = (char *)(uintptr_t)header->sender;
	m.sender_cert = dp_wire_data(header->sender_cert, DP_HASH_BYTES);
	m.created_ms = (uint64_t)header->created_ms;
	m.expires_ms = (uint64_t)header->expires_ms;
	m.transport_key_id = dp_wire_data(header->transport_key_id, DP_KEY_ID_BYTES);
	m.key_commit = dp_wire_data(header->key_commit, DP_HASH_BYTES);
	m.private_header_hash = dp_wire_data(header->private_header_hash, DP_HASH_BYTES);
	m.body_hash = dp_wire_data(header->body_hash, DP_HASH_BYTES);
	m.body_len = header->body_len;
	m.body_parts = header->body_parts;
	m.lane = (Dpost__V1__Lane)header->lane;
	dp_wire_pack(&m.base, out);
}

/* Times past this have no meaning and would overflow the windows computed from them. */
static bool
time_ok(uint64_t ms)
{
	return ms < UINT64_C(1) << 48;
}

static const char *
bad_header_field(const Dpost__V1__PublicHeader *m, struct dp_public_header *out)
{
	struct dp_party sender;

	if (!dp_wire_exact(&m->letter_id, out->letter_id.b, DP_ID_BYTES))
		return "letter_id";
	if (dp_party_parse(m->sender, false, &sender, NULL) != DP_OK ||
	    sender.kind != DP_PARTY_COMPANY)
		return "sender";
	memcpy(out->sender, sender.text, sizeof(out->sender));
	if (!dp_wire_exact(&m->sender_cert, out->sender_cert, DP_HASH_BYTES))
		return "sender_cert";
	if (!time_ok(m->created_ms))
		return "created_ms";
	if (!time_ok(m->expires_ms) || m->expires_ms <= m->created_ms)
		return "expires_ms";
	if (!dp_wire_exact(&m->transport_key_id, out->transport_key_id, DP_KEY_ID_BYTES))
		return "transport_key_id";
	if (!dp_wire_exact(&m->key_commit, out->key_commit, DP_HASH_BYTES))
		return "key_commit";
	if (!dp_wire_exact(&m->private_header_hash, out->private_header_hash, DP_HASH_BYTES))
		return "private_header_hash";
	if (!dp_wire_exact(&m->body_hash, out->body_hash, DP_HASH_BYTES))
		return "body_hash";
	if (m->lane != DPOST__V1__LANE__LANE_SINGLE && m->lane != DPOST__V1__LANE__LANE_BULK)
		return "lane";
	return NULL;
}

enum dp_rc
dp_public_header_decode(struct dp_span bytes, struct dp_public_header *out,
    struct dp_refusal *refusal, struct dp_err *err)
{
	const Dpost__V1__PublicHeader *m;
	const char *field;
	struct dp_wire wire;
	enum dp_rc rc;

	if (bytes.len > DP_HEADER_MAX)
		return dp_refuse(refusal, err, DP_CODE_HEADER_MALFORMED, "header");
	rc = dp_wire_unpack(&dpost__v1__public_header__descriptor, bytes, DP_CODE_HEADER_MALFORMED,
	    &wire, refusal, err);
	if (rc != DP_OK)
		return rc;
	m = (const Dpost__V1__PublicHeader *)wire.message;
	*out = (struct dp_public_header){0};
	field = bad_header_field(m, out);
	out->suite = m->suite;
	out->created_ms = (int64_t)m->created_ms;
	out->expires_ms = (int64_t)m->expires_ms;
	out->body_len = m->body_len;
	out->body_parts = m->body_parts;
	out->lane = (enum dp_lane)m->lane;
	if (field != NULL)
		rc = dp_refuse(refusal, err, DP_CODE_HEADER_MALFORMED, "header.%s", field);
	dp_wire_free(&wire);
	return rc;
}

/* ---- signature and sealed key ---- */

static void
signature_to_wire(const struct dp_signature *signature, Dpost__V1__SignatureBlock *m)
{
	m->tree_size = signature->tree_size;
	m->leaf_index = signature->leaf_index;
	m->path = dp_wire_data(signature->path, signature->path_len * DP_HASH_BYTES);
	m->batch_ms = (uint64_t)signature->batch_ms;
	m->root_signature = dp_wire_data(signature->root, signature->root_len);
}

static bool
signature_from_wire(const Dpost__V1__SignatureBlock *m, struct dp_signature *out)
{
	if (m == NULL || m->tree_size < 1 || m->tree_size > DP_TREE_MAX ||
	    m->leaf_index >= m->tree_size || m->path.len % DP_HASH_BYTES != 0 ||
	    m->path.len > sizeof(out->path) || !time_ok(m->batch_ms) ||
	    m->root_signature.len == 0 || m->root_signature.len > sizeof(out->root))
		return false;
	out->tree_size = m->tree_size;
	out->leaf_index = m->leaf_index;
	out->path_len = (uint32_t)(m->path.len / DP_HASH_BYTES);
	if (m->path.len > 0)
		memcpy(out->path, m->path.data, m->path.len);
	out->batch_ms = (int64_t)m->batch_ms;
	out->root_len = (uint32_t)m->root_signature.len;
	memcpy(out->root, m->root_signature.data, m->root_signature.len);
	return true;
}

static bool
sealed_key_from_wire(const Dpost__V1__SealedKey *m, struct dp_sealed_key *out)
{
	if (m == NULL || m->kem != KEM_X25519 || m->seq >= DP_TREE_MAX ||
	    !dp_wire_exact(&m->key_id, out->key_id, DP_KEY_ID_BYTES) ||
	    !dp_wire_exact(&m->enc, out->enc, 32) || !dp_wire_exact(&m->ct, out->ct, 48))
		return false;
	out->kem = KEM_X25519;
	out->enc_len = 32;
	out->seq = m->seq;
	out->ct_len = 48;
	return true;
}

/* ---- envelope ---- */

void
dp_envelope_encode(const struct dp_envelope *envelope, struct dp_buf *out)
{
	Dpost__V1__Envelope m = DPOST__V1__ENVELOPE__INIT;
	Dpost__V1__SealedKey key = DPOST__V1__SEALED_KEY__INIT;
	Dpost__V1__SignatureBlock signature = DPOST__V1__SIGNATURE_BLOCK__INIT;
	ProtobufCBinaryData hash[DP_PARTS_MAX];

	if (envelope->part_count > DP_PARTS_MAX) {
		out->failed = true;
		return;
	}
	key.kem = envelope->key.kem;
	key.key_id = dp_wire_data(envelope->key.key_id, DP_KEY_ID_BYTES);
	key.enc = dp_wire_data(envelope->key.enc, envelope->key.enc_len);
	key.seq = envelope->key.seq;
	key.ct = dp_wire_data(envelope->key.ct, envelope->key.ct_len);
	signature_to_wire(&envelope->signature, &signature);
	for (uint32_t i = 0; i < envelope->part_count; i++)
		hash[i] = dp_wire_data(envelope->part_hash[i], DP_HASH_BYTES);
	m.header = dp_wire_data(envelope->header_bytes.ptr, envelope->header_bytes.len);
	m.private_header = dp_wire_data(envelope->private_header.ptr, envelope->private_header.len);
	m.key = &key;
	m.signature = &signature;
	m.body = dp_wire_data(envelope->body.ptr, envelope->body.len);
	m.n_part_hashes = envelope->part_count;
	m.part_hashes = hash;
	dp_wire_pack(&m.base, out);
}

/* Inline body or body parts, never both, and as the header says. */
static const char *
bad_body_field(const struct dp_envelope *e)
{
	const struct dp_public_header *h = &e->header;
	uint64_t whole = (h->body_len + DP_PART_BYTES - 1) / DP_PART_BYTES;

	if (h->body_parts != e->part_count)
		return "part_hashes";
	if (h->body_parts == 0)
		return e->body.len == h->body_len && e->body.len <= DP_PART_BYTES ? NULL : "body";
	if (e->body.len != 0 || h->body_len <= DP_PART_BYTES)
		return "body";
	return whole == h->body_parts ? NULL : "header.body_parts";
}

static enum dp_rc
copy_envelope(const Dpost__V1__Envelope *m, struct dp_arena *arena, struct dp_envelope *out,
    const char **field, struct dp_err *err)
{
	uint8_t(*hash)[DP_HASH_BYTES];

	*field = NULL;
	out->header_bytes = dp_arena_copy(arena, dp_wire_span(&m->header));
	out->private_header = dp_arena_copy(arena, dp_wire_span(&m->private_header));
	out->body = dp_arena_copy(arena, dp_wire_span(&m->body));
	hash = dp_arena_alloc(arena, m->n_part_hashes * sizeof(*hash));
	if (out->header_bytes.ptr == NULL || out->private_header.ptr == NULL ||
	    out->body.ptr == NULL || hash == NULL)
		return dp_fail(err, DP_ENOMEM, "no memory for an envelope");
	for (size_t i = 0; i < m->n_part_hashes && *field == NULL; i++) {
		if (!dp_wire_exact(&m->part_hashes[i], hash[i], DP_HASH_BYTES))
			*field = "part_hashes";
	}
	out->part_hash = (const uint8_t(*)[DP_HASH_BYTES])hash;
	out->part_count = (uint32_t)m->n_part_hashes;
	if (!signature_from_wire(m->signature, &out->signature))
		*field = "signature";
	if (!sealed_key_from_wire(m->key, &out->key))
		*field = "key";
	if (out->private_header.len == 0 || out->private_header.len > DP_PRIVATE_HEADER_MAX)
		*field = "private_header";
	return DP_OK;
}

enum dp_rc
dp_envelope_decode(struct dp_span bytes, struct dp_arena *arena, struct dp_envelope *out,
    struct dp_refusal *refusal, struct dp_err *err)
{
	const Dpost__V1__Envelope *m;
	const char *field = NULL;
	struct dp_wire wire;
	enum dp_rc rc;

	if (bytes.len == 0)
		return dp_refuse(refusal, err, DP_CODE_RECORD_EMPTY, "value");
	if (bytes.len > DP_RECORD_MAX)
		return dp_refuse(refusal, err, DP_CODE_RECORD_TOO_LARGE, "value");
	rc = dp_wire_unpack(&dpost__v1__envelope__descriptor, bytes, DP_CODE_ENVELOPE_MALFORMED,
	    &wire, refusal, err);
	if (rc != DP_OK)
		return rc;
	m = (const Dpost__V1__Envelope *)wire.message;
	*out = (struct dp_envelope){0};
	if (m->n_part_hashes > DP_PARTS_MAX)
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "part_hashes");
	if (rc == DP_OK)
		rc = copy_envelope(m, arena, out, &field, err);
	dp_wire_free(&wire);
	if (rc == DP_OK && field != NULL)
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "%s", field);
	if (rc == DP_OK)
		rc = dp_public_header_decode(out->header_bytes, &out->header, refusal, err);
	if (rc != DP_OK)
		return rc;
	field = bad_body_field(out);
	if (field != NULL)
		return dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "%s", field);
	return DP_OK;
}

enum dp_rc
dp_envelope_check(const struct dp_envelope *envelope, struct dp_span key,
    enum dp_lane topic_lane, int64_t arrival_ms, struct dp_refusal *refusal, struct dp_err *err)
{
	const struct dp_public_header *h = &envelope->header;

	if (!dp_span_equal(key, dp_span_of(h->letter_id.b, DP_ID_BYTES)))
		return dp_refuse(refusal, err, DP_CODE_RECORD_KEY, "key");
	if (h->suite != DP_SUITE)
		return dp_refuse(refusal, err, DP_CODE_SUITE_UNKNOWN, "header.suite");
	if (!dp_id_is_v7(&h->letter_id) || dp_id_ms(&h->letter_id) != h->created_ms)
		return dp_refuse(refusal, err, DP_CODE_ID_FORM, "header.letter_id");
	if (h->lane != topic_lane)
		return dp_refuse(refusal, err, DP_CODE_LANE_WRONG, "header.lane");
	if (arrival_ms < h->created_ms - DP_WINDOW_BEFORE_MS)
		return dp_refuse(refusal, err, DP_CODE_WINDOW_FUTURE, "header.created_ms");
	if (arrival_ms > h->created_ms + DP_WINDOW_AFTER_MS)
		return dp_refuse(refusal, err, DP_CODE_WINDOW_EXPIRED, "header.created_ms");
	if (arrival_ms > h->expires_ms)
		return dp_refuse(refusal, err, DP_CODE_WINDOW_EXPIRED, "header.expires_ms");
	return DP_OK;
}

/* ---- body part ---- */

void
dp_body_part_encode(const struct dp_body_part *part, struct dp_buf *out)
{
	Dpost__V1__BodyPart m = DPOST__V1__BODY_PART__INIT;

	m.letter_id = dp_wire_data(part->letter_id.b, DP_ID_BYTES);
	m.index = part->index;
	m.bytes = dp_wire_data(part->bytes.ptr, part->bytes.len);
	dp_wire_pack(&m.base, out);
}

enum dp_rc
dp_body_part_decode(struct dp_span bytes, struct dp_arena *arena, struct dp_body_part *out,
    struct dp_refusal *refusal, struct dp_err *err)
{
	const Dpost__V1__BodyPart *m;
	struct dp_wire wire;
	enum dp_rc rc;

	if (bytes.len == 0 || bytes.len > DP_RECORD_MAX)
		return dp_refuse(refusal, err,
		    bytes.len == 0 ? DP_CODE_RECORD_EMPTY : DP_CODE_RECORD_TOO_LARGE, "value");
	rc = dp_wire_unpack(&dpost__v1__body_part__descriptor, bytes, DP_CODE_ENVELOPE_MALFORMED,
	    &wire, refusal, err);
	if (rc != DP_OK)
		return rc;
	m = (const Dpost__V1__BodyPart *)wire.message;
	out->index = m->index;
	out->bytes = dp_arena_copy(arena, dp_wire_span(&m->bytes));
	if (!dp_wire_exact(&m->letter_id, out->letter_id.b, DP_ID_BYTES))
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "letter_id");
	else if (m->index >= DP_PARTS_MAX)
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "index");
	else if (m->bytes.len == 0 || m->bytes.len > DP_PART_BYTES)
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "bytes");
	else if (out->bytes.ptr == NULL)
		rc = dp_fail(err, DP_ENOMEM, "no memory for a body part");
	dp_wire_free(&wire);
	return rc;
}

/* ---- recall ---- */

void
dp_recall_encode(const struct dp_recall *recall, struct dp_buf *out)
{
	Dpost__V1__Recall m = DPOST__V1__RECALL__INIT;

	m.letter_id = dp_wire_data(recall->letter_id.b, DP_ID_BYTES);
	m.sender = (char *)(uintptr_t)recall->sender;
	m.sender_cert = dp_wire_data(recall->sender_cert, DP_HASH_BYTES);
	m.created_ms = (uint64_t)recall->created_ms;
	dp_wire_pack(&m.base, out);
}

void
dp_signed_recall_encode(const struct dp_signed_recall *recall, struct dp_buf *out)
{
	Dpost__V1__SignedRecall m = DPOST__V1__SIGNED_RECALL__INIT;
	Dpost__V1__SignatureBlock signature = DPOST__V1__SIGNATURE_BLOCK__INIT;

	signature_to_wire(&recall->signature, &signature);
	m.recall = dp_wire_data(recall->recall_bytes.ptr, recall->recall_bytes.len);
	m.signature = &signature;
	dp_wire_pack(&m.base, out);
}

static enum dp_rc
decode_recall(struct dp_span bytes, struct dp_recall *out, struct dp_refusal *refusal,
    struct dp_err *err)
{
	const Dpost__V1__Recall *m;
	struct dp_party sender;
	struct dp_wire wire;
	enum dp_rc rc;

	rc = dp_wire_unpack(&dpost__v1__recall__descriptor, bytes, DP_CODE_ENVELOPE_MALFORMED, &wire,
	    refusal, err);
	if (rc != DP_OK)
		return rc;
	m = (const Dpost__V1__Recall *)wire.message;
	if (!dp_wire_exact(&m->letter_id, out->letter_id.b, DP_ID_BYTES) ||
	    !dp_wire_exact(&m->sender_cert, out->sender_cert, DP_HASH_BYTES) ||
	    !time_ok(m->created_ms) || dp_party_parse(m->sender, false, &sender, NULL) != DP_OK ||
	    sender.kind != DP_PARTY_COMPANY) {
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "recall");
	} else {
		memcpy(out->sender, sender.text, sizeof(out->sender));
		out->created_ms = (int64_t)m->created_ms;
	}
	dp_wire_free(&wire);
	return rc;
}

enum dp_rc
dp_signed_recall_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_signed_recall *out, struct dp_refusal *refusal, struct dp_err *err)
{
	const Dpost__V1__SignedRecall *m;
	struct dp_wire wire;
	enum dp_rc rc;

	if (bytes.len == 0 || bytes.len > 2 * DP_HEADER_MAX)
		return dp_refuse(refusal, err,
		    bytes.len == 0 ? DP_CODE_RECORD_EMPTY : DP_CODE_RECORD_TOO_LARGE, "value");
	rc = dp_wire_unpack(&dpost__v1__signed_recall__descriptor, bytes,
	    DP_CODE_ENVELOPE_MALFORMED, &wire, refusal, err);
	if (rc != DP_OK)
		return rc;
	m = (const Dpost__V1__SignedRecall *)wire.message;
	out->recall_bytes = dp_arena_copy(arena, dp_wire_span(&m->recall));
	if (!signature_from_wire(m->signature, &out->signature))
		rc = dp_refuse(refusal, err, DP_CODE_ENVELOPE_MALFORMED, "signature");
	else if (out->recall_bytes.ptr == NULL)
		rc = dp_fail(err, DP_ENOMEM, "no memory for a recall");
	else
		rc = decode_recall(out->recall_bytes, &out->recall, refusal, err);
	dp_wire_free(&wire);
	return rc;
}
