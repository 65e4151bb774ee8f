/* What a log line looks like, and what it never lets through. */
#include "log.h"

#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static int64_t
noon(void)
{
	return INT64_C(1763985600000);
}

/* Runs `say` with standard error in a pipe. */
static const char *
logged(void (*say)(void))
{
	static char text[4096];
	int ends[2], old = dup(STDERR_FILENO);
	ssize_t n;

	assert_true(old >= 0 && pipe(ends) == 0);
	assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
	(void)close(ends[1]);
	say();
	assert_true(dup2(old, STDERR_FILENO) >= 0);
	(void)close(old);
	n = read(ends[0], text, sizeof(text) - 1);
	assert_true(n >= 0);
	(void)close(ends[0]);
	text[n] = '\0';
	return text;
}

static void
say_plain(void)
{
	dp_log(DP_LOG_INFO, "letter_filed", "letter=%s n=%d", "0192", 3);
}

static void
say_below(void)
{
	dp_log(DP_LOG_DEBUG, "letter_filed", "n=%d", 3);
}

static void
say_bare(void)
{
	dp_log(DP_LOG_WARN, "stopped", "%s", "");
}

static void
say_hostile(void)
{
	dp_log(DP_LOG_ERROR, "failed", "why=\"%s\"", "a\nforged line\r\x1b[31m subject=x");
}

static void
say_long(void)
{
	char text[3000];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	dp_log(DP_LOG_ERROR, "failed", "why=\"%s\"", text);
}

static void
say_error(void)
{
	struct dp_err err;

	(void)dp_fail(&err, DP_EUNSURE, "connection lost");
	dp_log_err(DP_LOG_WARN, "commit_failed", &err);
}

static void
an_event_is_one_line(void **state)
{
	const char *text;

	(void)state;
	dp_clock_override(noon);
	dp_log_init("dp-routerd", DP_LOG_INFO);
	assert_string_equal(logged(say_below), "");
	assert_string_equal(logged(say_plain),
	    "2025-11-24T12:00:00.000Z info dp-routerd letter_filed letter=0192 n=3\n");
	assert_non_null(strstr(logged(say_bare), "warn dp-routerd stopped"));
	assert_string_equal(logged(say_error),
	    "2025-11-24T12:00:00.000Z warn dp-routerd commit_failed rc=unsure "
	    "why=\"connection lost\"\n");
	assert_non_null(strstr(logged(say_hostile), "why=\"a?forged line??[31m subject=x\"\n"));
	text = logged(say_long);
	assert_int_equal(strlen(text), 1024);
	assert_string_equal(text + 1020, "...\n");
	dp_clock_override(NULL);
}

static void
a_key_outside_the_list_aborts(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		dp_log(DP_LOG_DEBUG, "letter_filed", "letter=%s subject=%s", "a", "b");
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void
levels_have_four_names(void **state)
{
	enum dp_log_level level;

	(void)state;
	assert_int_equal(dp_log_level_parse("warning", &level, NULL), DP_EINVAL);
	assert_int_equal(dp_log_level_parse("", &level, NULL), DP_EINVAL);
	assert_int_equal(dp_log_level_parse("warn", &level, NULL), DP_OK);
	assert_int_equal(level, DP_LOG_WARN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_event_is_one_line),
	    cmocka_unit_test(a_key_outside_the_list_aborts),
	    cmocka_unit_test(levels_have_four_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
