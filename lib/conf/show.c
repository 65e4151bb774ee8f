#include "conf_private.h"

#include <string.h>

/* A JSON string is a YAML string, whatever stands in it. */
static void
show_list(struct dp_json *json, const struct dp_conf_list *list)
{
	/* "" reads back as no items; [] would be refused as a forgotten list. */
	if (list->count == 0) {
		dp_json_str(json, "");
		return;
	}
	dp_json_open(json, '[');
	for (size_t i = 0; i < list->count; i++)
		dp_json_str(json, list->item[i]);
	dp_json_close(json, ']');
}

static void
show_value(const struct dp_conf_setting *setting, const void *values, struct dp_buf *out)
{
	const void *field = (const char *)values + setting->offset;
	struct dp_json json;

	dp_json_init(&json, out);
	switch (setting->type) {
	case DP_CONF_STRING:
	case DP_CONF_FILE:
	case DP_CONF_SECRET_FILE:
		dp_json_str(&json, field);
		break;
	case DP_CONF_INT:
		dp_json_int(&json, *(const int64_t *)field);
		break;
	case DP_CONF_BOOL:
		dp_json_bool(&json, *(const bool *)field);
		break;
	case DP_CONF_LIST:
		show_list(&json, field);
		break;
	}
}

static void
indent(struct dp_buf *out, unsigned depth)
{
	dp_buf_printf(out, "%*s", (int)(2 * depth), "");
}

/* True if an earlier setting of the table begins with the same bytes and so showed this step. */
static bool
shown_before(const struct dp_conf_setting *table, const struct dp_conf_setting *here, size_t len)
{
	for (; table < here; table++)
		if (strncmp(table->name, here->name, len) == 0 &&
		    (table->name[len] == '.' || table->name[len] == '\0'))
			return true;
	return false;
}

/* All settings below the first `prefix` bytes of a name, each section once, in table order. */
static void
show_section(const struct dp_conf_setting *table, const struct dp_conf_setting *first,
    size_t prefix, unsigned depth, const void *values, struct dp_buf *out)
{
	for (const struct dp_conf_setting *s = first; s->name != NULL; s++) {
		size_t len = prefix;

		if (strncmp(s->name, first->name, prefix) != 0)
			continue;
		len += strcspn(s->name + prefix, ".");
		if (shown_before(table, s, len))
			continue;
		if (s->name[len] == '\0' && s->meaning != NULL) {
			indent(out, depth);
			dp_buf_printf(out, "# %s\n", s->meaning);
		}
		indent(out, depth);
		dp_buf_printf(out, "%.*s:", (int)(len - prefix), s->name + prefix);
		if (s->name[len] == '\0') {
			dp_buf_put_str(out, " ");
			show_value(s, values, out);
			dp_buf_put_str(out, "\n");
		} else {
			dp_buf_put_str(out, "\n");
			show_section(table, s, len + 1, depth + 1, values, out);
		}
	}
}

void
dp_conf_show(const struct dp_conf_setting *table, const void *values, struct dp_buf *out)
{
	show_section(table, table, 0, 0, values, out);
}
