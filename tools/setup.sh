#!/usr/bin/env bash
# Installs what a fresh Debian 12 lacks. Says nothing and touches nothing when all is there.
#   tools/setup.sh demo     what building and running needs
#   tools/setup.sh check    that, and what all the checks need
# Exit status 69: something is missing and cannot be installed from here; the line to run was printed.
set -euo pipefail

packages=(g++ meson ninja-build pkgconf python3 openssl
    libasio-dev librange-v3-dev libssl-dev zlib1g-dev libboost-test-dev dovecot-imapd)
case ${1-} in
demo) ;;
check) packages+=(git valgrind clang-14 clang-tools-14 clang-format-14 clang-tidy-14) ;;
*)
    echo "usage: tools/setup.sh demo|check" >&2
    exit 64
    ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "setup: not a Debian system; these packages (Debian's names) have to be there: ${packages[*]}" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    # A package that another one replaces (pkg-config, pkgconf) counts as there when it provides the name.
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
((${#missing[@]} == 0)) && exit 0

if ((EUID == 0)); then
    root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    root=(sudo -n)
else
    echo "Some packages are missing. Run this once, then try again:" >&2
    echo "    sudo apt-get install --no-install-recommends -y ${missing[*]}" >&2
    exit 69
fi

echo "setup: installing ${missing[*]}"
log=$(mktemp)
guard=/usr/sbin/policy-rc.d
guarded=no
cleanup() {
    rm -f "$log"
    if [[ $guarded == yes ]]; then "${root[@]}" rm -f "$guard"; fi
}
trap cleanup EXIT
# Debian starts a server when it installs it. Ours is private, and no other shall run for its sake.
if [[ ! -e $guard ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$guard" >/dev/null
    "${root[@]}" chmod 755 "$guard"
    guarded=yes
fi
install() {
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends -y "${missing[@]}" </dev/null >>"$log" 2>&1
}
# The list of packages may be absent or old: refresh it only then.
if ! install; then
    "${root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null >>"$log" 2>&1 || true
    if ! install; then
        tail -n 20 "$log" >&2
        echo "setup: apt-get could not install ${missing[*]}" >&2
        exit 69
    fi
fi
