#include "base.h"

#include <string.h>

static const struct {
	const char *name;
	enum dp_class class;
} results[] = {
	[DP_OK] = {"ok", DP_DONE},
	[DP_EINVAL] = {"invalid", DP_PERMANENT},
	[DP_EDENIED] = {"denied", DP_PERMANENT},
	[DP_ENOTFOUND] = {"not-found", DP_PERMANENT},
	[DP_EEXISTS] = {"exists", DP_PERMANENT},
	[DP_ELIMIT] = {"limit", DP_PERMANENT},
	[DP_EBUSY] = {"busy", DP_RETRY},
	[DP_ERETRY] = {"retry", DP_RETRY},
	[DP_EUNSURE] = {"unsure", DP_RETRY},
	[DP_ESTOPPED] = {"stopped", DP_RETRY},
	[DP_EIO] = {"io", DP_FATAL},
	[DP_ENOMEM] = {"no-memory", DP_FATAL},
	[DP_EFATAL] = {"fatal", DP_FATAL},
};

enum dp_class
dp_rc_class(enum dp_rc rc)
{
	return (size_t)rc < DP_COUNT(results) ? results[rc].class : DP_FATAL;
}

const char *
dp_rc_name(enum dp_rc rc)
{
	return (size_t)rc < DP_COUNT(results) ? results[rc].name : "unknown";
}

enum dp_rc
dp_fail(struct dp_err *err, enum dp_rc rc, const char *fmt, ...)
{
	va_list args;

	if (err == NULL)
		return rc;
	err->rc = rc;
	va_start(args, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	return rc;
}

enum dp_rc
dp_fail_in(struct dp_err *err, const char *fmt, ...)
{
	char old[sizeof(err->text)];
	va_list args;
	size_t used;
	int n;

	/* Without a record the cause is gone too; the caller still has its own result. */
	if (err == NULL)
		return DP_EFATAL;
	memcpy(old, err->text, sizeof(old));
	va_start(args, fmt);
	n = vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	used = n < 0 ? 0 : (size_t)n;
	/* Too long a cause is cut: the sentence's beginning tells more than its end. */
	if (used < sizeof(err->text) &&
	    snprintf(err->text + used, sizeof(err->text) - used, ": %s", old) < 0)
		err->text[used] = '\0';
	return err->rc;
}
