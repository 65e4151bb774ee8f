#include "base.h"

#include <assert.h>
#include <string.h>
#include <time.h>

static int64_t (*overriding)(void);

static int64_t
read_clock_us(clockid_t clock)
{
	struct timespec ts;
	int rc = clock_gettime(clock, &ts);

	assert(rc == 0);
	(void)rc;
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
dp_now_ms(void)
{
	return overriding != NULL ? overriding() : read_clock_us(CLOCK_REALTIME) / 1000;
}

int64_t
dp_monotonic_us(void)
{
	return read_clock_us(CLOCK_MONOTONIC);
}

int64_t
dp_monotonic_ms(void)
{
	return dp_monotonic_us() / 1000;
}

void
dp_clock_override(int64_t (*now_ms)(void))
{
	overriding = now_ms;
}

void
dp_sleep_ms(int64_t ms)
{
	struct timespec ts = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	if (ms > 0)
		(void)nanosleep(&ts, NULL);
}

int64_t
dp_backoff_ms(unsigned n, int64_t first_ms, int64_t max_ms)
{
	int64_t top = first_ms;

	while (n-- > 0 && top < max_ms)
		top *= 2;
	top = top > max_ms ? max_ms : top;
	return top <= 0 ? 0 : (int64_t)dp_random_below((uint32_t)top) + 1;
}

const char *
dp_time_text(int64_t ms, char out[DP_TIME_TEXT])
{
	int64_t part = (ms % 1000 + 1000) % 1000;
	time_t seconds = (time_t)((ms - part) / 1000);
	struct tm tm;
	size_t n;

	/* Years past 9999 have no RFC 3339 form; a shown time is never worth a crash. */
	if (gmtime_r(&seconds, &tm) == NULL || tm.tm_year > 9999 - 1900 || tm.tm_year < -1900) {
		(void)snprintf(out, DP_TIME_TEXT, "out-of-range");
		return out;
	}
	n = strftime(out, DP_TIME_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(out + n, DP_TIME_TEXT - n, ".%03dZ", (int)part);
	return out;
}

static bool
read_digits(const char **at, unsigned digits, int *out)
{
	int v = 0;

	for (unsigned i = 0; i < digits; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		v = v * 10 + (**at - '0');
	}
	*out = v;
	return true;
}

static bool
read_fields(const char **at, struct tm *tm)
{
	static const char after[] = "--T::";
	int *field[] = {&tm->tm_year, &tm->tm_mon, &tm->tm_mday, &tm->tm_hour, &tm->tm_min,
	    &tm->tm_sec};

	for (size_t i = 0; i < DP_COUNT(field); i++) {
		if (!read_digits(at, i == 0 ? 4 : 2, field[i]))
			return false;
		if (i < DP_COUNT(field) - 1 && *(*at)++ != after[i])
			return false;
	}
	tm->tm_year -= 1900;
	tm->tm_mon -= 1;
	return true;
}

enum dp_rc
dp_time_parse(const char *text, int64_t *ms, struct dp_err *err)
{
	struct tm tm = {0}, check;
	const char *at = text;
	time_t seconds;
	int part = 0;

	if (!read_fields(&at, &tm) || (*at == '.' && (at++, !read_digits(&at, 3, &part))) ||
	    strcmp(at, "Z") != 0)
		return dp_fail(err, DP_EINVAL,
		    "not a time: write UTC as 2026-11-24T07:12:51Z or with .000 before the Z");
	/* timegm() moves 31 February to March; a date that moved does not exist. */
	check = tm;
	seconds = timegm(&check);
	if (check.tm_mday != tm.tm_mday || check.tm_mon != tm.tm_mon ||
	    check.tm_hour != tm.tm_hour || check.tm_min != tm.tm_min || check.tm_sec != tm.tm_sec)
		return dp_fail(err, DP_EINVAL, "not a time: no such day or hour");
	*ms = (int64_t)seconds * 1000 + part;
	return DP_OK;
}
