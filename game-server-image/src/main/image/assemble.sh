#!/usr/bin/env bash
# assemble.sh OUT BASE MODULES JAR CLASSPATH MAIN FLAG...: what Jib puts into the image besides the jars, below OUT:
#   libc/   the C library, its loader, and the two files it reads; empty if BASE, which then has them, is not "scratch"
#   java/   a Java runtime of MODULES alone
#   app/    java.args, with which the game is started, and game.aot, its AOT cache
# The game is MAIN, in JAR and the jars of CLASSPATH, which Jib puts into /app/classpath and /app/libs.
set -euo pipefail
# Nothing of the shell of who builds goes into the cache.
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS
out=$1 base=$2 modules=$3 jar=$4 class_path=$5 main=$6
shift 6

die() {
  echo "image: $*" >&2
  exit 1
}
[ "$(uname)" = Linux ] || die "needs Linux: it takes the Java runtime of this machine for the image's."
[ -x "${JAVA_HOME:-}/bin/jlink" ] || die "JAVA_HOME is '${JAVA_HOME:-}': set it to a JDK, of which jlink makes the image's runtime."

rm -rf "$out"
mkdir -p "$out/libc" "$out/app"

"$JAVA_HOME/bin/jlink" --add-modules "$modules" --output "$out/java" --no-header-files --no-man-pages

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

# The jars as the image will have them, so that the cache fits: the JVM compares names, order, sizes and times.
staged=$out/staged/app
mkdir -p "$staged/classpath" "$staged/libs"
cp "$jar" "$staged/classpath/"
names=(classpath/"${jar##*/}")
while read -r library; do
  cp "$library" "$staged/libs/"
  names+=(libs/"${library##*/}")
done < <(tr ':' '\n' <"$class_path")
find "$out/java" "$staged" -exec touch -d @1 {} +

# $1: where the image's /app is
class_path_in() {
  local IFS=:
  echo "${names[*]/#/$1/}"
}
printf '%s\n' -XX:AOTCache=/app/game.aot "$@" -cp "$(class_path_in /app)" "$main" >"$out/app/java.args"

# Each training makes another cache of the same use: one that is there for just this program stays, and with it the layer.
program=$({
  cat "$out/app/java.args" "$out/java/release" "$out/java/lib/modules" "$out/java/lib/server/libjvm.so"
  cd "$staged" && cat "${names[@]}"
} | sha256sum | cut -c 1-16)
kept=$out-caches/$program.aot
if [ ! -s "$kept" ]; then
  rm -rf "$out-caches"
  mkdir -p "$out-caches"
  "$out/java/bin/java" -XX:AOTCacheOutput="$kept.new" -Xlog:aot=error -Xlog:cds=error "$@" \
    -cp "$(class_path_in "$staged")" "$main" rehearse >"$out/training.log" 2>&1 ||
    die "the game's rehearsal failed, with which its AOT cache is made: $(tail -n 20 "$out/training.log")"
  mv "$kept.new" "$kept" || die "no AOT cache was made; see $out/training.log"
fi
cp "$kept" "$out/app/game.aot"
