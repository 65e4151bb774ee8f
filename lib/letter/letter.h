/*
 * letter: what a letter is. The plain structs of everything on the wire (proto/dpost/v1), strict
 * decoding and deterministic encoding of it, the closed list of refusal codes, and the forms of
 * senders and recipients. Pure: no
 * cryptography, no I/O, no clock (now is an argument). Only this module sees protobuf-c.
 *
 * What a decoded struct points to lies in the arena given and lives as long as it.
 * Strict decoding: sizes are checked before unpacking, pack(unpack(x)) must equal x, unknown
 * fields are refused, shown text must be valid UTF-8. A failure is DP_EINVAL (or DP_ELIMIT) and
 * dp_refusal tells code and field.
 */
#ifndef DP_LETTER_H
#define DP_LETTER_H

#include "base.h"

/* ---- limits (product.md, envelope.md) ---- */

#define DP_HEADER_MAX		4096
#define DP_PRIVATE_HEADER_MAX	16384		/* ciphertext */
#define DP_PART_BYTES		524288
#define DP_PARTS_MAX		256		/* body parts of one letter: 128 MiB */
#define DP_RECORD_MAX		786432		/* max.message.bytes of the letter topics */
#define DP_SUITE		1
#define DP_WINDOW_BEFORE_MS	DP_HOUR_MS	/* accepted from created - 1 h ... */
#define DP_WINDOW_AFTER_MS	(30 * DP_DAY_MS)	/* ... to created + 30 d */

/* ---- refusal codes: a closed list; stable names agencies program against ---- */

enum dp_code {
	DP_CODE_NONE = 0,
	/* envelope: found by anyone who decodes it */
	DP_CODE_RECORD_TOO_LARGE,	/* record.too_large */
	DP_CODE_RECORD_EMPTY,		/* record.empty: tombstone */
	DP_CODE_RECORD_KEY,		/* record.key: the Kafka key is not the letter id */
	DP_CODE_ENVELOPE_MALFORMED,	/* envelope.malformed */
	DP_CODE_ENVELOPE_UNKNOWN_FIELD,	/* envelope.unknown_field */
	DP_CODE_HEADER_MALFORMED,	/* header.malformed */
	DP_CODE_SUITE_UNKNOWN,		/* suite.unknown */
	DP_CODE_ID_FORM,		/* letter.id_form: not UUIDv7, or its time is not created_ms */
	DP_CODE_ID_REUSED,		/* letter.id_reused */
	DP_CODE_LANE_WRONG,		/* lane.wrong */
	DP_CODE_WINDOW_EXPIRED,		/* letter.expired */
	DP_CODE_WINDOW_FUTURE,		/* letter.from_future */
	/* certificate and signature */
	DP_CODE_CERT_UNKNOWN,		/* certificate.unknown */
	DP_CODE_CERT_UNTRUSTED,		/* certificate.untrusted */
	DP_CODE_CERT_EXPIRED,		/* certificate.expired */
	DP_CODE_CERT_REVOKED,		/* certificate.revoked */
	DP_CODE_CERT_WEAK,		/* certificate.weak */
	DP_CODE_CERT_ORGANISATION,	/* certificate.organisation: not the sender's */
	DP_CODE_SIGNATURE_WRONG,	/* signature.wrong */
	DP_CODE_BATCH_TIME,		/* signature.time */
	DP_CODE_AGENCY_UNKNOWN,		/* agency.unknown */
	DP_CODE_AGENCY_CEASED,		/* agency.ceased */
	/* keys and body */
	DP_CODE_TRANSPORT_KEY,		/* key.transport: unknown or destroyed transport key */
	DP_CODE_KEY_WRONG,		/* key.wrong: does not open, or key_commit differs */
	DP_CODE_PRIVATE_HEADER_HASH,	/* private_header.hash */
	DP_CODE_PRIVATE_HEADER_MALFORMED, /* private_header.malformed */
	DP_CODE_BODY_HASH,		/* body.hash */
	DP_CODE_BODY_MISSING,		/* body.missing: parts did not come */
	DP_CODE_PART_ORPHAN,		/* part.orphan: parts whose envelope never came */
	/* content of the private header, found by the shared validator */
	DP_CODE_RECIPIENT_FORM,		/* recipient.form */
	DP_CODE_SUBJECT_FORM,		/* subject.form */
	DP_CODE_TEXT_FORM,		/* text.form */
	DP_CODE_FILE_NAME,		/* file.name */
	DP_CODE_FILE_TYPE,		/* file.type */
	DP_CODE_FILE_EMPTY,		/* file.empty */
	DP_CODE_DOCUMENTS_NONE,		/* documents.none: no main document */
	DP_CODE_DOCUMENTS_TOO_MANY,	/* documents.too_many */
	DP_CODE_LETTER_TOO_LARGE,	/* letter.too_large */
	DP_CODE_NOTICE_TEXT,		/* notice.text */
	DP_CODE_ACTION_FORM,		/* action.form */
	DP_CODE_DATES_FORM,		/* dates.form */
	DP_CODE_POLICY_FORM,		/* policy.form */
	/* the decision */
	DP_CODE_RECIPIENT_UNKNOWN,	/* recipient.unknown */
	DP_CODE_RECIPIENT_CLOSED,	/* recipient.closed */
	DP_CODE_RECIPIENT_EXEMPT,	/* recipient.exempt: digital-only, or mandatory without right */
	DP_CODE_RIGHT_MANDATORY,	/* agency.right_mandatory */
	DP_CODE_RIGHT_LEGAL,		/* agency.right_legal_notification */
	DP_CODE_RIGHT_NEMSMS,		/* agency.right_nemsms */
	DP_CODE_NEMSMS_CONSENT,		/* nemsms.no_consent */
	DP_CODE_NO_ADDRESS,		/* recipient.no_address: paper, but no postal address */
	DP_CODE_DIRECTORY,		/* directory.untrusted: a leaf's MAC is wrong or too old */
	DP_CODE_RECALLED,		/* letter.recalled */
	/* registry events */
	DP_CODE_REGISTRY_MALFORMED,	/* registry.malformed */
	DP_CODE_REGISTRY_ISSUER,	/* registry.issuer */
	DP_CODE_REGISTRY_SIGNATURE,	/* registry.signature */
	DP_CODE_REGISTRY_KEY,		/* registry.key */
	/* ours */
	DP_CODE_INTERNAL,		/* internal: quarantined by us; operators are told */
	DP_CODE_COUNT
};

struct dp_code_info {
	const char *name;	/* "letter.too_large" */
	bool retryable;		/* sending again with a new id can help */
	const char *remedy;	/* a sentence that says what to do */
};

const struct dp_code_info *dp_code_info(enum dp_code code);
enum dp_code dp_code_by_name(const char *name);	/* DP_CODE_NONE when unknown */

/* Why something was refused; field is a path like "documents.1.files.0.name", never a value. */
struct dp_refusal {
	enum dp_code code;
	char field[96];
};

/* Fills both and returns rc; the text of err is "code (field): remedy". */
enum dp_rc dp_refuse(struct dp_refusal *refusal, struct dp_err *err, enum dp_code code,
    const char *field_fmt, ...) DP_PRINTF(4, 5);

/* ---- senders and recipients ---- */

enum dp_party_kind { DP_PARTY_PERSON = 1, DP_PARTY_COMPANY = 2 };

#define DP_PARTY_TEXT 18	/* "DK:CPR:0101701234" and NUL; "DK:CVR:12345674" is shorter */

struct dp_party {
	enum dp_party_kind kind;
	char text[DP_PARTY_TEXT];	/* canonical form */
	bool test_person;		/* day + 60: fictitious */
	bool mod11_ok;			/* persons: a warning only; companies: always true */
	int birth_year, birth_month, birth_day;	/* persons */
};

/*
 * "DK:CPR:" + 10 digits (date must exist; 7th digit gives the century; CPR Office's table) or
 * "DK:CVR:" + 8 digits (modulus 11). Test persons only when allowed. DP_EINVAL; the text of err
 * never holds the number.
 */
enum dp_rc dp_party_parse(const char *text, bool allow_test_persons, struct dp_party *out,
    struct dp_err *err) DP_MUST_CHECK;

/* ---- wire structs ---- */

enum dp_lane { DP_LANE_SINGLE = 1, DP_LANE_BULK = 2 };
#define DP_TOPIC_SINGLE "dp.letters.single"
#define DP_TOPIC_BULK	"dp.letters.bulk"
#define DP_SCHEMA_ENVELOPE "dpost.v1.Envelope"	/* values of the record header dp-schema */
#define DP_SCHEMA_PART	"dpost.v1.BodyPart"
#define DP_SCHEMA_RECALL "dpost.v1.SignedRecall"

#define DP_HASH_BYTES 32
#define DP_KEY_ID_BYTES 8
#define DP_TREE_MAX 256
#define DP_PATH_MAX 8
#define DP_ENC_MAX 32		/* X25519 share */
#define DP_SIGNATURE_MAX 1024

struct dp_sealed_key {
	uint16_t kem;
	uint8_t key_id[DP_KEY_ID_BYTES];
	uint8_t enc[DP_ENC_MAX];
	uint32_t enc_len;
	uint32_t seq;
	uint8_t ct[64];			/* 32-byte key + 16-byte tag = 48 */
	uint32_t ct_len;
};	/* kem 0x0020 fixes enc_len = 32 and ct_len = 48; decoding refuses anything else */

struct dp_signature {
	uint32_t tree_size, leaf_index;
	uint8_t path[DP_PATH_MAX][DP_HASH_BYTES];	/* from the leaf up */
	uint32_t path_len;
	int64_t batch_ms;
	uint8_t root[DP_SIGNATURE_MAX];			/* root_signature */
	uint32_t root_len;
};

struct dp_public_header {
	uint32_t suite;
	struct dp_id letter_id;
	char sender[DP_PARTY_TEXT];
	uint8_t sender_cert[DP_HASH_BYTES];
	int64_t created_ms, expires_ms;
	uint8_t transport_key_id[DP_KEY_ID_BYTES];
	uint8_t key_commit[DP_HASH_BYTES];
	uint8_t private_header_hash[DP_HASH_BYTES];
	uint8_t body_hash[DP_HASH_BYTES];
	uint64_t body_len;
	uint32_t body_parts;
	enum dp_lane lane;
};

struct dp_envelope {
	struct dp_span header_bytes;		/* the signed bytes */
	struct dp_public_header header;
	struct dp_span private_header;		/* ciphertext */
	struct dp_sealed_key key;
	struct dp_signature signature;
	struct dp_span body;			/* inline ciphertext, or empty */
	uint32_t part_count;
	const uint8_t (*part_hash)[DP_HASH_BYTES];
};

struct dp_body_part {
	struct dp_id letter_id;
	uint32_t index;
	struct dp_span bytes;
};

/* ---- encoding and decoding ---- */

/* Encoding appends deterministic protobuf to out (check with dp_buf_check). */
void dp_public_header_encode(const struct dp_public_header *header, struct dp_buf *out);
enum dp_rc dp_public_header_decode(struct dp_span bytes, struct dp_public_header *out,
    struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;

void dp_envelope_encode(const struct dp_envelope *envelope, struct dp_buf *out);
/* Decodes the header too. The cheap checks of form only: sizes, structure, strictness. */
enum dp_rc dp_envelope_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_envelope *out, struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;
/*
 * Suite, id form, time window (now = the broker's time) and lane = topic, of a decoded header;
 * `key` is the Kafka record's key.
 */
enum dp_rc dp_envelope_check(const struct dp_envelope *envelope, struct dp_span key,
    enum dp_lane topic_lane, int64_t arrival_ms, struct dp_refusal *refusal,
    struct dp_err *err) DP_MUST_CHECK;

void dp_body_part_encode(const struct dp_body_part *part, struct dp_buf *out);
enum dp_rc dp_body_part_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_body_part *out, struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;

struct dp_recall {
	struct dp_id letter_id;
	char sender[DP_PARTY_TEXT];
	uint8_t sender_cert[DP_HASH_BYTES];
	int64_t created_ms;
};
struct dp_signed_recall {
	struct dp_span recall_bytes;	/* the signed bytes */
	struct dp_recall recall;
	struct dp_signature signature;
};
void dp_recall_encode(const struct dp_recall *recall, struct dp_buf *out);
void dp_signed_recall_encode(const struct dp_signed_recall *recall, struct dp_buf *out);
enum dp_rc dp_signed_recall_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_signed_recall *out, struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;

#endif
