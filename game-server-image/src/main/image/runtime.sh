#!/usr/bin/env bash
# runtime.sh OUT BASE MODULES: what an image of ours stands on, below OUT:
#   java/   a Java runtime of MODULES alone; one that this JDK has made before stays
#   libc/   the C library, its loader, and the two files it reads; empty if BASE, which then has them, is not "scratch"
# The same input gives the same files, so images of the same modules share these layers.
set -euo pipefail
out=$1 base=$2 modules=$3

die() {
  echo "image: $*" >&2
  exit 1
}
[ "$(uname)" = Linux ] || die "needs Linux: it takes the Java runtime of this machine for the image's."
[ -x "${JAVA_HOME:-}/bin/jlink" ] || die "JAVA_HOME is '${JAVA_HOME:-}': set it to a JDK, of which jlink makes the image's runtime."

# Said last, so that what was left half-way is made anew.
made="$(sha256sum <"$JAVA_HOME/release") $modules"
if [ "$(cat "$out/java.made" 2>/dev/null)" != "$made" ]; then
  rm -rf "$out/java" "$out/java.made"
  mkdir -p "$out"
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --output "$out/java" --no-header-files --no-man-pages
  echo "$made" >"$out/java.made"
fi

rm -rf "$out/libc"
mkdir -p "$out/libc"
# What the runtime asks for, under the names under which its loader looks: no base image, so this machine's.
if [ "$base" = scratch ]; then
  find "$out/java" -type f -name '*.so' -exec ldd {} + |
    sed -n 's/^\t\(.* => \)\{0,1\}\(\/[^ ]*\) (0x.*/\2/p' | grep -v "^$out" | sort -u >"$out/libraries"
  libc=$(grep '/libc\.so\.6$' "$out/libraries") || die "the Java runtime of this machine uses no glibc: set paddock.image.base."
  # Names of hosts: in libc.so.6 itself since glibc 2.34, loaded by name before.
  find "${libc%/*}" -maxdepth 1 -name 'libnss_files.so.2' -o -name 'libnss_dns.so.2' -o -name 'libresolv.so.2' >>"$out/libraries"
  while read -r library; do
    mkdir -p "$out/libc${library%/*}"
    cp -L "$library" "$out/libc$library"
  done <"$out/libraries"
  mkdir -p "$out/libc/etc"
  echo 'hosts: files dns' >"$out/libc/etc/nsswitch.conf"
  echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >"$out/libc/etc/passwd"
fi
