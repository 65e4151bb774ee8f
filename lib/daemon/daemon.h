/*
 * daemon: the skeleton of every program that stays. main() is one call:
 *
 *	int main(int argc, char **argv) { return dp_daemon_main(&relayd, argc, argv); }
 *
 * It reads the options (-c FILE, --check-config, --show-config, --help, --version), the config, sets up
 * log, signals and metrics, calls open, then turn after turn, then close. TERM and INT finish the
 * turn; a second one exits at once. DP_RETRY results back off with jitter (100 ms .. 10 s) while
 * `idle` is called so that a Kafka group is not lost; DP_FATAL ends with exit code 70, a bad
 * config with 78. Announces READY=1, STOPPING=1, WATCHDOG=1 to $NOTIFY_SOCKET (sd_notify(3)) and
 * logs `ready` and `stopped`. One thread, blocking.
 */
#ifndef DP_DAEMON_H
#define DP_DAEMON_H

#include "base.h"
#include "conf.h"
#include "log.h"
#include "metrics.h"

struct dp_daemon {
	const char *name;			/* "dp-relayd" */
	const char *purpose;			/* first line of --help */
	const char *help;			/* rest of --help: what it reads, writes, needs */
	const struct dp_conf_setting *settings;	/* DP_DAEMON_SETTINGS may be part of it */
	size_t values_bytes;			/* size of the struct the settings fill */
	/*
	 * open: makes *self from the config. DP_RETRY class (broker or database away) is tried again for ever,
	 * logged as `waiting`. turn: one unit of work; *idle_ms > 0 asks for a pause before the next.
	 */
	enum dp_rc (*open)(const void *values, void **self, struct dp_err *err);
	enum dp_rc (*turn)(void *self, int64_t *idle_ms, struct dp_err *err);
	void (*idle)(void *self);		/* may be NULL: called at least every second during back-off */
	void (*close)(void **self);
};

/* Common settings: first member of each program's values struct. */
struct dp_daemon_values {
	char log_level[DP_CONF_TEXT];		/* debug, info, warn, error */
	char metrics_file[DP_CONF_TEXT];	/* "" = none */
};
#define DP_DAEMON_SETTINGS                                                                  \
	{.name = "log.level", .type = DP_CONF_STRING,                                       \
	    .offset = offsetof(struct dp_daemon_values, log_level), .fallback = "info",     \
	    .meaning = "least level that is logged: debug, info, warn or error"},           \
	{.name = "metrics.file", .type = DP_CONF_STRING,                                    \
	    .offset = offsetof(struct dp_daemon_values, metrics_file), .fallback = "",      \
	    .meaning = "file that the metrics are written to every 5 s (Prometheus text)"}

/* Returns the exit code of sysexits(3). */
int dp_daemon_main(const struct dp_daemon *daemon, int argc, char **argv);
/* True once TERM or INT came; for loops of their own (dp-fetchd, socket servers). */
bool dp_daemon_stopping(void);
/* Says READY=1 once; dp_daemon_main() does it after open, programs with a loop of their own call it. */
void dp_daemon_ready(void);

#endif
