#!/bin/sh
# packages: what `cpack -G DEB` makes installs and runs on a system that has nothing else: a root
# that debootstrap makes from the mirror that apt uses here. Skipped (77) where that cannot be done.
# Usage: packages.sh BUILD-FOLDER CPACK SAMPLES
set -eu
build=$1 cpack=$2 samples=$3
skip() { echo "skipped: $*"; exit 77; }
fail() { echo "failed: $*"; exit 1; }
command -v dpkg-deb >/dev/null || skip "no dpkg here"
command -v dpkg-shlibdeps >/dev/null || skip "no dpkg-shlibdeps here (dpkg-dev)"
[ "$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$build/CMakeCache.txt")" ] || skip "no build here"

top=$(mktemp -d)
trap 'rm -rf --one-file-system "$top"' EXIT
cd "$build"
"$cpack" -G DEB -B "$top/packages" >"$top/log" 2>&1 || { cat "$top/log"; exit 1; }
cd "$top/packages"
program=$(ls qingwen_*.deb) library=$(ls libqingwen[0-9]*_*.deb) development=$(ls libqingwen-dev_*.deb)
dpkg-deb -c "$program" >"$top/list"
for file in usr/bin/qingwen usr/share/man/man1/qingwen.1.gz usr/share/man/zh_CN/man1/qingwen.1.gz \
    usr/share/doc/qingwen/copyright usr/share/bash-completion/completions/qingwen \
    usr/share/zsh/vendor-completions/_qingwen usr/share/fish/vendor_completions.d/qingwen.fish; do
    grep -q "\./$file\$" "$top/list" || fail "$program lacks $file"
done
dpkg-deb -c "$library" | grep '/libqingwen\.so\.0 -> ' >/dev/null || fail "$library lacks the library"
dpkg-deb -c "$development" | grep '/qingwen\.h$' >/dev/null || fail "$development lacks the header"
echo "packages: $program $library $development"
if command -v lintian >/dev/null; then
    lintian --fail-on error --suppress-tags initial-upload-closes-no-bugs \
        "$program" "$library" "$development" >"$top/lintian" 2>&1 || { cat "$top/lintian"; exit 1; }
    echo "lintian: no errors, $(grep -c '^W:' "$top/lintian" || :) warnings"
fi

[ "$(id -u)" -eq 0 ] || skip "a clean root needs the rights of root"
command -v debootstrap >/dev/null || skip "no debootstrap here"
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' 'Created-By: Packages' |
    awk -v suite="$suite" '$2 == suite { print $1; exit }')
[ -n "$mirror" ] || skip "apt names no mirror for $suite"
# What our packages need, and nothing else: names out of "libc6 (>= 2.34), libxml2 (>= 2.7.4)".
needs=$(for package in "$program" "$library"; do dpkg-deb -f "$package" Depends; done |
    tr ',' '\n' | sed 's/[ ]*(.*//; s/ *|.*//; s/^ *//' | sort -u | paste -s -d ,)
root=$top/root
timeout 420 debootstrap --variant=minbase --include="$needs" "$suite" "$root" "$mirror" \
    >"$top/log" 2>&1 || { tail -3 "$top/log"; skip "debootstrap did not work here"; }
echo "a clean root of $suite with $needs"

cp "$program" "$library" "$root/tmp"
cp -R "$samples" "$root/tmp/samples"
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 chroot "$root" "$@"; }
inside dpkg -i "/tmp/$program" "/tmp/$library" >"$top/log" 2>&1 || { cat "$top/log"; exit 1; }
inside qingwen --version
inside qingwen clean /tmp/samples -o /tmp/out
(cd "$root/tmp" && "$build/src/qingwen" clean samples -o "$top/want" 2>/dev/null)
for file in "$samples"/*; do
    cmp "$root/tmp/out/$(basename "$file")" "$top/want/$(basename "$file")"
done

# A program that was built elsewhere, on the library package.
mkdir "$top/development"
dpkg-deb -x "$development" "$top/development"
dpkg-deb -x "$library" "$top/development"
folder=$(dirname "$(find "$top/development" -name libqingwen.a)")
cat >"$top/use.c" <<'END'
#include <qingwen.h>
#include <stdio.h>
int main(void) {
    return puts(qw_version()) < 0;
}
END
cc -std=c11 "$top/use.c" -o "$root/tmp/use" -I"$top/development/usr/include" -L"$folder" -lqingwen \
    -Wl,--unresolved-symbols=ignore-in-shared-libs
[ "$(inside /tmp/use)" = "$(inside qingwen --version | cut -d' ' -f2)" ] || fail "the library does not work"

inside dpkg --purge qingwen libqingwen0 >"$top/log" 2>&1 || { cat "$top/log"; exit 1; }
[ -z "$(find "$root/usr" -name '*qingwen*')" ] || fail "left: $(find "$root/usr" -name '*qingwen*')"
echo "installed, run and removed"
