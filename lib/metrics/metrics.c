#include "metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define METRICS_MAX 256
#define TEXT_MAX (1 << 20)

static const double bounds[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    10, 30, 60};
#define BUCKETS (DP_COUNT(bounds) + 1)

enum kind { COUNTER, GAUGE, HISTOGRAM };
static const char *const kind_name[] = {"counter", "gauge", "histogram"};

struct dp_metric {
	const char *name, *labels, *help;
	enum kind kind;
	_Atomic double value;		/* a histogram's sum */
	_Atomic uint64_t bucket[BUCKETS];
};

static struct dp_metric metrics[METRICS_MAX];
static size_t count;

static struct dp_metric *
add_metric(enum kind kind, const char *name, const char *labels, const char *help)
{
	struct dp_metric *metric;

	if (count == METRICS_MAX)
		abort();
	metric = &metrics[count++];
	metric->name = name;
	metric->labels = labels;
	metric->help = help;
	metric->kind = kind;
	return metric;
}

struct dp_metric *
dp_metric_counter(const char *name, const char *labels, const char *help)
{
	return add_metric(COUNTER, name, labels, help);
}

struct dp_metric *
dp_metric_gauge(const char *name, const char *labels, const char *help)
{
	return add_metric(GAUGE, name, labels, help);
}

struct dp_metric *
dp_metric_histogram(const char *name, const char *labels, const char *help)
{
	return add_metric(HISTOGRAM, name, labels, help);
}

void
dp_metric_add(struct dp_metric *metric, double value)
{
	double old = atomic_load(&metric->value);

	while (!atomic_compare_exchange_weak(&metric->value, &old, old + value))
		continue;
}

void
dp_metric_set(struct dp_metric *metric, double value)
{
	atomic_store(&metric->value, value);
}

void
dp_metric_observe(struct dp_metric *metric, double seconds)
{
	size_t i = 0;

	while (i < DP_COUNT(bounds) && seconds > bounds[i])
		i++;
	atomic_fetch_add(&metric->bucket[i], 1);
	dp_metric_add(metric, seconds);
}

/* name_suffix{labels,extra} value */
static void
put_sample(const struct dp_metric *metric, const char *suffix, const char *extra, double value,
    struct dp_buf *out)
{
	const char *labels = metric->labels == NULL ? "" : metric->labels;
	bool both = *labels != '\0' && *extra != '\0';

	dp_buf_printf(out, "%s%s", metric->name, suffix);
	if (*labels != '\0' || *extra != '\0')
		dp_buf_printf(out, "{%s%s%s}", labels, both ? "," : "", extra);
	dp_buf_printf(out, " %.17g\n", value);
}

static void
put_histogram(const struct dp_metric *metric, struct dp_buf *out)
{
	uint64_t total = 0;
	char le[32];

	for (size_t i = 0; i < BUCKETS; i++) {
		total += atomic_load(&metric->bucket[i]);
		if (i < DP_COUNT(bounds))
			(void)snprintf(le, sizeof(le), "le=\"%g\"", bounds[i]);
		else
			(void)snprintf(le, sizeof(le), "le=\"+Inf\"");
		put_sample(metric, "_bucket", le, (double)total, out);
	}
	put_sample(metric, "_sum", "", atomic_load(&metric->value), out);
	put_sample(metric, "_count", "", (double)total, out);
}

static bool
named_before(size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (strcmp(metrics[i].name, metrics[index].name) == 0)
			return true;
	}
	return false;
}

/* The format wants the samples of one name together, under one HELP and TYPE. */
void
dp_metrics_text(struct dp_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		if (named_before(i))
			continue;
		dp_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", metrics[i].name, metrics[i].help,
		    metrics[i].name, kind_name[metrics[i].kind]);
		for (size_t k = i; k < count; k++) {
			if (strcmp(metrics[k].name, metrics[i].name) != 0)
				continue;
			if (metrics[k].kind == HISTOGRAM)
				put_histogram(&metrics[k], out);
			else
				put_sample(&metrics[k], "", "", atomic_load(&metrics[k].value), out);
		}
	}
}

static bool
write_all(int fd, struct dp_span bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = dp_span_of(bytes.ptr + n, bytes.len - (size_t)n);
	}
	return true;
}

static enum dp_rc
replace_file(const char *path, const char *fresh, struct dp_span text, struct dp_err *err)
{
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool written;

	if (fd < 0)
		return dp_fail(err, DP_EIO, "metrics file: cannot create: %s", strerrordesc_np(errno));
	written = write_all(fd, text);
	if (close(fd) != 0 || !written || rename(fresh, path) != 0) {
		enum dp_rc rc = dp_fail(
		    err, DP_EIO, "metrics file: cannot write: %s", strerrordesc_np(errno));

		(void)unlink(fresh);
		return rc;
	}
	return DP_OK;
}

enum dp_rc
dp_metrics_write(const char *path, struct dp_err *err)
{
	struct dp_buf text, fresh;
	enum dp_rc rc;

	dp_buf_init(&text, TEXT_MAX);
	dp_buf_init(&fresh, 4096);
	dp_metrics_text(&text);
	dp_buf_printf(&fresh, "%s.new", path);
	dp_buf_put_u8(&fresh, 0);
	rc = dp_buf_check(&text, "metrics", err);
	if (rc == DP_OK)
		rc = dp_buf_check(&fresh, "metrics file's name", err);
	if (rc == DP_OK)
		rc = replace_file(path, (const char *)fresh.ptr, dp_buf_span(&text), err);
	dp_buf_done(&text);
	dp_buf_done(&fresh);
	return rc;
}
