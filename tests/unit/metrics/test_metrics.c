/* Prometheus' text format, and the file that is never half written. */
#include "metrics.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static void
a_file_that_cannot_be_written_is_said(void **state)
{
	struct dp_err err;

	(void)state;
	assert_int_equal(dp_metrics_write("/nonexistent/folder/x.prom", &err), DP_EIO);
	assert_string_equal(err.text, "metrics file: cannot create: No such file or directory");
}

static void
samples_of_a_name_stand_together(void **state)
{
	struct dp_metric *single =
	    dp_metric_counter("dp_letters_total", "lane=\"single\"", "letters filed");
	struct dp_metric *lag = dp_metric_gauge("dp_lag", NULL, "records behind");
	struct dp_metric *bulk =
	    dp_metric_counter("dp_letters_total", "lane=\"bulk\"", "letters filed");
	struct dp_metric *turn = dp_metric_histogram("dp_turn_seconds", NULL, "one turn");
	struct dp_buf text;

	(void)state;
	dp_metric_add(single, 1);
	dp_metric_add(single, 2);
	dp_metric_add(bulk, 5);
	dp_metric_set(lag, 9);
	dp_metric_set(lag, 7);
	dp_metric_observe(turn, 0.001);
	dp_metric_observe(turn, 0.002);
	dp_metric_observe(turn, 61);
	dp_buf_init(&text, 1 << 16);
	dp_metrics_text(&text);
	dp_buf_put_u8(&text, 0);
	assert_non_null(strstr((char *)text.ptr,
	    "# HELP dp_letters_total letters filed\n# TYPE dp_letters_total counter\n"
	    "dp_letters_total{lane=\"single\"} 3\ndp_letters_total{lane=\"bulk\"} 5\n"
	    "# HELP dp_lag records behind\n# TYPE dp_lag gauge\ndp_lag 7\n"));
	assert_non_null(strstr((char *)text.ptr, "dp_turn_seconds_bucket{le=\"0.001\"} 1\n"
	                                         "dp_turn_seconds_bucket{le=\"0.0025\"} 2\n"));
	assert_non_null(strstr((char *)text.ptr, "dp_turn_seconds_bucket{le=\"60\"} 2\n"
	                                         "dp_turn_seconds_bucket{le=\"+Inf\"} 3\n"));
	assert_non_null(strstr((char *)text.ptr, "dp_turn_seconds_count 3\n"));
	dp_buf_done(&text);
}

static void
the_file_is_replaced_whole(void **state)
{
	char folder[] = "/tmp/dp-metrics-XXXXXX", path[64], fresh[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/a.prom", folder);
	(void)snprintf(fresh, sizeof(fresh), "%s/a.prom.new", folder);
	assert_int_equal(dp_metrics_write(path, NULL), DP_OK);
	assert_int_equal(dp_metrics_write(path, NULL), DP_OK);
	assert_int_equal(access(path, R_OK), 0);
	assert_int_equal(access(fresh, F_OK), -1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_file_that_cannot_be_written_is_said),
	    cmocka_unit_test(samples_of_a_name_stand_together),
	    cmocka_unit_test(the_file_is_replaced_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
