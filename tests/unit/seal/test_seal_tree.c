/* Batch trees of every size: paths lead to the root, anything else does not. */
#include "seal.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static uint8_t leaf[DP_SEAL_TREE_MAX][32];

static int
set_up(void **state)
{
	(void)state;
	for (uint8_t i = 0;; i++) {
		dp_tree_leaf("dpe1/letter", dp_span_of(&i, 1), leaf[i]);
		if (i == 255)
			break;
	}
	return dp_seal_init(NULL) == DP_OK ? 0 : -1;
}

static void
every_path_of_every_size_leads_to_the_root(void **state)
{
	(void)state;
	for (uint32_t size = 1; size <= DP_SEAL_TREE_MAX; size++) {
		uint8_t root[32], got[32], path[DP_SEAL_PATH_MAX][32];

		dp_tree_root(leaf, size, root);
		for (uint32_t i = 0; i < size; i += size > 40 ? 17 : 1) {
			uint32_t len = dp_tree_path(leaf, size, i, path);

			assert_true(len <= DP_SEAL_PATH_MAX);
			assert_int_equal(
			    dp_tree_climb(leaf[i], i, size, path, len, got, NULL), DP_OK);
			assert_memory_equal(got, root, 32);
		}
	}
}

static void
impossible_places_and_paths_are_refused(void **state)
{
	uint8_t root[32], got[32], path[DP_SEAL_PATH_MAX][32], longer[DP_SEAL_PATH_MAX][32] = {{0}};
	uint32_t len = dp_tree_path(leaf, 7, 6, path);

	(void)state;
	dp_tree_root(leaf, 7, root);
	memcpy(longer, path, len * 32);
	assert_int_equal(dp_tree_climb(leaf[6], 6, 0, path, len, got, NULL), DP_EDENIED);
	assert_int_equal(dp_tree_climb(leaf[6], 6, 257, path, len, got, NULL), DP_EDENIED);
	assert_int_equal(dp_tree_climb(leaf[6], 7, 7, path, len, got, NULL), DP_EDENIED);
	assert_int_equal(dp_tree_climb(leaf[6], 6, 7, path, len - 1, got, NULL), DP_EDENIED);
	assert_int_equal(dp_tree_climb(leaf[6], 6, 7, longer, len + 1, got, NULL), DP_EDENIED);
	/* At the signed size no other place reaches the root (another size may: it is signed too). */
	for (uint32_t i = 0; i < 6; i++) {
		if (dp_tree_climb(leaf[6], i, 7, path, len, got, NULL) == DP_OK)
			assert_memory_not_equal(got, root, 32);
	}
	assert_int_equal(dp_tree_climb(leaf[5], 6, 7, path, len, got, NULL), DP_OK);
	assert_memory_not_equal(got, root, 32);
}

static void
the_label_is_part_of_the_leaf(void **state)
{
	uint8_t a[32], b[32];

	(void)state;
	dp_tree_leaf("dpe1/letter", dp_span_str("x"), a);
	dp_tree_leaf("dpe1/recall", dp_span_str("x"), b);
	assert_memory_not_equal(a, b, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_path_of_every_size_leads_to_the_root),
	    cmocka_unit_test(impossible_places_and_paths_are_refused),
	    cmocka_unit_test(the_label_is_part_of_the_leaf),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
