/*
 * base: what every other module stands on. Result codes and errors, borrowed spans, bounded
 * buffers, a reader for length-prefixed bytes, arenas, letter ids, hex and base64url, CRC-32C,
 * a JSON writer, clock and randomness. No I/O beyond getrandom(2) and clock_gettime(2), no
 * knowledge of letters. Nothing here blocks; nothing here is shared between threads, except
 * that the overrides for tests are process-wide and set before any thread starts.
 */
#ifndef DP_BASE_H
#define DP_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define DP_MUST_CHECK __attribute__((warn_unused_result))
#define DP_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define DP_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- results ---- */

/* What went wrong. dp_rc_class() says what to do about it. */
enum dp_rc {
	DP_OK = 0,
	DP_EINVAL,	/* the input breaks a rule; the same input will always fail */
	DP_EDENIED,	/* signature, key, MAC or right is wrong; the same input will always fail */
	DP_ENOTFOUND,	/* the thing asked for does not exist */
	DP_EEXISTS,	/* something else already stands there */
	DP_ELIMIT,	/* larger or more than a stated limit */
	DP_EBUSY,	/* full for the moment: wait, then ask again */
	DP_ERETRY,	/* a passing fault (deadlock, connection lost before commit): ask again */
	DP_EUNSURE,	/* it may or may not have been written: do the whole unit again */
	DP_ESTOPPED,	/* asked to stop while waiting; nothing was done */
	DP_EIO,		/* the system refused (disk full, permission): an operator must act */
	DP_ENOMEM,	/* no memory, or an arena's maximum reached */
	DP_EFATAL,	/* our own fault or an unknown foreign error: stop the process */
};

enum dp_class { DP_DONE, DP_PERMANENT, DP_RETRY, DP_FATAL };

enum dp_class dp_rc_class(enum dp_rc rc);
const char *dp_rc_name(enum dp_rc rc);

/*
 * The caller's error record. `text` is written once, where the fault was noticed, is one
 * sentence without a full stop, and never holds personal data. `err` may be NULL everywhere.
 */
struct dp_err {
	enum dp_rc rc;
	char text[240];
};

/* Fills *err and returns rc, so that `return dp_fail(err, DP_EINVAL, "...")` reads well. */
enum dp_rc dp_fail(struct dp_err *err, enum dp_rc rc, const char *fmt, ...) DP_PRINTF(3, 4);
/* Puts "context: " before the text that stands in *err; returns err->rc. */
enum dp_rc dp_fail_in(struct dp_err *err, const char *fmt, ...) DP_PRINTF(2, 3);

/* ---- bytes ---- */

/* Borrowed bytes: valid as long as their owner. */
struct dp_span {
	const uint8_t *ptr;
	size_t len;
};

struct dp_span dp_span_of(const void *ptr, size_t len);
struct dp_span dp_span_str(const char *s);
bool dp_span_equal(struct dp_span a, struct dp_span b);	/* not for secrets */
/* Constant time in the contents; for hashes, MACs, tokens. */
bool dp_equal_secret(const void *a, const void *b, size_t len);

/*
 * A growing buffer with a maximum. A put that would pass `max`, or finds no memory, writes
 * nothing and sets `failed`; later puts then do nothing, so a whole message can be written and
 * checked once at the end. dp_buf_done() wipes and frees.
 */
struct dp_buf {
	uint8_t *ptr;
	size_t len, cap, max;
	bool failed;
};

void dp_buf_init(struct dp_buf *buf, size_t max_bytes);
void dp_buf_done(struct dp_buf *buf);
void dp_buf_clear(struct dp_buf *buf);			/* keeps the memory */
void dp_buf_put(struct dp_buf *buf, const void *ptr, size_t len);
void dp_buf_put_span(struct dp_buf *buf, struct dp_span span);
void dp_buf_put_u8(struct dp_buf *buf, uint8_t v);
void dp_buf_put_u16(struct dp_buf *buf, uint16_t v);	/* all integers big-endian */
void dp_buf_put_u32(struct dp_buf *buf, uint32_t v);
void dp_buf_put_u64(struct dp_buf *buf, uint64_t v);
void dp_buf_put_lp(struct dp_buf *buf, struct dp_span span);	/* u32be length, then bytes */
void dp_buf_put_str(struct dp_buf *buf, const char *s);	/* the characters only */
void dp_buf_printf(struct dp_buf *buf, const char *fmt, ...) DP_PRINTF(2, 3);
uint8_t *dp_buf_room(struct dp_buf *buf, size_t len);	/* len writable bytes, or NULL; commit by dp_buf_grew() */
void dp_buf_grew(struct dp_buf *buf, size_t len);
struct dp_span dp_buf_span(const struct dp_buf *buf);
/* DP_OK, or DP_ELIMIT with a text that names `what`. */
enum dp_rc dp_buf_check(const struct dp_buf *buf, const char *what, struct dp_err *err)
    DP_MUST_CHECK;

/* Reads what dp_buf_put_* wrote. After any short read `bad` is set and zeros are returned. */
struct dp_reader {
	struct dp_span rest;
	bool bad;
};

void dp_reader_init(struct dp_reader *in, struct dp_span bytes);
uint8_t dp_read_u8(struct dp_reader *in);
uint16_t dp_read_u16(struct dp_reader *in);
uint32_t dp_read_u32(struct dp_reader *in);
uint64_t dp_read_u64(struct dp_reader *in);
struct dp_span dp_read_bytes(struct dp_reader *in, size_t len);	/* borrowed */
struct dp_span dp_read_lp(struct dp_reader *in);			/* borrowed */
void dp_read_copy(struct dp_reader *in, void *out, size_t len);
bool dp_read_end(const struct dp_reader *in);	/* nothing bad and nothing left over */

/* ---- arena: many small allocations that end together, wiped at the end ---- */

struct dp_arena;

struct dp_arena *dp_arena_new(size_t max_bytes);		/* NULL without memory */
void dp_arena_free(struct dp_arena **arena);
void dp_arena_clear(struct dp_arena *arena);		/* forget all, keep one block */
void *dp_arena_alloc(struct dp_arena *arena, size_t len);	/* zeroed, 16-byte aligned; NULL past the maximum */
char *dp_arena_strdup(struct dp_arena *arena, const char *s);
char *dp_arena_strndup(struct dp_arena *arena, const void *s, size_t len);
struct dp_span dp_arena_copy(struct dp_arena *arena, struct dp_span span);	/* ptr NULL when it failed and len > 0 */
char *dp_arena_printf(struct dp_arena *arena, const char *fmt, ...) DP_PRINTF(2, 3);

/* ---- ids: UUIDv7 (RFC 9562), 16 bytes ---- */

#define DP_ID_BYTES 16
#define DP_ID_TEXT 37		/* "xxxxxxxx-xxxx-7xxx-yxxx-xxxxxxxxxxxx" and NUL */

struct dp_id {
	uint8_t b[DP_ID_BYTES];
};

struct dp_id dp_id_new(int64_t now_ms);			/* random, time = now_ms */
int64_t dp_id_ms(const struct dp_id *id);
bool dp_id_is_v7(const struct dp_id *id);
const char *dp_id_text(const struct dp_id *id, char out[DP_ID_TEXT]);
enum dp_rc dp_id_parse(const char *text, struct dp_id *id, struct dp_err *err) DP_MUST_CHECK;
bool dp_id_equal(const struct dp_id *a, const struct dp_id *b);
int dp_id_compare(const struct dp_id *a, const struct dp_id *b);

/* ---- text forms ---- */

/* out must hold 2 * len + 1. Lower case. */
char *dp_hex(const void *ptr, size_t len, char *out);
/* exactly out_len bytes from 2 * out_len digits, or false */
bool dp_unhex(const char *text, void *out, size_t out_len);
void dp_base64url(struct dp_buf *out, struct dp_span in);	/* without padding */
bool dp_unbase64url(struct dp_buf *out, struct dp_span in);	/* strict, padding refused */
void dp_base64(struct dp_buf *out, struct dp_span in);
bool dp_utf8_valid(struct dp_span text);			/* RFC 3629; NUL refused */
size_t dp_utf8_cut(struct dp_span text, size_t max_bytes);	/* longest whole-character prefix */
uint32_t dp_crc32c(uint32_t crc, const void *ptr, size_t len);	/* RFC 3720; start with 0 */
/* Decimal without sign or space, within [min, max]; false otherwise. */
bool dp_parse_u64(const char *text, uint64_t min, uint64_t max, uint64_t *out);

/* ---- JSON writer: append only, correct escaping, into a dp_buf (RFC 8259) ---- */

struct dp_json {
	struct dp_buf *out;
	uint64_t first;		/* bit n: nothing written yet at depth n */
	unsigned depth;
	bool after_key;
};

void dp_json_init(struct dp_json *json, struct dp_buf *out);
void dp_json_open(struct dp_json *json, char bracket);	/* '{' or '[' */
void dp_json_close(struct dp_json *json, char bracket);	/* '}' or ']' */
void dp_json_key(struct dp_json *json, const char *key);
void dp_json_str(struct dp_json *json, const char *value);	/* NULL writes null */
void dp_json_strn(struct dp_json *json, struct dp_span value);
void dp_json_int(struct dp_json *json, int64_t value);
void dp_json_real(struct dp_json *json, double value);
void dp_json_bool(struct dp_json *json, bool value);
void dp_json_null(struct dp_json *json);
void dp_json_raw(struct dp_json *json, struct dp_span value);	/* already JSON */
/* key and value in one line */
void dp_json_key_str(struct dp_json *json, const char *key, const char *value);
void dp_json_key_int(struct dp_json *json, const char *key, int64_t value);
void dp_json_key_bool(struct dp_json *json, const char *key, bool value);

/* ---- time and chance, both replaceable by tests ---- */

#define DP_SECOND_MS 1000LL
#define DP_MINUTE_MS (60 * DP_SECOND_MS)
#define DP_HOUR_MS   (60 * DP_MINUTE_MS)
#define DP_DAY_MS    (24 * DP_HOUR_MS)
#define DP_TIME_TEXT 25		/* "2026-11-24T07:12:51.000Z" and NUL */

int64_t dp_now_ms(void);			/* wall clock, ms since 1970 UTC */
int64_t dp_monotonic_ms(void);			/* never replaced: time-outs and back-off only */
int64_t dp_monotonic_us(void);
void dp_clock_override(int64_t (*now_ms)(void));	/* NULL: the system's again */
const char *dp_time_text(int64_t ms, char out[DP_TIME_TEXT]);	/* RFC 3339, UTC */
enum dp_rc dp_time_parse(const char *text, int64_t *ms, struct dp_err *err) DP_MUST_CHECK;

void dp_random(void *out, size_t len);		/* getrandom(2); aborts if the kernel cannot */
void dp_random_override(void (*fill)(void *out, size_t len));
uint32_t dp_random_below(uint32_t limit);	/* unbiased; jitter, picks */

/* Sleeps, but returns early when a signal came. */
void dp_sleep_ms(int64_t ms);

/* Exponential back-off with full jitter: the wait for the n-th failure in a row (n from 0). */
int64_t dp_backoff_ms(unsigned n, int64_t first_ms, int64_t max_ms);

/*
 * Named stop points of the crash tests. With DP_STOP_AT=name[:n][=kill|error|stall] in the
 * environment the n-th pass (default 1) of that point kills the process with SIGKILL, makes
 * the function return DP_ERETRY, or sleeps DP_STOP_STALL_MS. Compiled to DP_OK unless built
 * with DP_STOP_POINTS.
 */
#ifdef DP_STOP_POINTS
enum dp_rc dp_stop_at(const char *name, struct dp_err *err) DP_MUST_CHECK;
#else
static inline enum dp_rc
dp_stop_at(const char *name, struct dp_err *err)
{
	(void)name, (void)err;
	return DP_OK;
}
#endif

#endif
