#!/usr/bin/env bash
# Every C++ file looks as .clang-format says. With --fix it is made so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# One version decides for all: others break lines elsewhere.
tool=clang-format-14
mode=(--dry-run -Werror)
if [[ ${1-} == --fix ]]; then
    mode=(-i)
fi
git ls-files -z -- '*.cpp' '*.hpp' | xargs -0 -r -n 40 "$tool" "${mode[@]}"
echo "format: $(git ls-files -- '*.cpp' '*.hpp' | wc -l) files"
