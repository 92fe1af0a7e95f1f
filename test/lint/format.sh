#!/usr/bin/env bash
# Every C++ file looks as .clang-format says. With --fix it is made so.
set -euo pipefail
cd "${COIMAP_ROOT:-$(dirname "${BASH_SOURCE[0]}")/../..}"

# One version decides for all: others break lines elsewhere.
tool=clang-format-14
mapfile -t files < <(git ls-files -- '*.cpp' '*.hpp')
if [[ ${1-} == --fix ]]; then
    "$tool" -i "${files[@]}"
    exit
fi
wrong=$("$tool" --dry-run -Werror "${files[@]}" 2>&1 | grep -oE '^[^ :]+:[0-9]+:[0-9]+: ' | sort -u -t: -k1,1 || true)
if [[ -n $wrong ]]; then
    printf '%s\n' "$wrong"
    echo "format: $(wc -l <<<"$wrong") of ${#files[@]} files (each with its first line) are not as .clang-format says;"
    echo "    test/lint/format.sh --fix"
    exit 1
fi
echo "format: ${#files[@]} files"
