// The function itself comes with the linker flag -sanitize=fuzzer. A target needs a source file.
#include "libfuzzer.h"
