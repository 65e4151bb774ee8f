#include "base.h"

#ifdef DP_STOP_POINTS

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define STALL_MS 15000

struct plan {
	bool read;
	char name[64];
	uint64_t pass;
	char act[8];
};

static struct plan plan;
static uint64_t passes;

/* name[:n][=act]; what cannot be read aborts, so that a mistyped test never passes by doing nothing. */
static void
read_plan(void)
{
	const char *text = getenv("DP_STOP_AT"), *equals, *colon, *end;

	plan.read = true;
	plan.pass = 1;
	if (text == NULL)
		return;
	equals = strchr(text, '=');
	(void)snprintf(plan.act, sizeof(plan.act), "%s", equals == NULL ? "kill" : equals + 1);
	end = equals == NULL ? text + strlen(text) : equals;
	colon = memchr(text, ':', (size_t)(end - text));
	if (colon != NULL) {
		char number[21];

		(void)snprintf(number, sizeof(number), "%.*s", (int)(end - colon - 1), colon + 1);
		if (!dp_parse_u64(number, 1, UINT64_MAX, &plan.pass))
			abort();
		end = colon;
	}
	(void)snprintf(plan.name, sizeof(plan.name), "%.*s", (int)(end - text), text);
	if (strcmp(plan.act, "kill") != 0 && strcmp(plan.act, "error") != 0 &&
	    strcmp(plan.act, "stall") != 0)
		abort();
}

static int64_t
stall_ms(void)
{
	const char *text = getenv("DP_STOP_STALL_MS");
	uint64_t ms = STALL_MS;

	if (text != NULL && !dp_parse_u64(text, 1, INT32_MAX, &ms))
		abort();
	return (int64_t)ms;
}

enum dp_rc
dp_stop_at(const char *name, struct dp_err *err)
{
	if (!plan.read)
		read_plan();
	if (plan.name[0] == '\0' || strcmp(name, plan.name) != 0 || ++passes != plan.pass)
		return DP_OK;
	if (plan.act[0] == 'k')
		(void)raise(SIGKILL);
	if (plan.act[0] == 'e')
		return dp_fail(err, DP_ERETRY, "stopped at %s", name);
	dp_sleep_ms(stall_ms());
	return DP_OK;
}

#endif
