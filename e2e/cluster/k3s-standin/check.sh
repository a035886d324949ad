#!/bin/bash
# Tries the tests' way over Docker on a machine without one, and without images that can be pulled: an engine of Debian's
# packages (unpacked, not installed), the stand-in in it under the name of K3s, one class of tests on that; then all of it goes
# away again. Root, and what ../README.md needs. Takes two minutes. The cluster's binary is built if it is not there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${PADDOCK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/paddock-cluster}
bin=$("$here/../build.sh" | tail -1)
if [ ! -d "$cache/docker" ]; then
  new=$(mktemp -d "$cache/docker.XXXX")
  get() { apt-get -q -o APT::Sandbox::User=root download docker.io containernetworking-plugins busybox-static containerd runc; }
  (cd "$new" && { get || { apt-get -q update && get; }; } && for deb in *.deb; do dpkg -x "$deb" .; rm "$deb"; done) >&2
  mv -T "$new" "$cache/docker"
fi
export PATH=$cache/docker/usr/sbin:$cache/docker/usr/bin:$PATH DEBIAN=$cache/docker
work=$(mktemp -d)
export WORK=$work DOCKER_HOST=unix://$work/docker.sock
bridge=$([ -e /sys/class/net/docker0 ] || echo docker0)
folders=$(for f in /run/docker /run/containerd; do [ -e "$f" ] || echo "$f"; done)
pid=
end() {
  if [ -n "$pid" ]; then kill "$pid" && for _ in {1..200}; do [ -e "/proc/$pid" ] || break; sleep 0.1; done; fi
  [ -z "$bridge" ] || ip link del "$bridge" 2>/dev/null || true
  rm -rf "$work"
  for f in $folders; do [ ! -e "$f" ] || find "$f" -depth -type d -empty -delete; done
}
trap end EXIT
pid=$("$here/start-dockerd.sh")
BIN=$bin/testcluster PAUSE=$bin/pause.tar "$here/mkimage.sh" >/dev/null
docker tag localhost/testcluster-k3s:v1.34.4 localhost/rancher/k3s:v1.34.1-k3s1
export TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX=localhost/ TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
  TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true
from=$(date +%s)
"$here/../../../paddock" e2e -Dit.test=CustomResourcesE2E -Dfailsafe.failIfNoSpecifiedTests=false "$@"
# The same tests pass on a cluster without Docker: they must have been here.
docker events --since "$from" --until "$(date +%s)" --filter event=start --format '{{.From}}' | grep -q rancher/k3s ||
  { echo "no K3s was started in Docker: the tests ran elsewhere" >&2; exit 1; }
