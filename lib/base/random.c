#include "base.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

static void (*overriding)(void *out, size_t len);

void
dp_random(void *out, size_t len)
{
	uint8_t *at = out;

	if (overriding != NULL) {
		overriding(out, len);
		return;
	}
	while (len > 0) {
		ssize_t n = getrandom(at, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		/* Going on without randomness would give keys away. */
		if (n < 0)
			abort();
		at += n;
		len -= (size_t)n;
	}
}

void
dp_random_override(void (*fill)(void *out, size_t len))
{
	overriding = fill;
}

uint32_t
dp_random_below(uint32_t limit)
{
	uint32_t v, bias;

	if (limit < 2)
		return 0;
	/* Draws from the short last lap are thrown away: they would favour small numbers. */
	bias = (uint32_t)(-limit) % limit;
	do
		dp_random(&v, sizeof(v));
	while (v < bias);
	return v % limit;
}
