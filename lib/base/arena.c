#include "base.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 8192
#define ALIGN 16

struct block {
	struct block *next;
	size_t used, cap;
	_Alignas(ALIGN) uint8_t bytes[];
};

struct dp_arena {
	struct block *blocks;
	size_t total, max;
};

struct dp_arena *
dp_arena_new(size_t max_bytes)
{
	struct dp_arena *arena = calloc(1, sizeof(*arena));

	if (arena != NULL)
		arena->max = max_bytes;
	return arena;
}

static void
free_blocks(struct block *block)
{
	while (block != NULL) {
		struct block *next = block->next;

		explicit_bzero(block->bytes, block->used);
		free(block);
		block = next;
	}
}

void
dp_arena_free(struct dp_arena **arena)
{
	if (*arena == NULL)
		return;
	free_blocks((*arena)->blocks);
	free(*arena);
	*arena = NULL;
}

void
dp_arena_clear(struct dp_arena *arena)
{
	struct block *keep = arena->blocks;

	arena->total = 0;
	if (keep == NULL)
		return;
	free_blocks(keep->next);
	keep->next = NULL;
	explicit_bzero(keep->bytes, keep->used);
	keep->used = 0;
}

static struct block *
add_block(struct dp_arena *arena, size_t need)
{
	size_t cap = need > BLOCK_BYTES ? need : BLOCK_BYTES;
	struct block *block = calloc(1, sizeof(*block) + cap);

	if (block == NULL)
		return NULL;
	block->cap = cap;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *
dp_arena_alloc(struct dp_arena *arena, size_t len)
{
	struct block *block = arena->blocks;
	size_t need;
	void *got;

	if (len > SIZE_MAX - ALIGN)
		return NULL;
	need = len == 0 ? ALIGN : (len + ALIGN - 1) / ALIGN * ALIGN;
	if (need > arena->max - arena->total)
		return NULL;
	if (block == NULL || need > block->cap - block->used)
		block = add_block(arena, need);
	if (block == NULL)
		return NULL;
	got = block->bytes + block->used;
	block->used += need;
	arena->total += need;
	return got;
}

char *
dp_arena_strndup(struct dp_arena *arena, const void *s, size_t len)
{
	char *copy = len == SIZE_MAX ? NULL : dp_arena_alloc(arena, len + 1);

	if (copy != NULL && len > 0)
		memcpy(copy, s, len);
	return copy;
}

char *
dp_arena_strdup(struct dp_arena *arena, const char *s)
{
	return dp_arena_strndup(arena, s, strlen(s));
}

struct dp_span
dp_arena_copy(struct dp_arena *arena, struct dp_span span)
{
	void *copy = dp_arena_alloc(arena, span.len);

	if (copy != NULL && span.len > 0)
		memcpy(copy, span.ptr, span.len);
	return dp_span_of(copy, copy == NULL ? 0 : span.len);
}

char *
dp_arena_printf(struct dp_arena *arena, const char *fmt, ...)
{
	va_list args, again;
	char *text = NULL;
	int n;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n >= 0)
		text = dp_arena_alloc(arena, (size_t)n + 1);
	if (text != NULL)
		(void)vsnprintf(text, (size_t)n + 1, fmt, again);
	va_end(again);
	return text;
}
