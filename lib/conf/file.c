#include "conf_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES 16384

enum dp_rc
dp_conf_check_secret(int fd, const char *path, struct dp_err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return dp_fail(err, DP_EIO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return dp_fail(err, DP_EDENIED, "%s: a secret must be a plain file", path);
	if (st.st_uid != 0 && st.st_uid != geteuid())
		return dp_fail(err, DP_EDENIED,
		    "%s: belongs to another user: chown it to the program's user or root", path);
	if ((st.st_mode & (S_IRWXO | S_IWGRP)) != 0)
		return dp_fail(err, DP_EDENIED,
		    "%s: mode %04o lets others in: chmod 600 it, or 640 for the program's group",
		    path, (unsigned)st.st_mode & 07777u);
	if ((st.st_mode & S_IRWXG) != 0 && st.st_gid != getegid() && st.st_gid != 0)
		return dp_fail(err, DP_EDENIED,
		    "%s: another group than the program's can read it: chmod 600 it", path);
	return DP_OK;
}

enum dp_rc
dp_conf_open(const char *path, bool secret, int *fd, struct dp_err *err)
{
	enum dp_rc rc = DP_OK;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return dp_fail(err, errno == ENOENT ? DP_ENOTFOUND : DP_EIO, "%s: %s", path,
		    strerror(errno));
	if (secret)
		rc = dp_conf_check_secret(*fd, path, err);
	if (rc != DP_OK) {
		(void)close(*fd);
		*fd = -1;
	}
	return rc;
}

enum dp_rc
dp_conf_file(
    const char *path, size_t max_bytes, bool secret, struct dp_buf *out, struct dp_err *err)
{
	uint8_t chunk[CHUNK_BYTES];
	size_t total = 0;
	enum dp_rc rc;
	ssize_t n;
	int fd;

	rc = dp_conf_open(path, secret, &fd, err);
	if (rc != DP_OK)
		return rc;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		total += (size_t)n;
		if (total > max_bytes) {
			rc = dp_fail(
			    err, DP_ELIMIT, "%s: larger than %zu bytes", path, max_bytes);
			goto out;
		}
		dp_buf_put(out, chunk, (size_t)n);
	}
	rc = n < 0 ? dp_fail(err, DP_EIO, "%s: %s", path, strerror(errno))
	           : dp_buf_check(out, path, err);
out:
	explicit_bzero(chunk, sizeof(chunk));
	(void)close(fd);
	return rc;
}
