#!/usr/bin/env bash
# Checks what the plugins promise to whoever builds this package: builds follow the schema, mistakes in it stop a build
# at their place, a bump changes everything or nothing, and packages with a schema of their own can use them too.
#
#   Tests/Plugins/check_plugins.sh [--quick]
#
# Works on a copy of the repository in a temporary folder, with one scratch folder for each package, and needs no network.
# Takes two to three minutes on two cores, most of it for compiling the API twice; --quick generates but never compiles it.
# Ends with an error at the first promise that is broken.

set -euo pipefail

quick=false
case "${1-}" in
--quick) quick=true ;;
'') ;;
*)
    echo "usage: $0 [--quick]" >&2
    exit 2
    ;;
esac

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/check-plugins.XXXXXX")
work=$(cd "$work" && pwd -P)
trap 'rm -rf "$work"' EXIT
copy=$work/swift-telegram
scratch=$work/build
log=$work/log
started=$SECONDS

# MARK: Words

step() {
    printf '%4ds  %s\n' $((SECONDS - started)) "$1"
}

fail() {
    echo "FAILED: $1" >&2
    if [ -s "$log" ]; then
        echo "--- the last lines of the last command:" >&2
        tail -n 25 "$log" >&2
    fi
    exit 1
}

# Runs a command with its output in the log.
succeeds() {
    "$@" >"$log" 2>&1 </dev/null || fail "expected success: $*"
}

fails() {
    if "$@" >"$log" 2>&1 </dev/null; then fail "expected a failure: $*"; fi
}

says() {
    grep -Eq -- "$1" "$log" || fail "expected in the output: $1"
}

says_not() {
    if grep -Eq -- "$1" "$log"; then fail "not expected in the output: $1"; fi
}

contains() {
    grep -Eq -- "$2" "$1" || fail "expected in $1: $2"
}

contains_not() {
    if grep -Eq -- "$2" "$1"; then fail "not expected in $1: $2"; fi
}

# The names and checksums of all files of a folder, hidden ones included.
checksums() {
    (cd "$1" && find . -type f | LC_ALL=C sort | while read -r file; do cksum "$file"; done)
}

# Puts a line in front of the functions of a schema.
add_constructor() {
    awk -v line="$2" '/^---functions---/ { print line } { print }' "$1" >"$1.new"
    mv "$1.new" "$1"
}

build() {
    swift build --package-path "$copy" --scratch-path "$scratch" "$@"
}

package() {
    swift package --package-path "$copy" --scratch-path "$scratch" --allow-writing-to-package-directory "$@"
}

# The folder that the build plugin writes into for a target.
generated() {
    local found
    found=$(find "$scratch/plugins/outputs" -type d -path "*/$1/*" -name GenerateTelegramAPI)
    [ "$(printf '%s\n' "$found" | grep -c .)" = 1 ] ||
        fail "expected one folder with the generated sources of $1, found: $found"
    printf '%s\n' "$found"
}

# MARK: Copy

mkdir "$copy"
(
    cd "$root"
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        # Tracked or new, but not deleted.
        git ls-files -co --exclude-standard | while read -r file; do
            if [ -e "$file" ] || [ -L "$file" ]; then printf '%s\n' "$file"; fi
        done | tar cf - -T -
    else
        tar cf - --exclude '.build*' .
    fi
) | (cd "$copy" && tar xf -)
# Targets whose sources are not there yet must not stop what is checked here.
succeeds swift package --package-path "$copy" --scratch-path "$scratch" describe
service=$copy/Schema/mtproto.tl
api=$copy/Schema/api.tl
cp "$service" "$work/mtproto.tl"
cp "$api" "$work/api.tl"

# MARK: Build plugin

step 'the first build generates'
succeeds build --target MTProto
says 'Generating Swift for MTProto from mtproto.tl'
sources=$(generated MTProto)
contains "$sources/MTP.swift" 'enum MTP'

step 'a build with nothing changed runs no generator'
# The package manager links the tool anew in the second build of a fresh scratch folder, which makes the generator run
# once more. What it writes is the same, so nothing may be compiled.
succeeds build --target MTProto
says_not 'Compiling|Emitting module'
succeeds build --target MTProto
says_not 'Generating Swift'
succeeds build --target MTProto -v
says_not 'tlgen[^ ]* generate'

step 'an edit of one line is generated and compiled'
contains_not "$sources/MTP+Types-00.swift" 'PluginCheckProbe'
add_constructor "$service" 'pluginCheckProbe value:int = PluginCheckProbe;'
succeeds build --target MTProto
says 'Generating Swift for MTProto from mtproto.tl'
contains "$sources/MTP+Types-00.swift" 'class PluginCheckProbe'

step 'a broken line stops the build at its place'
line=$(grep -n '^pluginCheckProbe' "$service" | cut -d: -f1)
sed 's/^pluginCheckProbe value:int/pluginCheckProbe value:Nonsense/' "$service" >"$work/broken.tl"
cp "$work/broken.tl" "$service"
before=$(checksums "$sources")
fails build --target MTProto
says "Schema/mtproto\.tl:$line:[0-9]+: error: .*'Nonsense'"
[ "$(checksums "$sources")" = "$before" ] || fail 'a schema with a problem changed the generated sources'

step 'restoring it builds again'
cp "$work/mtproto.tl" "$service"
succeeds build --target MTProto
contains_not "$sources/MTP+Types-00.swift" 'PluginCheckProbe'

step 'an edit of the configuration is followed'
configuration=$copy/Schema/tlgen.json
cp "$configuration" "$work/tlgen.json"
contains_not "$sources/MTP.swift" 'public enum MTP'
awk '/"MTProto": \{/ { inside = 1 } inside { sub(/"package"/, "\"public\"") } { print }' \
    "$work/tlgen.json" >"$configuration"
succeeds build --target MTProto
contains "$sources/MTP.swift" 'public enum MTP'

# The package manager keeps its plan as long as Package.swift stays, so it would go on compiling the old files.
step 'other outputs than planned stop the build, until it is planned anew'
sed 's/"root": "MTP"/"root": "Service"/' "$work/tlgen.json" >"$configuration"
fails build --target MTProto
says "Schema/tlgen\.json' has other inputs or outputs than when this build was planned, expected 'touch Package.swift'"
touch "$copy/Package.swift"
# The module's own sources say 'MTP' nevertheless, so this is as far as it gets.
fails build --target MTProto
says 'Compiling MTProto Service\.swift'
says "cannot find 'MTP' in scope"

step 'a broken configuration is explained'
sed 's/"root": "MTP"/"rood": "MTP"/' "$work/tlgen.json" >"$configuration"
fails build --target MTProto
says "Schema/tlgen\.json' is no usable configuration: .*unknown key 'rood'"
touch "$copy/Package.swift"
fails build --target MTProto
says "Schema/tlgen\.json' is no usable configuration: .*unknown key 'rood'"
sed 's/"MTProto"/"MTPro"/' "$work/tlgen.json" >"$configuration"
fails build --target MTProto
says "Schema/tlgen\.json' has no target 'MTProto', expected one of: 'MTPro', "
cp "$work/tlgen.json" "$configuration"
touch "$copy/Package.swift"
succeeds build --target MTProto

if ! $quick; then
    step 'the API is generated and compiled (the longest step)'
    succeeds build --target TelegramAPI
    says 'Generating Swift for TelegramAPI from api.tl'

    step 'a build writes the reference beside the sources, and copies it nowhere'
    reference=$(generated TelegramAPI)/Reference
    for page in index.html methods/messages.sendMessage.html errors/FLOOD_WAIT_X.html; do
        [ -s "$reference/$page" ] || fail "the build did not write the page $page"
    done
    [ -z "$(find "$scratch" -name '*.html' -not -path "$reference/*")" ] || fail 'the build copied pages as resources'
fi

# MARK: Bump

step 'a bump needs permission, and the refusal names the option'
cp "$work/api.tl" "$work/new.tl"
add_constructor "$work/new.tl" 'pluginCheckProbe value:int = PluginCheckProbe;'
awk '/^---functions---/ { print; print "plugin.checkProbe value:int = PluginCheckProbe;"; next } { print }' \
    "$work/new.tl" >"$work/newer.tl"
before=$(checksums "$copy/Schema")
fails swift package --package-path "$copy" --scratch-path "$scratch" bump-layer "$work/newer.tl"
says '--allow-writing-to-package-directory'
[ "$(checksums "$copy/Schema")" = "$before" ] || fail 'a bump without permission changed the folder Schema'

step 'a bump with a broken schema changes no byte'
line=$(grep -n '^plugin.checkProbe' "$work/newer.tl" | cut -d: -f1)
sed 's/^plugin.checkProbe value:int/plugin.checkProbe value:Nonsense/' "$work/newer.tl" >"$work/broken.tl"
fails package bump-layer "$work/broken.tl"
says "broken\.tl:$line:[0-9]+: error: .*'Nonsense'"
[ "$(checksums "$copy/Schema")" = "$before" ] || fail 'a bump with a broken schema changed the folder Schema'

step 'a bump with a sound schema writes the tables and prints Markdown'
# A path is relative to the folder of whoever types it.
(cd "$work" && succeeds package bump-layer newer.tl)
says '^### '
says '^- Added type `PluginCheckProbe`'
says '^- Added function `plugin\.checkProbe`'
says '^written: methods\.csv, history\.csv, api\.tl$'
contains "$api" '^pluginCheckProbe#[0-9a-f]{8} value:int = PluginCheckProbe;$'
contains "$api" '^plugin\.checkProbe#[0-9a-f]{8} value:int = PluginCheckProbe;$'
contains "$copy/Schema/methods.csv" '^plugin\.checkProbe,both,,,$'
contains "$copy/Schema/history.csv" '^plugin\.checkProbe,[0-9]+$'
contains "$copy/Schema/history.csv" '^pluginCheckProbe,[0-9]+$'
[ "$(wc -l <"$api")" -ge "$(wc -l <"$work/api.tl")" ] || fail 'the bump lost lines of api.tl'

step 'the same bump again changes no byte'
before=$(checksums "$copy/Schema")
succeeds package bump-layer "$work/newer.tl"
[ "$(checksums "$copy/Schema")" = "$before" ] || fail 'the second bump with one schema changed the folder Schema'

if ! $quick; then
    step 'the bumped API is generated and compiled'
    succeeds build --target TelegramAPI
    says 'Generating Swift for TelegramAPI from api.tl'
    grep -q 'PluginCheckProbe' "$(generated TelegramAPI)"/TL+Types-*.swift || fail 'the new type was not generated'
    [ -s "$reference/types/PluginCheckProbe.html" ] || fail 'the new type has no page'
fi

# MARK: Reference on demand

step 'telegram-reference writes the pages of the schema'
succeeds package telegram-reference
says '^open .*/\.build/telegram-reference/index\.html$'
for page in index.html methods/plugin.checkProbe.html search.js; do
    [ -s "$copy/.build/telegram-reference/$page" ] || fail "telegram-reference did not write $page"
done

step 'telegram-reference passes its options on, and says what is wrong with them'
succeeds package telegram-reference --output Site --base-url https://example.org/site
contains "$copy/Site/sitemap.txt" '^https://example\.org/site/methods/plugin\.checkProbe\.html$'
[ ! -e "$copy/.build/telegram-reference/sitemap.txt" ] || fail 'the pages went to the usual folder, too'
succeeds package telegram-reference --help
says '^usage: tlgen reference '
fails package telegram-reference --output None --nonsense
says "'--nonsense'"
[ ! -e "$copy/None" ] || fail 'telegram-reference wrote something in spite of a wrong option'

# MARK: Sources on demand

step 'generate-telegram-api writes all targets into a folder'
succeeds package generate-telegram-api --output Generated
for file in TelegramAPI/TL.swift TelegramTesting/TL+FunctionRegistry.swift MTProto/MTP.swift; do
    [ -s "$copy/Generated/$file" ] || fail "generate-telegram-api did not write $file"
done
grep -q 'PluginCheckProbe' "$copy"/Generated/TelegramAPI/TL+Types-*.swift ||
    fail 'generate-telegram-api did not write what the schema says'
for file in "$copy"/Generated/MTProto/*.swift; do
    name=$(basename "$file")
    cmp -s "$file" "$sources/$name" || fail "$name differs from what a build compiles"
done

step 'generate-telegram-api writes named targets, and nothing for unknown ones'
succeeds package generate-telegram-api --target MTProto --output One
[ "$(ls "$copy/One")" = MTProto ] || fail 'generate-telegram-api wrote more than the target it was asked for'
fails package generate-telegram-api --target MTProto --target Nonsense --output None
says "has no target 'Nonsense'"
[ ! -e "$copy/None" ] || fail 'generate-telegram-api wrote something for an unknown target'

# MARK: Package with a schema of its own

for access in internal public; do
    step "a package with a schema of its own builds and runs, access $access"
    configuration=$copy/Examples/CustomSchema/Schema/tlgen.json
    sed "s/\"access\": \"[a-z]*\"/\"access\": \"$access\"/" "$configuration" >"$work/custom.json"
    cp "$work/custom.json" "$configuration"
    contains "$configuration" "\"$access\""
    succeeds swift run --package-path "$copy/Examples/CustomSchema" --scratch-path "$work/example-build"
    says 'Generating Swift for TelescopeLibrary from library.tl'
    says 'Compiling TelescopeLibrary Library\.swift'
    says '^loans\.borrow\(telescope_id: 7, days: 14\)$'
    says '^lent for 3 more days: TELESCOPE_LENT_3 \(400\) from loans\.borrow'
done

step 'all promises are kept'
