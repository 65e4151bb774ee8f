#include "letter.h"

#include <string.h>

#define INFO(c, n, again, what) [DP_CODE_##c] = {n, again, what}

/* One row a code, in the order of the enum. Names never change; remedies may read better. */
static const struct dp_code_info infos[DP_CODE_COUNT] = {
    INFO(NONE, "", false, ""),
    INFO(RECORD_TOO_LARGE, "record.too_large", true,
        "Send bodies over 512 KiB as body parts, as the library does."),
    INFO(RECORD_EMPTY, "record.empty", true, "Send an envelope: letter topics take no tombstones."),
    INFO(RECORD_KEY, "record.key", true, "Use the letter id's 16 bytes as the record's key."),
    INFO(ENVELOPE_MALFORMED, "envelope.malformed", true,
        "Send a dpost.v1.Envelope exactly as the library writes it."),
    INFO(ENVELOPE_UNKNOWN_FIELD, "envelope.unknown_field", true,
        "Leave out fields that dpost.v1 does not define, or use a library of this version."),
    INFO(HEADER_MALFORMED, "header.malformed", true,
        "Send a dpost.v1.PublicHeader exactly as the library writes it."),
    INFO(SUITE_UNKNOWN, "suite.unknown", true, "Use suite 1."),
    INFO(ID_FORM, "letter.id_form", true,
        "Make the letter id as a UUIDv7 whose time is created_ms."),
    INFO(ID_REUSED, "letter.id_reused", true,
        "Another letter has this id already: send this one with an id of its own."),
    INFO(LANE_WRONG, "lane.wrong", true, "Send the letter to the topic of its header's lane."),
    INFO(WINDOW_EXPIRED, "letter.expired", true,
        "The letter came after its time ran out: send it anew if it still matters."),
    INFO(WINDOW_FUTURE, "letter.from_future", true, "Set the sending machine's clock right."),
    INFO(CERT_UNKNOWN, "certificate.unknown", true,
        "Have the operator enrol this certificate, then send again."),
    INFO(CERT_UNTRUSTED, "certificate.untrusted", true,
        "Use an organisation certificate from an accepted issuer."),
    INFO(CERT_EXPIRED, "certificate.expired", true, "Renew the organisation certificate."),
    INFO(CERT_REVOKED, "certificate.revoked", true,
        "The certificate was revoked: use the one that replaced it."),
    INFO(CERT_WEAK, "certificate.weak", true,
        "Use RSA of 3072 bits or more, P-256, P-384 or Ed25519, signed with SHA-256 or better."),
    INFO(CERT_ORGANISATION, "certificate.organisation", true,
        "Name the organisation in the certificate as the sender."),
    INFO(SIGNATURE_WRONG, "signature.wrong", true,
        "Sign the header's bytes with the key of the certificate it names."),
    INFO(BATCH_TIME, "signature.time", true, "Set the clock right and sign again."),
    INFO(AGENCY_UNKNOWN, "agency.unknown", false, "Ask the operator to enrol the organisation."),
    INFO(AGENCY_CEASED, "agency.ceased", false, "A ceased organisation cannot send."),
    INFO(TRANSPORT_KEY, "key.transport", true, "Fetch the newest key list, then send again."),
    INFO(KEY_WRONG, "key.wrong", true, "Seal the letter key as the library does."),
    INFO(PRIVATE_HEADER_HASH, "private_header.hash", true,
        "The letter was damaged on its way: send it again."),
    INFO(PRIVATE_HEADER_MALFORMED, "private_header.malformed", true,
        "Send a dpost.v1.PrivateHeader exactly as the library writes it."),
    INFO(BODY_HASH, "body.hash", true, "The letter was damaged on its way: send it again."),
    INFO(BODY_MISSING, "body.missing", true, "Send all body parts, then the envelope."),
    INFO(PART_ORPHAN, "part.orphan", true, "Send the envelope that the body parts belong to."),
    INFO(RECIPIENT_FORM, "recipient.form", true,
        "Write DK:CPR: and ten digits of a real date, or DK:CVR: and eight digits."),
    INFO(SUBJECT_FORM, "subject.form", true, "Give a subject of 1 to 256 characters."),
    INFO(TEXT_FORM, "text.form", true, "Shorten the text, and write it in UTF-8."),
    INFO(FILE_NAME, "file.name", true,
        "Use a file name without < > : \" / \\ | ? * and line breaks."),
    INFO(FILE_TYPE, "file.type", true, "Use a media type that letters may hold."),
    INFO(FILE_EMPTY, "file.empty", true, "Leave empty files out."),
    INFO(DOCUMENTS_NONE, "documents.none", true, "Give exactly one main document."),
    INFO(DOCUMENTS_TOO_MANY, "documents.too_many", true,
        "Send at most 10 additional documents in one letter."),
    INFO(LETTER_TOO_LARGE, "letter.too_large", true, "Keep all files together under 99.5 MB."),
    INFO(NOTICE_TEXT, "notice.text", true,
        "Keep notices within 150 characters, and NemSMS within 160 GSM-7 characters."),
    INFO(ACTION_FORM, "action.form", true, "Give the action a known type, a label and https."),
    INFO(DATES_FORM, "dates.form", true, "Let every date follow the one it depends on."),
    INFO(POLICY_FORM, "policy.form", true, "Use a policy of the manual, with its days if any."),
    INFO(RECIPIENT_UNKNOWN, "recipient.unknown", false,
        "Check the number: nobody is registered under it."),
    INFO(RECIPIENT_CLOSED, "recipient.closed", false,
        "Nobody receives letters here any more: stop sending to this recipient."),
    INFO(RECIPIENT_EXEMPT, "recipient.exempt", true,
        "Send with the policy digital-or-paper, so that it goes out on paper."),
    INFO(RIGHT_MANDATORY, "agency.right_mandatory", true,
        "Send without mandatory, or ask the operator for that right."),
    INFO(RIGHT_LEGAL, "agency.right_legal_notification", true,
        "Send without legal notification, or ask the operator for that right."),
    INFO(RIGHT_NEMSMS, "agency.right_nemsms", false, "Ask the operator for the right to NemSMS."),
    INFO(NEMSMS_CONSENT, "nemsms.no_consent", false,
        "The recipient takes no NemSMS: use a letter."),
    INFO(NO_ADDRESS, "recipient.no_address", true,
        "No postal address is known: try again when the registry has one."),
    INFO(DIRECTORY, "directory.untrusted", true,
        "The operator must repair the directory: send again later."),
    INFO(RECALLED, "letter.recalled", false, "The letter was recalled before it came."),
    INFO(REGISTRY_MALFORMED, "registry.malformed", true,
        "Send a dpost.v1.RegistryEvent exactly as dpctl writes it."),
    INFO(REGISTRY_ISSUER, "registry.issuer", false,
        "Ask the operator for the right to issue this kind of event."),
    INFO(REGISTRY_SIGNATURE, "registry.signature", true, "Sign with the issuer's enrolled key."),
    INFO(REGISTRY_KEY, "registry.key", true, "Seal to the registry key of the newest key list."),
    INFO(INTERNAL, "internal", true, "The fault is ours and operators are told: wait for them."),
};

const struct dp_code_info *
dp_code_info(enum dp_code code)
{
	return &infos[(size_t)code < DP_CODE_COUNT ? code : DP_CODE_INTERNAL];
}

enum dp_code
dp_code_by_name(const char *name)
{
	for (enum dp_code code = DP_CODE_NONE + 1; code < DP_CODE_COUNT; code++) {
		if (strcmp(infos[code].name, name) == 0)
			return code;
	}
	return DP_CODE_NONE;
}

enum dp_rc
dp_refuse(struct dp_refusal *refusal, struct dp_err *err, enum dp_code code,
    const char *field_fmt, ...)
{
	const struct dp_code_info *info = dp_code_info(code);
	struct dp_refusal ours;
	va_list args;

	ours.code = code;
	va_start(args, field_fmt);
	(void)vsnprintf(ours.field, sizeof(ours.field), field_fmt, args);
	va_end(args);
	if (refusal != NULL)
		*refusal = ours;
	return dp_fail(err, DP_EINVAL, "%s (%s): %s", info->name, ours.field, info->remedy);
}
