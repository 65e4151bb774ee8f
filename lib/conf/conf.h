/*
 * conf: one YAML file and one table of settings per program. The table drives reading, checking,
 * --show-config and the lint test that holds the man page to it. Nested YAML maps are written in
 * the table as dotted names ("kafka.brokers"). An unknown, duplicate or out-of-range key fails
 * with "file:line: key: why". Secrets come by file path only (DP_CONF_SECRET_FILE): a file that
 * others can read is refused. Not thread-safe; call at start, before any thread.
 */
#ifndef DP_CONF_H
#define DP_CONF_H

#include "base.h"

enum dp_conf_type {
	DP_CONF_STRING,		/* char *: field of type char[DP_CONF_TEXT] */
	DP_CONF_INT,		/* int64_t within [min, max] */
	DP_CONF_BOOL,		/* bool */
	DP_CONF_FILE,		/* path that must be readable; char[DP_CONF_TEXT]; "" = none */
	DP_CONF_SECRET_FILE,	/* the same, and others may not read or write it */
	DP_CONF_LIST,		/* struct dp_conf_list of strings */
};

#define DP_CONF_TEXT 512
#define DP_CONF_LIST_MAX 64

struct dp_conf_list {
	size_t count;
	char *item[DP_CONF_LIST_MAX];	/* owned by the config; dp_conf_done() frees */
};

struct dp_conf_setting {
	const char *name;		/* "kafka.brokers" */
	enum dp_conf_type type;
	size_t offset;			/* offsetof(struct of the program, field) */
	const char *fallback;		/* default as text; NULL: must be given; "" may stay empty */
	int64_t min, max;		/* DP_CONF_INT */
	const char *meaning;		/* one sentence, for --show-config and the man page */
};

/* The table ends with .name = NULL. `values` is the program's struct, zeroed by the caller. */
enum dp_rc dp_conf_read(const char *path, const struct dp_conf_setting *table, void *values,
    struct dp_err *err) DP_MUST_CHECK;
/* Frees the lists in `values`. */
void dp_conf_done(const struct dp_conf_setting *table, void *values);
/* Every setting, its value (paths for secrets, never contents) and meaning, as YAML. */
void dp_conf_show(const struct dp_conf_setting *table, const void *values, struct dp_buf *out);

/*
 * A whole YAML file as a flat list of (path, value), for descriptions that are not settings: a
 * letter's description, a bulk template. Paths are dotted, sequences are numbered from 0:
 * "documents.0.files.1.path". Duplicate keys, anchors and aliases are refused.
 */
struct dp_yaml_entry {
	char *path;
	char *value;
	unsigned line;
};

struct dp_yaml {
	size_t count;
	struct dp_yaml_entry *entry;
};

enum dp_rc dp_yaml_read(const char *path, struct dp_yaml *out, struct dp_err *err)
    DP_MUST_CHECK;
enum dp_rc dp_yaml_parse(struct dp_span text, const char *name, struct dp_yaml *out,
    struct dp_err *err) DP_MUST_CHECK;
void dp_yaml_done(struct dp_yaml *yaml);
const char *dp_yaml_get(const struct dp_yaml *yaml, const char *path);	/* NULL: absent */
size_t dp_yaml_len(const struct dp_yaml *yaml, const char *path);	/* items of a sequence */

/*
 * Reads a whole file of at most max_bytes. With `secret`, refuses one that is readable or
 * writable by others (DP_EDENIED, text says chmod what).
 */
enum dp_rc dp_conf_file(const char *path, size_t max_bytes, bool secret, struct dp_buf *out,
    struct dp_err *err) DP_MUST_CHECK;

#endif
