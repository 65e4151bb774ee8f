/* What the files of conf share: one line of a file as the place of an error. */
#ifndef DP_CONF_PRIVATE_H
#define DP_CONF_PRIVATE_H

#include "conf.h"

/* Larger files are refused: settings and descriptions are written by people. */
#define FILE_BYTES_MAX (1 << 20)
#define PATH_BYTES_MAX 256
#define DEPTH_MAX 16
#define ENTRIES_MAX 4096

/* DP_OK if a program may trust the file behind `fd` with a secret. */
enum dp_rc dp_conf_check_secret(int fd, const char *path, struct dp_err *err);
/* Opens for reading; with `secret` also checks who else may. Returns the descriptor in *fd. */
enum dp_rc dp_conf_open(const char *path, bool secret, int *fd, struct dp_err *err);

#endif
