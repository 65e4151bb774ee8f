/*
 * log: one line per event on standard error, `2026-11-24T07:12:51.000Z level program event
 * key=value ...`. Event names are stable and past tense (`letter_filed`), listed in the man page. Keys come
 * from a closed list in log.c: an unknown key is a bug and aborts in tests. Values are ids,
 * numbers and codes; never CPR, name, address, subject or body. Used by daemons (lib/daemon and
 * cmd/), not by other library modules. A line is one write(2), so lines never mix.
 */
#ifndef DP_LOG_H
#define DP_LOG_H

#include "base.h"

enum dp_log_level { DP_LOG_DEBUG, DP_LOG_INFO, DP_LOG_WARN, DP_LOG_ERROR };

void dp_log_init(const char *program, enum dp_log_level least);

/* fields is a printf format of "key=%s key=%d"; a value with spaces is quoted by the caller's
 * use of key=\"%s\". */
void dp_log(enum dp_log_level level, const char *event, const char *fields, ...)
    DP_PRINTF(3, 4);
/* event with rc= and why="text" of err appended. */
void dp_log_err(enum dp_log_level level, const char *event, const struct dp_err *err);

#endif
