#include "conf_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum dp_rc
put_text(const char *value, char *field, struct dp_err *err)
{
	size_t len = strlen(value);

	if (len >= DP_CONF_TEXT)
		return dp_fail(err, DP_ELIMIT, "longer than %d bytes", DP_CONF_TEXT - 1);
	memcpy(field, value, len + 1);
	return DP_OK;
}

static enum dp_rc
put_int(const struct dp_conf_setting *setting, const char *value, int64_t *field,
    struct dp_err *err)
{
	bool minus = value[0] == '-';
	uint64_t n;

	if (dp_parse_u64(value + minus, 0, INT64_MAX, &n)) {
		*field = minus ? -(int64_t)n : (int64_t)n;
		if (*field >= setting->min && *field <= setting->max)
			return DP_OK;
	}
	return dp_fail(err, DP_EINVAL,
	    "not a whole number from %" PRId64 " to %" PRId64, setting->min, setting->max);
}

static enum dp_rc
put_bool(const char *value, bool *field, struct dp_err *err)
{
	*field = strcmp(value, "true") == 0;
	if (!*field && strcmp(value, "false") != 0)
		return dp_fail(err, DP_EINVAL, "not true or false");
	return DP_OK;
}

/* "" is no path: the setting stays empty, which only an empty default allows. */
static enum dp_rc
put_path(const char *value, bool secret, char *field, struct dp_err *err)
{
	enum dp_rc rc = DP_OK;
	int fd;

	if (*value != '\0') {
		rc = dp_conf_open(value, secret, &fd, err);
		if (rc == DP_OK)
			(void)close(fd);
	}
	return rc == DP_OK ? put_text(value, field, err) : rc;
}

static enum dp_rc
put_item(struct dp_conf_list *list, const char *value, size_t len, struct dp_err *err)
{
	if (len == 0)
		return dp_fail(err, DP_EINVAL, "holds an empty item");
	if (list->count == DP_CONF_LIST_MAX)
		return dp_fail(err, DP_ELIMIT, "more than %d items", DP_CONF_LIST_MAX);
	list->item[list->count] = strndup(value, len);
	if (list->item[list->count] == NULL)
		return dp_fail(err, DP_ENOMEM, "no memory");
	list->count++;
	return DP_OK;
}

/* A list on one line: items between commas, spaces around them dropped. */
static enum dp_rc
put_list(const char *value, struct dp_conf_list *list, struct dp_err *err)
{
	enum dp_rc rc = DP_OK;

	while (rc == DP_OK && *value != '\0') {
		size_t len = strcspn(value, ","), start = strspn(value, " "), end = len;

		while (end > start && value[end - 1] == ' ')
			end--;
		rc = put_item(list, value + start, end > start ? end - start : 0, err);
		value += len + (value[len] == ',');
	}
	return rc;
}

static enum dp_rc
put_value(const struct dp_conf_setting *setting, const char *value, void *values,
    struct dp_err *err)
{
	void *field = (char *)values + setting->offset;

	if (setting->fallback == NULL && *value == '\0')
		return dp_fail(err, DP_EINVAL, "must not be empty");
	switch (setting->type) {
	case DP_CONF_STRING:
		return put_text(value, field, err);
	case DP_CONF_INT:
		return put_int(setting, value, field, err);
	case DP_CONF_BOOL:
		return put_bool(value, field, err);
	case DP_CONF_FILE:
		return put_path(value, false, field, err);
	case DP_CONF_SECRET_FILE:
		return put_path(value, true, field, err);
	case DP_CONF_LIST:
		return put_list(value, field, err);
	}
	return dp_fail(err, DP_EFATAL, "has an unknown type");
}

/* The setting an entry belongs to; *item if the entry is one item of a list. */
static const struct dp_conf_setting *
find_setting(const struct dp_conf_setting *table, const char *path, bool *item)
{
	for (; table->name != NULL; table++) {
		size_t len = strlen(table->name);
		uint64_t n;

		if (strncmp(path, table->name, len) != 0)
			continue;
		*item = table->type == DP_CONF_LIST && path[len] == '.' &&
		    dp_parse_u64(path + len + 1, 0, ENTRIES_MAX, &n);
		if (path[len] == '\0' || *item)
			return table;
	}
	return NULL;
}

static bool
is_section(const struct dp_conf_setting *table, const char *path)
{
	size_t len = strlen(path);

	for (; table->name != NULL; table++)
		if (strncmp(table->name, path, len) == 0 && table->name[len] == '.')
			return true;
	return false;
}

static enum dp_rc
put_entry(const struct dp_conf_setting *table, const struct dp_yaml_entry *entry,
    const char *file, void *values, bool *given, struct dp_err *err)
{
	bool item = false;
	const struct dp_conf_setting *setting = find_setting(table, entry->path, &item);
	enum dp_rc rc;

	if (setting == NULL) {
		rc = dp_fail(err, DP_EINVAL, "%s",
		    is_section(table, entry->path) ? "has settings below it, no value of its own"
		                                   : "unknown setting");
	} else if (item) {
		given[setting - table] = true;
		rc = put_item((struct dp_conf_list *)(void *)((char *)values + setting->offset),
		    entry->value, strlen(entry->value), err);
	} else {
		given[setting - table] = true;
		rc = put_value(setting, entry->value, values, err);
	}
	if (rc != DP_OK)
		(void)dp_fail_in(err, "%s:%u: %s", file, entry->line, entry->path);
	return rc;
}

static enum dp_rc
put_fallbacks(const struct dp_conf_setting *table, const char *file, void *values,
    const bool *given, struct dp_err *err)
{
	for (size_t i = 0; table[i].name != NULL; i++) {
		enum dp_rc rc;

		if (given[i])
			continue;
		if (table[i].fallback == NULL)
			return dp_fail(err, DP_EINVAL, "%s: %s: must be given: %s", file,
			    table[i].name, table[i].meaning == NULL ? "" : table[i].meaning);
		rc = put_value(&table[i], table[i].fallback, values, err);
		if (rc != DP_OK) {
			(void)dp_fail_in(err, "%s: %s: default", file, table[i].name);
			return rc;
		}
	}
	return DP_OK;
}

static size_t
table_len(const struct dp_conf_setting *table)
{
	size_t n = 0;

	while (table[n].name != NULL)
		n++;
	return n;
}

enum dp_rc
dp_conf_read(const char *path, const struct dp_conf_setting *table, void *values,
    struct dp_err *err)
{
	struct dp_yaml yaml = {0};
	bool *given = calloc(table_len(table) + 1, sizeof(*given));
	enum dp_rc rc;

	if (given == NULL)
		return dp_fail(err, DP_ENOMEM, "%s: no memory", path);
	rc = dp_yaml_read(path, &yaml, err);
	for (size_t i = 0; rc == DP_OK && i < yaml.count; i++)
		rc = put_entry(table, &yaml.entry[i], path, values, given, err);
	if (rc == DP_OK)
		rc = put_fallbacks(table, path, values, given, err);
	if (rc != DP_OK)
		dp_conf_done(table, values);
	dp_yaml_done(&yaml);
	free(given);
	return rc;
}

void
dp_conf_done(const struct dp_conf_setting *table, void *values)
{
	for (; table->name != NULL; table++) {
		struct dp_conf_list *list = (void *)((char *)values + table->offset);

		if (table->type != DP_CONF_LIST)
			continue;
		for (size_t i = 0; i < list->count; i++)
			free(list->item[i]);
		*list = (struct dp_conf_list){0};
	}
}
