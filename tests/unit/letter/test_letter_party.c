/* Senders, recipients and refusal codes. */
#include "letter.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void
forms_that_are_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
	    {"", "neither DK:CPR: nor DK:CVR: stands at the beginning"},
	    {"0101701234", "neither DK:CPR: nor DK:CVR: stands at the beginning"},
	    {"dk:cpr:0101701234", "neither DK:CPR: nor DK:CVR: stands at the beginning"},
	    {"DK:CPR:010170123", "a CPR number has ten digits after DK:CPR:"},
	    {"DK:CPR:01017012345", "a CPR number has ten digits after DK:CPR:"},
	    {"DK:CPR:010170-1234", "a CPR number has ten digits after DK:CPR:"},
	    {"DK:CPR:0101701234 ", "a CPR number has ten digits after DK:CPR:"},
	    {"DK:CPR:3002701234", "the CPR number's day does not exist"},
	    {"DK:CPR:2902011234", "the CPR number's day does not exist"},
	    {"DK:CPR:0113701234", "the CPR number's day does not exist"},
	    {"DK:CPR:0001701234", "the CPR number's day does not exist"},
	    {"DK:CPR:6101701234", "a test person: allowed only with test_persons: true"},
	    {"DK:CVR:1234567", "a CVR number has eight digits after DK:CVR:"},
	    {"DK:CVR:123456789", "a CVR number has eight digits after DK:CVR:"},
	    {"DK:CVR:00000000", "a CVR number has eight digits after DK:CVR:"},
	    {"DK:CVR:12345675", "the CVR number's check digit is wrong"},
	};
	struct dp_party party;
	struct dp_err err;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(cases); i++) {
		assert_int_equal(dp_party_parse(cases[i].text, false, &party, &err), DP_EINVAL);
		assert_string_equal(err.text, cases[i].why);
		assert_string_equal(party.text, "");
	}
}

static void
the_seventh_digit_gives_the_century(void **state)
{
	static const struct {
		const char *text;
		int year;
	} cases[] = {
	    {"DK:CPR:0101000000", 1900}, {"DK:CPR:0101993000", 1999},
	    {"DK:CPR:0101364000", 2036}, {"DK:CPR:0101374000", 1937},
	    {"DK:CPR:0101005000", 2000}, {"DK:CPR:0101575000", 2057},
	    {"DK:CPR:0101585000", 1858}, {"DK:CPR:0101998000", 1899},
	    {"DK:CPR:0101369000", 2036}, {"DK:CPR:0101379000", 1937},
	    {"DK:CPR:2902004000", 2000},
	};
	struct dp_party party;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(cases); i++) {
		assert_int_equal(dp_party_parse(cases[i].text, false, &party, NULL), DP_OK);
		assert_int_equal(party.birth_year, cases[i].year);
		assert_int_equal(party.kind, DP_PARTY_PERSON);
		assert_string_equal(party.text, cases[i].text);
	}
}

static void
modulus_11_warns_for_persons_only(void **state)
{
	struct dp_party party;

	(void)state;
	assert_int_equal(dp_party_parse("DK:CPR:0101701234", false, &party, NULL), DP_OK);
	assert_false(party.mod11_ok);
	assert_int_equal(dp_party_parse("DK:CPR:0707614285", false, &party, NULL), DP_OK);
	assert_true(party.mod11_ok);
	assert_int_equal(dp_party_parse("DK:CVR:12345674", false, &party, NULL), DP_OK);
	assert_int_equal(party.kind, DP_PARTY_COMPANY);
}

static void
test_persons_need_leave(void **state)
{
	struct dp_party party;

	(void)state;
	assert_int_equal(dp_party_parse("DK:CPR:8902004000", true, &party, NULL), DP_OK);
	assert_true(party.test_person);
	assert_int_equal(party.birth_day, 29);
	assert_int_equal(dp_party_parse("DK:CPR:9902004000", true, &party, NULL), DP_EINVAL);
}

static void
every_code_has_its_own_name_and_a_remedy(void **state)
{
	struct dp_refusal refusal;
	struct dp_err err;

	(void)state;
	for (enum dp_code code = DP_CODE_NONE + 1; code < DP_CODE_COUNT; code++) {
		const struct dp_code_info *info = dp_code_info(code);

		assert_non_null(info->name);
		assert_true(strlen(info->remedy) > 10);
		assert_true(strchr(info->name, '.') != NULL || code == DP_CODE_INTERNAL);
		assert_int_equal(dp_code_by_name(info->name), code);
	}
	assert_int_equal(dp_code_by_name("no.such"), DP_CODE_NONE);
	assert_int_equal(dp_code_by_name(""), DP_CODE_NONE);
	assert_int_equal(
	    dp_refuse(&refusal, &err, DP_CODE_FILE_EMPTY, "documents.%d.files.0", 2), DP_EINVAL);
	assert_int_equal(refusal.code, DP_CODE_FILE_EMPTY);
	assert_string_equal(refusal.field, "documents.2.files.0");
	assert_string_equal(
	    err.text, "file.empty (documents.2.files.0): Leave empty files out.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(forms_that_are_refused),
	    cmocka_unit_test(the_seventh_digit_gives_the_century),
	    cmocka_unit_test(modulus_11_warns_for_persons_only),
	    cmocka_unit_test(test_persons_need_leave),
	    cmocka_unit_test(every_code_has_its_own_name_and_a_remedy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
