#!/usr/bin/env bash
# clang-tidy over the sources below the I/O line, which it reads in seconds; .clang-tidy says what it looks for.
#   tidy.sh [FILE...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

files=("$@")
if ((${#files[@]} == 0)); then
    mapfile -t files < <(git ls-files -- 'lib/coimap/core/*.cpp' 'lib/coimap/model/*.cpp' 'lib/coimap/wire/*.cpp' \
        'lib/coimap/sasl/*.cpp' 'lib/coimap/session/*.cpp')
fi
# -w: the compilers' own warnings are the builds' business.
printf '%s\0' "${files[@]}" | xargs -0 -n 6 -P "$(nproc)" sh -c \
    'exec clang-tidy-14 --quiet --warnings-as-errors="*" "$@" -- -std=c++20 -w -Ilib 2>/dev/null' clang-tidy
echo "tidy: ${#files[@]} files"
