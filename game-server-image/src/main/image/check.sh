#!/usr/bin/env bash
# check.sh TAR FOLDER: unpacks the image and plays a match in it with itself, so that an image which lacks something, or whose
# AOT cache does not fit, fails its build and not a match.
set -euo pipefail
tar=$1 folder=$2
root=$folder/root log=$folder/log

die() {
  echo "image: $*" >&2
  exit 1
}
rm -rf "$folder"
mkdir -p "$root/proc" "$root/dev" "$folder/layers"
chmod 755 "$root"
tar -xf "$tar" -C "$folder/layers"
# In their order: a later layer replaces what an earlier one has.
grep -o '[0-9a-f]*\.tar\.gz' "$folder/layers/manifest.json" | while read -r layer; do
  tar --warning=no-unknown-keyword -xzf "$folder/layers/$layer" -C "$root"
done

# As a container would have it, and as its user; without root's rights a user namespace lends them.
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS
inside=(unshare --mount) as=(--userspec=65532:65532)
[ "$(id -u)" = 0 ] || inside=(unshare --user --map-root-user --mount) as=()
# shellcheck disable=SC2016
inside+=(sh -c 'mount --rbind /dev "$0/dev" && mount --rbind /proc "$0/proc" && exec chroot "$@"' "$root" ${as[@]+"${as[@]}"} "$root")
java=/java/bin/java args=/app/java.args
if ! "${inside[@]}" "$java" -version >"$log" 2>&1; then
  echo "image: not tried with its own C library, but with this machine's: $(tail -n 1 "$log")"
  inside=(env)
  sed "s|/app/|$root/app/|g" "$root$args" >"$folder/java.args"
  java=$root$java args=$folder/java.args
fi

# Without AOTMode=on the JVM would go on without the cache, slowly.
"${inside[@]}" "$java" -XX:AOTMode=on -Xlog:class+load:stdout:tags "@$args" rehearse >"$log" 2>&1 ||
  die "it does not work: $(grep -v 'class,load' "$log" | tail -n 20)"
all=$(grep -c 'class,load' "$log")
cached=$(grep -c 'class,load.*shared objects file' "$log" || true)
[ $((cached * 4)) -ge $((all * 3)) ] || die "its AOT cache has only $cached of the $all classes that a match needs: see $log"
echo "image: a match in it went well; its AOT cache has $cached of the $all classes that a match needs"
rm -rf "$root" "$folder/layers"
