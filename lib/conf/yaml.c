#include "conf_private.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct source {
	yaml_parser_t parser;
	const char *name;
	struct dp_yaml *out;
	struct dp_yaml keys;		/* every key met, maps included: finds duplicates */
	char path[PATH_BYTES_MAX];
	size_t path_len;
	struct dp_err *err;
};

static enum dp_rc read_node(struct source *source, yaml_event_t *event, unsigned depth);

/* "file:line: key: why"; keys are ours, values never appear. */
static enum dp_rc
refuse(struct source *source, const yaml_event_t *event, enum dp_rc rc, const char *why)
{
	const char *colon = source->path_len > 0 ? ": " : "";

	return dp_fail(source->err, rc, "%s:%zu: %s%s%s", source->name,
	    event->start_mark.line + 1, source->path, colon, why);
}

static enum dp_rc
next(struct source *source, yaml_event_t *event)
{
	if (yaml_parser_parse(&source->parser, event))
		return DP_OK;
	memset(event, 0, sizeof(*event));
	if (source->parser.error == YAML_MEMORY_ERROR)
		return dp_fail(source->err, DP_ENOMEM, "%s: no memory", source->name);
	return dp_fail(source->err, DP_EINVAL, "%s:%zu: no YAML: %s", source->name,
	    source->parser.problem_mark.line + 1,
	    source->parser.problem == NULL ? "unreadable" : source->parser.problem);
}

/* Appends; capacity doubles at each power of two, so that the count alone tells it. */
static enum dp_rc
add(struct dp_yaml *list, const char *path, const char *value, size_t line)
{
	struct dp_yaml_entry *entry = list->entry;
	size_t n = list->count;

	if (n == 0 || (n >= 8 && (n & (n - 1)) == 0)) {
		entry = realloc(entry, (n == 0 ? 8 : 2 * n) * sizeof(*entry));
		if (entry == NULL)
			return DP_ENOMEM;
		list->entry = entry;
	}
	entry += n;
	entry->path = strdup(path);
	entry->value = strdup(value);
	entry->line = (unsigned)line;
	if (entry->path == NULL || entry->value == NULL) {
		free(entry->path);
		free(entry->value);
		return DP_ENOMEM;
	}
	list->count++;
	return DP_OK;
}

static enum dp_rc
add_here(struct source *source, struct dp_yaml *list, const yaml_event_t *event, const char *value)
{
	if (list->count == ENTRIES_MAX)
		return refuse(source, event, DP_ELIMIT, "too many entries in one file");
	if (add(list, source->path, value, event->start_mark.line + 1) != DP_OK)
		return refuse(source, event, DP_ENOMEM, "no memory");
	return DP_OK;
}

/* Lengthens the path by one step; the caller puts path_len back. */
static enum dp_rc
step_into(struct source *source, const yaml_event_t *event, const char *step)
{
	size_t room = sizeof(source->path) - source->path_len;
	int n = snprintf(source->path + source->path_len, room, "%s%s",
	    source->path_len > 0 ? "." : "", step);

	if (n < 0 || (size_t)n >= room) {
		source->path[source->path_len] = '\0';
		return refuse(source, event, DP_ELIMIT, "the key below is too long");
	}
	source->path_len += (size_t)n;
	return DP_OK;
}

static void
step_back(struct source *source, size_t path_len)
{
	source->path_len = path_len;
	source->path[path_len] = '\0';
}

static enum dp_rc
read_key(struct source *source, const yaml_event_t *event)
{
	const char *key = (const char *)event->data.scalar.value;
	enum dp_rc rc;

	if (event->type != YAML_SCALAR_EVENT || event->data.scalar.anchor != NULL)
		return refuse(source, event, DP_EINVAL, "a key must be a plain word");
	if (*key == '\0' || strchr(key, '.') != NULL || strlen(key) != event->data.scalar.length)
		return refuse(source, event, DP_EINVAL, "a key is not empty and holds no dot");
	rc = step_into(source, event, key);
	if (rc != DP_OK)
		return rc;
	for (size_t i = 0; i < source->keys.count; i++)
		if (strcmp(source->keys.entry[i].path, source->path) == 0)
			return refuse(source, event, DP_EINVAL, "given twice");
	return add_here(source, &source->keys, event, "");
}

/* What the key or the index stands for. */
static enum dp_rc
read_value(struct source *source, unsigned depth)
{
	yaml_event_t event;
	enum dp_rc rc = next(source, &event);

	if (rc == DP_OK)
		rc = read_node(source, &event, depth + 1);
	yaml_event_delete(&event);
	return rc;
}

static enum dp_rc
read_map(struct source *source, const yaml_event_t *start, unsigned depth)
{
	size_t path_len = source->path_len, count = 0;
	enum dp_rc rc = DP_OK;

	for (;; count++) {
		yaml_event_t event;
		bool end;

		rc = next(source, &event);
		end = event.type == YAML_MAPPING_END_EVENT;
		if (rc == DP_OK && !end)
			rc = read_key(source, &event);
		yaml_event_delete(&event);
		if (rc != DP_OK || end)
			break;
		rc = read_value(source, depth);
		if (rc != DP_OK)
			break;
		step_back(source, path_len);
	}
	if (rc == DP_OK && count == 0 && depth > 0)
		return refuse(source, start, DP_EINVAL, "is empty: fill it or leave it out");
	return rc;
}

static enum dp_rc
read_sequence(struct source *source, const yaml_event_t *start, unsigned depth)
{
	size_t path_len = source->path_len;
	unsigned count = 0;
	enum dp_rc rc = DP_OK;

	for (;; count++) {
		yaml_event_t event;
		char index[12];
		bool end;

		(void)snprintf(index, sizeof(index), "%u", count);
		rc = next(source, &event);
		end = event.type == YAML_SEQUENCE_END_EVENT;
		if (rc == DP_OK && !end)
			rc = step_into(source, &event, index);
		if (rc == DP_OK && !end)
			rc = read_node(source, &event, depth + 1);
		yaml_event_delete(&event);
		if (rc != DP_OK || end)
			break;
		step_back(source, path_len);
	}
	if (rc == DP_OK && count == 0)
		return refuse(source, start, DP_EINVAL, "is empty: fill it or leave it out");
	return rc;
}

static enum dp_rc
read_scalar(struct source *source, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;

	if (event->data.scalar.anchor != NULL)
		return refuse(source, event, DP_EINVAL, "anchors are not allowed");
	if (strlen(value) != event->data.scalar.length)
		return refuse(source, event, DP_EINVAL, "holds a NUL");
	return add_here(source, source->out, event, value);
}

static enum dp_rc
read_node(struct source *source, yaml_event_t *event, unsigned depth)
{
	if (depth > DEPTH_MAX)
		return refuse(source, event, DP_ELIMIT, "nested too deeply");
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(source, event);
	if (event->type == YAML_ALIAS_EVENT)
		return refuse(source, event, DP_EINVAL, "aliases are not allowed");
	if (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor == NULL)
		return read_map(source, event, depth);
	if (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.anchor == NULL)
		return read_sequence(source, event, depth);
	return refuse(source, event, DP_EINVAL, "anchors are not allowed");
}

/* Stream and document brackets around one node; an empty file is a file without entries. */
static enum dp_rc
read_stream(struct source *source)
{
	bool seen = false, end = false;
	enum dp_rc rc = DP_OK;

	while (rc == DP_OK && !end) {
		yaml_event_t event;

		rc = next(source, &event);
		if (rc != DP_OK)
			break;
		end = event.type == YAML_STREAM_END_EVENT;
		if (event.type == YAML_DOCUMENT_START_EVENT && seen) {
			rc = refuse(source, &event, DP_EINVAL, "a second document");
		} else if (event.type == YAML_SCALAR_EVENT) {
			rc = refuse(source, &event, DP_EINVAL, "\"key: value\" is expected");
		} else if (!end && event.type != YAML_STREAM_START_EVENT &&
		    event.type != YAML_DOCUMENT_START_EVENT &&
		    event.type != YAML_DOCUMENT_END_EVENT) {
			seen = true;
			rc = read_node(source, &event, 0);
		}
		yaml_event_delete(&event);
	}
	return rc;
}

enum dp_rc
dp_yaml_parse(
    struct dp_span text, const char *name, struct dp_yaml *out, struct dp_err *err)
{
	struct source source = {.name = name, .out = out, .err = err};
	enum dp_rc rc;

	*out = (struct dp_yaml){0};
	if (!yaml_parser_initialize(&source.parser))
		return dp_fail(err, DP_ENOMEM, "%s: no memory", name);
	yaml_parser_set_encoding(&source.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &source.parser, text.len == 0 ? (const uint8_t *)"" : text.ptr, text.len);
	rc = read_stream(&source);
	yaml_parser_delete(&source.parser);
	dp_yaml_done(&source.keys);
	if (rc != DP_OK)
		dp_yaml_done(out);
	return rc;
}

enum dp_rc
dp_yaml_read(const char *path, struct dp_yaml *out, struct dp_err *err)
{
	struct dp_buf text;
	enum dp_rc rc;

	*out = (struct dp_yaml){0};
	dp_buf_init(&text, FILE_BYTES_MAX);
	rc = dp_conf_file(path, FILE_BYTES_MAX, false, &text, err);
	if (rc == DP_OK)
		rc = dp_yaml_parse(dp_buf_span(&text), path, out, err);
	dp_buf_done(&text);
	return rc;
}

void
dp_yaml_done(struct dp_yaml *yaml)
{
	for (size_t i = 0; i < yaml->count; i++) {
		/* A description may hold a person's number. */
		explicit_bzero(yaml->entry[i].value, strlen(yaml->entry[i].value));
		free(yaml->entry[i].value);
		free(yaml->entry[i].path);
	}
	free(yaml->entry);
	*yaml = (struct dp_yaml){0};
}

const char *
dp_yaml_get(const struct dp_yaml *yaml, const char *path)
{
	for (size_t i = 0; i < yaml->count; i++)
		if (strcmp(yaml->entry[i].path, path) == 0)
			return yaml->entry[i].value;
	return NULL;
}

size_t
dp_yaml_len(const struct dp_yaml *yaml, const char *path)
{
	size_t prefix = strlen(path), len = 0;

	for (size_t i = 0; i < yaml->count; i++) {
		const char *at = yaml->entry[i].path;
		char index[12] = "";
		uint64_t n;

		if (strncmp(at, path, prefix) != 0 || (prefix > 0 && at[prefix] != '.'))
			continue;
		at += prefix + (prefix > 0 ? 1 : 0);
		(void)snprintf(index, sizeof(index), "%.*s", (int)strcspn(at, "."), at);
		if (dp_parse_u64(index, 0, ENTRIES_MAX, &n) && n + 1 > len)
			len = n + 1;
	}
	return len;
}
