/*
 * letter: what a letter is. The plain structs of everything on the wire (proto/dpost/v1), strict
 * decoding and deterministic encoding of it, the closed list of refusal codes, the forms of
 * senders and recipients, and the validator that agencies and the backbone share. Pure: no
 * cryptography, no I/O, no clock (now is an argument). Only this module sees protobuf-c.
 *
 * Decoded structs borrow from the bytes given and from the arena given: both must outlive them.
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
#define DP_LETTER_MAX_BYTES	99500000ULL	/* sum of raw file bytes */
#define DP_ADDITIONAL_MAX	10
#define DP_LABEL_MAX		256		/* characters */
#define DP_NOTICE_MAX		150
#define DP_NEMSMS_MAX		160
#define DP_COMMENT_MAX		512
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
#define DP_SCHEMA_RECEIPT "dpost.v1.Receipt"
#define DP_SCHEMA_REGISTRY "dpost.v1.RegistryEvent"
#define DP_SCHEMA_KEY_LIST "dpost.v1.SignedKeyList"
#define DP_SCHEMA_NOTICE "dpost.v1.Notice"
#define DP_SCHEMA_GRANT "dpost.v1.GrantEvent"
#define DP_SCHEMA_PRINT "dpost.v1.PrintJob"

#define DP_HASH_BYTES 32
#define DP_KEY_ID_BYTES 8
#define DP_TREE_MAX 256
#define DP_PATH_MAX 8
#define DP_ENC_MAX 32		/* X25519 share */
#define DP_SEALED_CT_MAX 1024	/* 48 for a sealed letter key; more for sealed texts */
#define DP_SIGNATURE_MAX 1024

struct dp_sealed_key {
	uint16_t kem;
	uint8_t key_id[DP_KEY_ID_BYTES];
	uint8_t enc[DP_ENC_MAX];
	uint32_t enc_len;
	uint32_t seq;
	uint8_t ct[64];			/* 32-byte key + 16-byte tag = 48 */
	uint32_t ct_len;
};

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

enum dp_policy {
	DP_POLICY_DIGITAL_OR_PAPER = 0,
	DP_POLICY_DIGITAL_ONLY = 1,
	DP_POLICY_PAPER_ONLY = 2,
	DP_POLICY_PAPER_IF_UNREAD = 3,
};
enum dp_letter_kind { DP_KIND_LETTER = 0, DP_KIND_NEMSMS = 1 };
enum dp_document_role { DP_MAIN = 0, DP_ADDITIONAL = 1, DP_TECHNICAL = 2 };
enum dp_action_type {
	DP_ACTION_AFTALE = 1, DP_ACTION_BETALING, DP_ACTION_SELVBETJENING,
	DP_ACTION_INFORMATION, DP_ACTION_UNDERSKRIV, DP_ACTION_BEKRAEFT,
	DP_ACTION_FORBEREDELSE, DP_ACTION_TILMELDING,
};

struct dp_action {
	enum dp_action_type type;
	const char *label, *entry_point, *place;
	int64_t start_ms, end_ms;
};

/* One file: in a private header without bytes (a summary), in a content with them. */
struct dp_file {
	const char *media_type, *name, *language;
	uint64_t bytes_len;
	struct dp_span bytes;		/* content only; ptr NULL in a summary */
};

struct dp_document {
	enum dp_document_role role;
	const char *label;
	uint32_t file_count;
	struct dp_file *files;
};

struct dp_private_header {
	const char *recipient;
	enum dp_letter_kind kind;
	enum dp_policy policy;
	uint32_t unread_days;
	const char *subject;
	bool mandatory, legal_notification, reply_allowed, urgent;
	int64_t not_before_ms, reply_by_ms;
	const char *case_id, *kle, *contact_point, *notice_text, *author, *sender_name, *preview;
	struct dp_id in_reply_to;	/* all zero: none */
	uint32_t action_count;
	struct dp_action *actions;
	uint32_t document_count;
	struct dp_document *documents;	/* summaries */
	uint32_t reply_data_count;
	const char **reply_data;
};	/* const char *: "" when absent after decoding, NULL allowed for encoding */

struct dp_content {
	uint32_t document_count;
	struct dp_document *documents;	/* with bytes */
};

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
enum dp_rc dp_body_part_decode(struct dp_span bytes, struct dp_body_part *out,
    struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;

void dp_private_header_encode(const struct dp_private_header *header, struct dp_buf *out);
enum dp_rc dp_private_header_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_private_header *out, struct dp_refusal *refusal, struct dp_err *err)
    DP_MUST_CHECK;

enum dp_rc dp_content_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_content *out, struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;
/*
 * The encoded Content as a sequence of pieces, so that a 99.5 MB letter needs no buffer: bytes to
 * write as they are, or "now the bytes of file f of document d" (bytes_len of its summary).
 */
struct dp_content_piece {
	struct dp_span bytes;		/* len 0: the file instead */
	uint32_t document, file;
};
enum dp_rc dp_content_plan(const struct dp_document *documents, uint32_t document_count,
    struct dp_arena *arena, struct dp_content_piece **pieces, size_t *piece_count,
    uint64_t *total_bytes, struct dp_err *err) DP_MUST_CHECK;
/*
 * The inverse for a reader in constant memory: offset of each file's bytes within the encoded
 * Content, computed from the summaries alone; dp_content_plan's order is the only one accepted.
 */
uint64_t dp_content_offset(const struct dp_document *documents, uint32_t document_count,
    uint32_t document, uint32_t file);

/*
 * The validator shared by library and backbone: everything of product.md that can be said from
 * the private header (with document summaries) and the public header's times alone.
 */
enum dp_rc dp_letter_check(const struct dp_private_header *header, int64_t created_ms,
    int64_t expires_ms, bool allow_test_persons, struct dp_refusal *refusal,
    struct dp_err *err) DP_MUST_CHECK;
bool dp_file_name_ok(const char *name);
/* Media type by file name's ending, for agencies' convenience; NULL when unknown. */
const char *dp_media_type_guess(const char *name);

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
enum dp_rc dp_signed_recall_decode(struct dp_span bytes, struct dp_signed_recall *out,
    struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;

/* ---- evidence and receipts ---- */

enum dp_event_kind {
	DP_EVENT_ACCEPTED = 1, DP_EVENT_AVAILABLE, DP_EVENT_FORWARDED, DP_EVENT_REFUSED,
	DP_EVENT_PRINTED, DP_EVENT_RECALLED, DP_EVENT_DAMAGED, DP_EVENT_NOTIFIED,
	DP_EVENT_NOTICE_FAILED, DP_EVENT_OPENED, DP_EVENT_SERVED, DP_EVENT_POSTED,
	DP_EVENT_RETURNED, DP_EVENT_HELD, DP_EVENT_GRANTED, DP_EVENT_REVOKED,
	DP_EVENT_NEMSMS_SENT, DP_EVENT_NEMSMS_REFUSED, DP_EVENT_NEMSMS_EXPIRED,
	DP_EVENT_NEMSMS_UNSURE,
};
enum dp_capacity {
	DP_CAPACITY_NONE = 0, DP_CAPACITY_OWNER, DP_CAPACITY_PROXY, DP_CAPACITY_CUSTODY,
	DP_CAPACITY_EMPLOYEE,
};

const char *dp_event_kind_name(enum dp_event_kind kind);	/* "available" */
const char *dp_event_kind_etsi(enum dp_event_kind kind);	/* "ContentConsignment" */
/* An outcome ends the sender's duty to keep the letter: available, forwarded, refused, printed, recalled; */
bool dp_event_is_outcome(enum dp_event_kind kind);

struct dp_evidence {
	struct dp_id event_id;
	uint32_t n;
	enum dp_event_kind kind;
	char sender[DP_PARTY_TEXT];
	struct dp_id letter_id;
	uint8_t header_hash[DP_HASH_BYTES];
	int64_t at_ms;
	char source_topic[64];
	int32_t source_partition;
	int64_t source_offset;
	enum dp_code code;
	char field[96];
	char rule[48];
	uint64_t registry_version;
	enum dp_capacity capacity;
};	/* retryable and remedy are written from the code's info */

void dp_evidence_encode(const struct dp_evidence *evidence, struct dp_buf *out);
enum dp_rc dp_evidence_decode(struct dp_span bytes, struct dp_evidence *out,
    struct dp_err *err) DP_MUST_CHECK;

struct dp_receipt {
	struct dp_span record;			/* Evidence, verbatim */
	struct dp_evidence evidence;		/* decoded from it */
	uint8_t key_id[DP_KEY_ID_BYTES];
	struct dp_signature signature;
};
void dp_receipt_encode(const struct dp_receipt *receipt, struct dp_buf *out);
enum dp_rc dp_receipt_decode(struct dp_span bytes, struct dp_receipt *out,
    struct dp_err *err) DP_MUST_CHECK;

/* ---- key list ---- */

#define DP_KEYS_MAX 16
struct dp_public_key {
	uint16_t kem;
	uint8_t key_id[DP_KEY_ID_BYTES];
	uint8_t key[32];
	int64_t from_ms, to_ms;
};
struct dp_key_set {
	uint32_t count;
	struct dp_public_key key[DP_KEYS_MAX];
};
struct dp_key_list {
	uint32_t version;
	int64_t issued_ms, expires_ms;
	struct dp_key_set transport, print, receipt, registry;
};
void dp_key_list_encode(const struct dp_key_list *list, struct dp_buf *out);
enum dp_rc dp_key_list_decode(struct dp_span bytes, struct dp_key_list *out,
    struct dp_err *err) DP_MUST_CHECK;
void dp_signed_key_list_encode(struct dp_span key_list, const uint8_t signature[64],
    struct dp_buf *out);
enum dp_rc dp_signed_key_list_decode(struct dp_span bytes, struct dp_span *key_list,
    uint8_t signature[64], struct dp_err *err) DP_MUST_CHECK;
/* The key valid at now_ms that stays valid longest; NULL: none. */
const struct dp_public_key *dp_key_set_current(const struct dp_key_set *set, int64_t now_ms);
const struct dp_public_key *dp_key_set_find(const struct dp_key_set *set,
    const uint8_t key_id[DP_KEY_ID_BYTES]);

/* ---- registry events (what is in them is lib/registry's) ---- */

enum dp_registry_kind {
	DP_REGISTRY_PERSON = 1, DP_REGISTRY_COMPANY, DP_REGISTRY_AGENCY, DP_REGISTRY_GRANT,
	DP_REGISTRY_GRANT_END,
};
struct dp_registry_header {
	struct dp_id event_id;
	enum dp_registry_kind kind;
	char issuer[48];
	int64_t issued_ms;
	uint64_t version;
	uint8_t payload_hash[DP_HASH_BYTES];
	uint8_t registry_key_id[DP_KEY_ID_BYTES];
};
struct dp_registry_event {
	struct dp_span header_bytes;
	struct dp_registry_header header;
	struct dp_sealed_key key;
	struct dp_span payload;			/* ciphertext */
	uint8_t signature[64];
};
void dp_registry_header_encode(const struct dp_registry_header *header, struct dp_buf *out);
void dp_registry_event_encode(const struct dp_registry_event *event, struct dp_buf *out);
enum dp_rc dp_registry_event_decode(struct dp_span bytes, struct dp_registry_event *out,
    struct dp_refusal *refusal, struct dp_err *err) DP_MUST_CHECK;

enum dp_status { DP_STATUS_UNKNOWN = 0, DP_STATUS_REGISTERED, DP_STATUS_EXEMPT, DP_STATUS_CLOSED };
#define DP_CUSTODY_MAX 4
#define DP_EMAIL_MAX 5

struct dp_address {
	const char *name, *street, *postal_code, *city, *country;
};
struct dp_contact {
	const char *mobile;
	bool nemsms_consent, quiet_hours_off;
	uint32_t email_count;
	const char *email[DP_EMAIL_MAX];
};
struct dp_agency_rights {
	const char *name;
	bool mandatory, legal_notification, nemsms, ceased;
	bool has_inbox_key;
	uint8_t inbox_key[32];
};
struct dp_grant_payload {
	struct dp_id grant_id;
	const char *owner, *grantee, *agency, *ground;
	bool write;
	int64_t from_ms, to_ms;
};
struct dp_registry_payload {
	const char *subject;
	enum dp_status status;
	const char *reason;
	int64_t from_ms, to_ms;
	uint32_t custody_count;
	const char *custody[DP_CUSTODY_MAX];
	bool has_address, has_contact, has_agency, has_grant;
	struct dp_address address;
	struct dp_contact contact;
	struct dp_agency_rights agency;
	struct dp_grant_payload grant;
};
void dp_registry_payload_encode(const struct dp_registry_payload *payload, struct dp_buf *out);
enum dp_rc dp_registry_payload_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_registry_payload *out, struct dp_refusal *refusal, struct dp_err *err)
    DP_MUST_CHECK;
/* Address and contact alone, as they are sealed for the print centre and for notifyd. */
void dp_address_encode(const struct dp_address *address, struct dp_buf *out);
enum dp_rc dp_address_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_address *out, struct dp_err *err) DP_MUST_CHECK;
void dp_contact_encode(const struct dp_contact *contact, struct dp_buf *out);
enum dp_rc dp_contact_decode(struct dp_span bytes, struct dp_arena *arena,
    struct dp_contact *out, struct dp_err *err) DP_MUST_CHECK;

/* ---- what the backbone tells on its own topics ---- */

struct dp_notice {
	struct dp_id event_id, letter_id, mailbox_id;
	bool nemsms, urgent;
	int64_t at_ms, expires_ms;
	struct dp_span sealed_text;	/* one blob of dp_seal_blob, empty: the default text */
};
struct dp_grant_event {
	struct dp_id event_id, grant_id, mailbox_id;
	bool revoked;
	int64_t at_ms;
};
struct dp_print_job {
	struct dp_id event_id, job_id, letter_id;
	char sender[DP_PARTY_TEXT];
	int64_t at_ms;
	struct dp_sealed_key key;
	struct dp_span sealed_address;
};
void dp_notice_encode(const struct dp_notice *notice, struct dp_buf *out);
enum dp_rc dp_notice_decode(struct dp_span bytes, struct dp_notice *out, struct dp_err *err)
    DP_MUST_CHECK;
void dp_grant_event_encode(const struct dp_grant_event *event, struct dp_buf *out);
enum dp_rc dp_grant_event_decode(struct dp_span bytes, struct dp_grant_event *out,
    struct dp_err *err) DP_MUST_CHECK;
void dp_print_job_encode(const struct dp_print_job *job, struct dp_buf *out);
enum dp_rc dp_print_job_decode(struct dp_span bytes, struct dp_print_job *out,
    struct dp_err *err) DP_MUST_CHECK;

#endif
