#ifndef CMTPROTO_ZLIB_SHIM_H
#define CMTPROTO_ZLIB_SHIM_H

// zlib starts its streams through macros, which Swift cannot call.

#include <zlib.h>

/// `windowBits` as zlib counts: 15, plus 16 for the gzip format, plus 32 to detect gzip or zlib when inflating.
static inline int cmtproto_inflate_init(z_streamp stream, int windowBits) {
    return inflateInit2(stream, windowBits);
}

/// See `cmtproto_inflate_init`.
static inline int cmtproto_deflate_init(z_streamp stream, int level, int windowBits) {
    return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}

#endif
