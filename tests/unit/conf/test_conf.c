/* Configuration files: everything that must be refused, with its sentence; then what is read. */
#include "conf.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

struct values {
	char brokers[DP_CONF_TEXT];
	int64_t batch;
	bool test_persons;
	char key[DP_CONF_TEXT];
	struct dp_conf_list users;
};

static const struct dp_conf_setting table[] = {
    {.name = "kafka.brokers", .type = DP_CONF_STRING,
        .offset = offsetof(struct values, brokers), .meaning = "where Kafka listens"},
    {.name = "batch", .type = DP_CONF_INT, .offset = offsetof(struct values, batch),
        .fallback = "100", .min = 1, .max = 1000, .meaning = "letters in a turn"},
    {.name = "test_persons", .type = DP_CONF_BOOL,
        .offset = offsetof(struct values, test_persons), .fallback = "false",
        .meaning = "accept fictitious persons"},
    {.name = "key", .type = DP_CONF_SECRET_FILE, .offset = offsetof(struct values, key),
        .fallback = "", .meaning = "file with the key"},
    {.name = "users", .type = DP_CONF_LIST, .offset = offsetof(struct values, users),
        .fallback = "", .meaning = "who may connect"},
    {.name = NULL},
};

static char folder[] = "/tmp/dp-conf-XXXXXX";
static char path[64], secret[64];

static void
put_file(const char *name, const char *text, mode_t mode)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(name, mode), 0);
}

static void
bad_files_are_refused_with_place_and_reason(void **state)
{
	static const struct {
		const char *text, *why;		/* why: after the file's name */
	} cases[] = {
	    {"", ": kafka.brokers: must be given: where Kafka listens"},
	    {"batch: 5\n", ": kafka.brokers: must be given: where Kafka listens"},
	    {"kafka:\n  broker: x\n", ":2: kafka.broker: unknown setting"},
	    {"kafka: x\n", ":1: kafka: has settings below it, no value of its own"},
	    {"kafka.brokers: x\n", ":1: a key is not empty and holds no dot"},
	    {"kafka:\n  brokers: x\nbatch: 0\n", ":3: batch: not a whole number from 1 to 1000"},
	    {"kafka:\n  brokers: x\nbatch: 1001\n", ":3: batch: not a whole number from 1 to 1000"},
	    {"kafka:\n  brokers: x\nbatch: ten\n", ":3: batch: not a whole number from 1 to 1000"},
	    {"kafka:\n  brokers: x\ntest_persons: yes\n",
	        ":3: test_persons: not true or false"},
	    {"batch: 1\nbatch: 2\n", ":2: batch: given twice"},
	    {"kafka:\n  brokers: x\nkafka:\n  brokers: y\n", ":3: kafka: given twice"},
	    {"batch: &a 1\n", ":1: batch: anchors are not allowed"},
	    {"batch: *a\n", ":1: batch: aliases are not allowed"},
	    {"- 1\n", ":1: 0: unknown setting"},
	    {"plain\n", ":1: \"key: value\" is expected"},
	    {"? [a]\n: 1\n", ":1: a key must be a plain word"},
	    {"users:\n  name: x\n", ":2: users.name: unknown setting"},
	    {"kafka: [\n", ":2: no YAML: did not find expected node content"},
	};
	struct values values;
	struct dp_err err;

	(void)state;
	for (size_t i = 0; i < DP_COUNT(cases); i++) {
		memset(&values, 0, sizeof(values));
		put_file(path, cases[i].text, 0600);
		assert_int_equal(dp_conf_read(path, table, &values, &err), DP_EINVAL);
		assert_memory_equal(err.text, path, strlen(path));
		assert_string_equal(err.text + strlen(path), cases[i].why);
		assert_int_equal(values.users.count, 0);
	}
	assert_int_equal(dp_conf_read("/nonexistent", table, &values, &err), DP_ENOTFOUND);
	assert_string_equal(err.text, "/nonexistent: No such file or directory");
	assert_int_equal(dp_conf_read(folder, table, &values, &err), DP_EIO);
}

static void
a_secret_that_others_can_read_is_refused(void **state)
{
	struct values values = {0};
	struct dp_err err;
	char text[256];

	(void)state;
	(void)snprintf(text, sizeof(text), "kafka:\n  brokers: x\nkey: %s\n", secret);
	put_file(path, text, 0600);
	put_file(secret, "k", 0604);
	assert_int_equal(dp_conf_read(path, table, &values, &err), DP_EDENIED);
	assert_non_null(strstr(err.text, "mode 0604 lets others in: chmod 600 it"));
	put_file(secret, "k", 0602);
	assert_int_equal(dp_conf_read(path, table, &values, &err), DP_EDENIED);
	put_file(secret, "k", 0640);
	assert_int_equal(dp_conf_read(path, table, &values, &err), DP_OK);
	assert_string_equal(values.key, secret);
	dp_conf_done(table, &values);
}

static void
a_whole_file_is_read_and_shown(void **state)
{
	struct values values = {0};
	struct dp_buf shown;

	(void)state;
	put_file(path, "kafka: {brokers: \"a:1,b:2\"}\nbatch: 7\ntest_persons: true\n"
	               "users:\n  - dp-routerd\n  - dp-registryd\n", 0600);
	assert_int_equal(dp_conf_read(path, table, &values, NULL), DP_OK);
	assert_string_equal(values.brokers, "a:1,b:2");
	assert_int_equal(values.batch, 7);
	assert_true(values.test_persons);
	assert_int_equal(values.users.count, 2);
	assert_string_equal(values.users.item[1], "dp-registryd");
	dp_buf_init(&shown, 4096);
	dp_conf_show(table, &values, &shown);
	dp_buf_put_u8(&shown, 0);
	assert_string_equal((char *)shown.ptr,
	    "kafka:\n  # where Kafka listens\n  brokers: \"a:1,b:2\"\n"
	    "# letters in a turn\nbatch: 7\n# accept fictitious persons\ntest_persons: true\n"
	    "# file with the key\nkey: \"\"\n"
	    "# who may connect\nusers: [\"dp-routerd\",\"dp-registryd\"]\n");
	dp_buf_done(&shown);
	dp_conf_done(table, &values);
	assert_int_equal(values.users.count, 0);
}

static void
a_description_keeps_its_nesting(void **state)
{
	static const char text[] = "subject: r\xc3\xb8" "d\ndocuments:\n- label: a\n  files:\n"
	                           "  - path: x.pdf\n  - path: y.txt\n- label: b\nend: 1\n";
	struct dp_yaml yaml;

	(void)state;
	assert_int_equal(dp_yaml_parse(dp_span_str(text), "letter.yaml", &yaml, NULL), DP_OK);
	assert_string_equal(dp_yaml_get(&yaml, "subject"), "r\xc3\xb8" "d");
	assert_string_equal(dp_yaml_get(&yaml, "documents.0.files.1.path"), "y.txt");
	assert_string_equal(dp_yaml_get(&yaml, "documents.1.label"), "b");
	assert_string_equal(dp_yaml_get(&yaml, "end"), "1");
	assert_null(dp_yaml_get(&yaml, "documents"));
	assert_int_equal(dp_yaml_len(&yaml, "documents"), 2);
	assert_int_equal(dp_yaml_len(&yaml, "documents.0.files"), 2);
	assert_int_equal(dp_yaml_len(&yaml, "subject"), 0);
	dp_yaml_done(&yaml);
}

static int
set_up(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/conf.yaml", folder);
	(void)snprintf(secret, sizeof(secret), "%s/key", folder);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(path);
	(void)unlink(secret);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bad_files_are_refused_with_place_and_reason),
	    cmocka_unit_test(a_secret_that_others_can_read_is_refused),
	    cmocka_unit_test(a_whole_file_is_read_and_shown),
	    cmocka_unit_test(a_description_keeps_its_nesting),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
