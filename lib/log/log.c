#include "log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024

static const char *const levels[] = {"debug", "info", "warn", "error"};

/* Nothing here can hold what a letter says or who somebody is. */
static const char *const keys[] = {"agency", "attempt", "bytes", "code", "count", "event", "field",
    "first", "group", "key_id", "kind", "lane", "lag", "last", "letter", "mailbox", "ms", "n",
    "offset", "outcome", "partition", "path", "pid", "port", "rc", "rule", "signal", "topic",
    "version", "wait_ms", "why"};

static const char *name = "-";
static enum dp_log_level least_level = DP_LOG_INFO;

void
dp_log_init(const char *program, enum dp_log_level least)
{
	name = program;
	least_level = least;
}

enum dp_rc
dp_log_level_parse(const char *text, enum dp_log_level *out, struct dp_err *err)
{
	for (size_t i = 0; i < DP_COUNT(levels); i++) {
		if (strcmp(levels[i], text) == 0) {
			*out = (enum dp_log_level)i;
			return DP_OK;
		}
	}
	return dp_fail(err, DP_EINVAL, "not a log level: write debug, info, warn or error");
}

static bool
known(const char *key, size_t len)
{
	for (size_t i = 0; i < DP_COUNT(keys); i++) {
		if (strlen(keys[i]) == len && memcmp(keys[i], key, len) == 0)
			return true;
	}
	return false;
}

/* The format, not the finished line: a value may hold '=' of its own. */
static void
check_keys(const char *fields)
{
	const char *at = fields, *equals;

	while ((equals = strchr(at, '=')) != NULL) {
		const char *key = equals;

		while (key > fields && key[-1] != ' ')
			key--;
		if (!known(key, (size_t)(equals - key)))
			abort();
		at = equals + 1;
	}
}

/* One line stays one line, whatever stood in a value. */
static size_t
finish(char *line, size_t len)
{
	if (len > LINE_MAX_BYTES - 1) {
		len = LINE_MAX_BYTES - 1;
		memcpy(line + len - 3, "...", 3);
	}
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	}
	line[len] = '\n';
	return len + 1;
}

void
dp_log(enum dp_log_level level, const char *event, const char *fields, ...)
{
	char line[LINE_MAX_BYTES + 1], at[DP_TIME_TEXT];
	size_t len;
	va_list args;
	int n;

	check_keys(fields);
	if (level < least_level)
		return;
	n = snprintf(line, LINE_MAX_BYTES, "%s %s %s %s%s", dp_time_text(dp_now_ms(), at),
	    levels[level], name, event, *fields == '\0' ? "" : " ");
	len = n < 0 ? 0 : (size_t)n;
	if (len < LINE_MAX_BYTES - 1) {
		va_start(args, fields);
		n = vsnprintf(line + len, LINE_MAX_BYTES - len, fields, args);
		va_end(args);
		len += n < 0 ? 0 : (size_t)n;
	}
	/* Nobody can be told that telling failed. */
	(void)!write(STDERR_FILENO, line, finish(line, len));
}

void
dp_log_err(enum dp_log_level level, const char *event, const struct dp_err *err)
{
	dp_log(level, event, "rc=%s why=\"%s\"", dp_rc_name(err->rc), err->text);
}
