#!/usr/bin/env bash
# assemble.sh OUT JAR CLASSPATH MAIN FLAG...: what Jib puts into the image besides the jars and what runtime.sh has made below OUT:
#   app/    java.args, with which the game is started, and game.aot, its AOT cache
# The game is MAIN, in JAR and the jars of CLASSPATH, which Jib puts into /app/classpath and /app/libs.
set -euo pipefail
# Nothing of the shell of who builds goes into the cache.
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS
out=$1 jar=$2 class_path=$3 main=$4
shift 4

die() {
  echo "image: $*" >&2
  exit 1
}
rm -rf "$out/app" "$out/staged"
mkdir -p "$out/app"

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
