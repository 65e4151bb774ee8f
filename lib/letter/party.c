#include "letter.h"

#include <string.h>

static bool
all_digits(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
	}
	return text[count] == '\0';
}

static int
number_at(const char *digits, size_t count)
{
	int v = 0;

	for (size_t i = 0; i < count; i++)
		v = v * 10 + (digits[i] - '0');
	return v;
}

static bool
divides_by_11(const char *digits, const uint8_t *weight, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (digits[i] - '0') * weight[i];
	return sum % 11 == 0;
}

/* The CPR Office's table: the 7th digit, with the year's two digits, gives the century. */
static int
century_of(int seventh, int year)
{
	if (seventh <= 3)
		return 1900;
	if (seventh == 4 || seventh == 9)
		return year <= 36 ? 2000 : 1900;
	return year <= 57 ? 2000 : 1800;
}

static bool
date_exists(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static enum dp_rc
parse_person(const char *digits, bool allow_test_persons, struct dp_party *out,
    struct dp_err *err)
{
	static const uint8_t weight[] = {4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
	int year, day;

	if (!all_digits(digits, 10))
		return dp_fail(err, DP_EINVAL, "a CPR number has ten digits after DK:CPR:");
	day = number_at(digits, 2);
	year = number_at(digits + 4, 2);
	out->test_person = day > 60;
	if (out->test_person && !allow_test_persons)
		return dp_fail(err, DP_EINVAL, "a test person: allowed only with test_persons: true");
	out->kind = DP_PARTY_PERSON;
	out->birth_day = out->test_person ? day - 60 : day;
	out->birth_month = number_at(digits + 2, 2);
	out->birth_year = century_of(digits[6] - '0', year) + year;
	if (!date_exists(out->birth_year, out->birth_month, out->birth_day))
		return dp_fail(err, DP_EINVAL, "the CPR number's day does not exist");
	out->mod11_ok = divides_by_11(digits, weight, sizeof(weight));
	return DP_OK;
}

static enum dp_rc
parse_company(const char *digits, struct dp_party *out, struct dp_err *err)
{
	static const uint8_t weight[] = {2, 7, 6, 5, 4, 3, 2, 1};

	if (!all_digits(digits, 8) || digits[0] == '0')
		return dp_fail(err, DP_EINVAL, "a CVR number has eight digits after DK:CVR:");
	if (!divides_by_11(digits, weight, sizeof(weight)))
		return dp_fail(err, DP_EINVAL, "the CVR number's check digit is wrong");
	out->kind = DP_PARTY_COMPANY;
	out->mod11_ok = true;
	return DP_OK;
}

enum dp_rc
dp_party_parse(
    const char *text, bool allow_test_persons, struct dp_party *out, struct dp_err *err)
{
	enum dp_rc rc;

	*out = (struct dp_party){0};
	if (strncmp(text, "DK:CPR:", 7) == 0)
		rc = parse_person(text + 7, allow_test_persons, out, err);
	else if (strncmp(text, "DK:CVR:", 7) == 0)
		rc = parse_company(text + 7, out, err);
	else
		rc = dp_fail(err, DP_EINVAL, "neither DK:CPR: nor DK:CVR: stands at the beginning");
	if (rc == DP_OK)
		memcpy(out->text, text, strlen(text) + 1);
	return rc;
}
