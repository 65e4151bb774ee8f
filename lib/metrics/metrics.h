/*
 * metrics: counters, gauges and histograms of one process, in Prometheus' text format 0.0.4. The
 * single-threaded daemons write them to a file (for the node exporter's textfile collector) by
 * dp_metrics_write(), atomically by rename(2); dp-fetchd serves the same text. Labels have a
 * closed set of values and never name a person. Updates are atomic; registration happens before
 * threads start.
 */
#ifndef DP_METRICS_H
#define DP_METRICS_H

#include "base.h"

struct dp_metric;	/* lives as long as the process */

/* name: "dp_router_letters_total"; labels: "lane=\"single\"" or NULL. Aborts past 256 metrics. */
struct dp_metric *dp_metric_counter(const char *name, const char *labels, const char *help);
struct dp_metric *dp_metric_gauge(const char *name, const char *labels, const char *help);
/* seconds; fixed buckets 0.001 .. 60 */
struct dp_metric *dp_metric_histogram(const char *name, const char *labels, const char *help);
void dp_metric_add(struct dp_metric *metric, double value);
void dp_metric_set(struct dp_metric *metric, double value);
void dp_metric_observe(struct dp_metric *metric, double seconds);

void dp_metrics_text(struct dp_buf *out);
enum dp_rc dp_metrics_write(const char *path, struct dp_err *err) DP_MUST_CHECK;

#endif
