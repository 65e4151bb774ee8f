/*
 * log: one line per event on standard error,
 *
 *	2026-11-24T07:12:51.000Z info dp-routerd letter_filed letter=0192... lane=single
 *
 * Event names are stable and past tense, and listed in the program's man page. Keys come from the
 * closed list in log.c, so that nobody logs a name or a number by mistake: another key is a bug of
 * ours and aborts. Values are ids, numbers and codes, never CPR, name, address, subject or body.
 * Used by lib/daemon and cmd/ only. A line is one write(2), so lines of several processes never
 * mix; a line over 1,023 bytes is cut and ends in "...". Not for several threads before dp_log_init().
 */
#ifndef DP_LOG_H
#define DP_LOG_H

#include "base.h"

enum dp_log_level { DP_LOG_DEBUG, DP_LOG_INFO, DP_LOG_WARN, DP_LOG_ERROR };

/* program is borrowed for ever. Before this call the program is "-" and the least level info. */
void dp_log_init(const char *program, enum dp_log_level least);
/* "debug", "info", "warn", "error"; DP_EINVAL otherwise. */
enum dp_rc dp_log_level_parse(const char *name, enum dp_log_level *out, struct dp_err *err)
    DP_MUST_CHECK;

/*
 * fields is a format of "key=%s other=%d", or "" for none; values must hold no space unless the
 * format quotes them: why=\"%s\". Control characters are written as '?'.
 */
void dp_log(enum dp_log_level level, const char *event, const char *fields, ...)
    DP_PRINTF(3, 4);
/* The event with rc= and why="text" of err. */
void dp_log_err(enum dp_log_level level, const char *event, const struct dp_err *err);

#endif
