#include "seal_private.h"

#include <assert.h>
#include <string.h>

void
dp_tree_leaf(const char *label, struct dp_span bytes, uint8_t out[DP_SEAL_HASH_BYTES])
{
	struct dp_buf text;

	dp_buf_init(&text, 1 << 16);
	dp_buf_put_u8(&text, 0);
	dp_buf_put_lp(&text, dp_span_str(label));
	dp_buf_put_lp(&text, bytes);
	/* Signed bytes are at most 4 KiB; a leaf over cut bytes would sign something else. */
	assert(!text.failed);
	dp_hash(dp_buf_span(&text), out);
	dp_buf_done(&text);
}

static void
node(const uint8_t left[32], const uint8_t right[32], uint8_t out[32])
{
	uint8_t text[65] = {1};

	memcpy(text + 1, left, 32);
	memcpy(text + 33, right, 32);
	dp_hash(dp_span_of(text, sizeof(text)), out);
}

/* The largest power of two below count (count > 1). */
static uint32_t
split(uint32_t count)
{
	uint32_t k = 1;

	while (k * 2 < count)
		k *= 2;
	return k;
}

void
dp_tree_root(const uint8_t (*leaf)[DP_SEAL_HASH_BYTES], uint32_t count,
    uint8_t out[DP_SEAL_HASH_BYTES])
{
	uint8_t left[32], right[32];
	uint32_t k;

	assert(count > 0 && count <= DP_SEAL_TREE_MAX);
	if (count == 1) {
		memcpy(out, leaf[0], 32);
		return;
	}
	k = split(count);
	dp_tree_root(leaf, k, left);
	dp_tree_root(leaf + k, count - k, right);
	node(left, right, out);
}

uint32_t
dp_tree_path(const uint8_t (*leaf)[DP_SEAL_HASH_BYTES], uint32_t count, uint32_t index,
    uint8_t out[DP_SEAL_PATH_MAX][DP_SEAL_HASH_BYTES])
{
	uint32_t k, len;

	assert(index < count && count <= DP_SEAL_TREE_MAX);
	if (count == 1)
		return 0;
	k = split(count);
	if (index < k) {
		len = dp_tree_path(leaf, k, index, out);
		dp_tree_root(leaf + k, count - k, out[len]);
	} else {
		len = dp_tree_path(leaf + k, count - k, index - k, out);
		dp_tree_root(leaf, k, out[len]);
	}
	return len + 1;
}

enum dp_rc
dp_tree_climb(const uint8_t leaf[DP_SEAL_HASH_BYTES], uint32_t index, uint32_t tree_size,
    const uint8_t (*path)[DP_SEAL_HASH_BYTES], uint32_t path_len,
    uint8_t root[DP_SEAL_HASH_BYTES], struct dp_err *err)
{
	uint32_t at = index, last = tree_size - 1;

	if (tree_size == 0 || tree_size > DP_SEAL_TREE_MAX || index >= tree_size)
		return dp_fail(err, DP_EDENIED, "the letter's place in its batch is impossible");
	memcpy(root, leaf, 32);
	for (uint32_t i = 0; i < path_len; i++) {
		if (last == 0)
			return dp_fail(err, DP_EDENIED, "the batch path is too long");
		if ((at & 1) != 0 || at == last) {
			node(path[i], root, root);
			while ((at & 1) == 0 && at != 0) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			node(root, path[i], root);
		}
		at >>= 1;
		last >>= 1;
	}
	if (last != 0)
		return dp_fail(err, DP_EDENIED, "the batch path is too short");
	return DP_OK;
}
