#include "base.h"

/* Castagnoli's polynomial, reflected (RFC 3720, appendix B.4). */
#define POLYNOMIAL 0x82f63b78u

static uint32_t
update_byte(uint32_t crc, uint8_t byte)
{
	crc ^= byte;
	for (int bit = 0; bit < 8; bit++)
		crc = crc & 1 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
	return crc;
}

static uint32_t
update_plain(uint32_t crc, const uint8_t *b, size_t len)
{
	while (len-- > 0)
		crc = update_byte(crc, *b++);
	return crc;
}

#ifdef __x86_64__
/* The processor's own instruction: the spool checks every letter, so it is on the hot path. */
__attribute__((target("sse4.2"))) static uint32_t
update_sse42(uint32_t crc, const uint8_t *b, size_t len)
{
	for (; len >= 8; b += 8, len -= 8) {
		uint64_t v;

		__builtin_memcpy(&v, b, 8);
		crc = (uint32_t)__builtin_ia32_crc32di(crc, v);
	}
	while (len-- > 0)
		crc = __builtin_ia32_crc32qi(crc, *b++);
	return crc;
}
#endif

uint32_t
dp_crc32c(uint32_t crc, const void *ptr, size_t len)
{
	if (len == 0)
		return crc;
#ifdef __x86_64__
	if (__builtin_cpu_supports("sse4.2"))
		return ~update_sse42(~crc, ptr, len);
#endif
	return ~update_plain(~crc, ptr, len);
}
