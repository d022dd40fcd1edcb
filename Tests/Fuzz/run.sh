#!/bin/sh
# Fuzzes each target for SECONDS, one after the other, and fails when one finds something.
set -eu
generator="fuzz-schema fuzz-tables fuzz-inspect fuzz-reader"
runtime="fuzz-transport fuzz-proxy fuzz-key-exchange fuzz-session fuzz-server-session fuzz-crypto"
usage="usage: $0 SECONDS [TARGET...]   (targets: $generator $runtime)"
seconds=${1:-}
case $seconds in '' | *[!0-9]*) echo "$usage" >&2; exit 2 ;; esac
shift
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $generator $runtime

here=$(cd "$(dirname "$0")" && pwd)
swift=${SWIFT:-swift}
scratch=${FUZZ_SCRATCH:-$here/.build}
corpus=${FUZZ_CORPUS:-$here/.build-corpus}

# Makes FuzzTargets a product of the package that is fuzzed.
export SWIFT_TELEGRAM_FUZZING=1

# All modules are built for libFuzzer, not only the targets: what it can see is what it can explore. gold cannot link
# this, hence lld.
flags="-sanitize-coverage=edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table"
build_product() {
    set -- --package-path "$here" --scratch-path "$scratch" -c release --sanitize address -Xswiftc "$flags"
    [ "$(uname)" = Darwin ] || set -- "$@" -Xswiftc -use-ld=lld
    "$swift" build "$@" --product "$product"
    binaries=$("$swift" build "$@" --show-bin-path)
}
for product in "$@"; do build_product; done
# What inputs start from takes a program of its own for either half: only one of them needs the runtime.
for half in "fuzz-seeds $generator" "fuzz-runtime-seeds $runtime"; do
    product=${half%% *}
    for target in "$@"; do
        case " $half " in
        *" $target "*)
            build_product
            "$binaries/$product" "$corpus/seeds"
            break
            ;;
        esac
    done
done

status=0
for target in "$@"; do
    mkdir -p "$corpus/$target" "$here/Findings/$target"
    dictionary=$here/Dictionaries/$target.dict
    echo "== $target for $seconds seconds"
    # The backtracer of Swift would end the process before libFuzzer can keep the input. The search for leaks does not see
    # pointers that Swift keeps tags in.
    SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$binaries/$target" "$corpus/$target" "$corpus/seeds/$target" \
        -dict="$dictionary" -artifact_prefix="$here/Findings/$target/" -max_total_time="$seconds" \
        -max_len=4096 -len_control=20 -timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=256 -print_final_stats=1 -detect_leaks=0 \
        </dev/null || status=1
done
[ $status -eq 0 ] || echo "error: there are findings, their inputs are in $here/Findings" >&2
exit $status
