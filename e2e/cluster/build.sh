#!/bin/bash
# Builds what the cluster is made of and prints the folder that holds it, the last line of stdout.
#
#   build.sh         testcluster with its links (kubectl, kubelet, ...), pause.tar, gs.tar, mkoci
#   build.sh kwok    kwok too
#
# containerd and runc are this machine's, else Debian's packages, unpacked beside the rest.
# A result is kept under ${PADDOCK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/paddock-cluster}/<hash of its sources>/, so that a second call is instant.
set -euo pipefail
D=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${PADDOCK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/paddock-cluster}
export CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" GOWORK=off

PATH=$PATH:/usr/sbin:/sbin:/usr/local/go/bin
has() { command -v "$1" >/dev/null; }
missing=
for p in iproute2:ip jq:jq openssl:openssl curl:curl util-linux:nsenter; do has "${p#*:}" || missing+=" ${p%%:*}"; done

hash() { (cd "$D" && sha256sum -- $@ | sha256sum | cut -c1-16); } # patterns are the folder's, not the caller's
built() { # FOLDER FUNCTION: FOLDER appears whole or not at all
  [ -d "$1" ] && return 0
  command -v go >/dev/null || { echo "missing: Go 1.24 or later, to build $(basename "$1")" >&2; return 1; }
  mkdir -p "$CACHE"; exec 9>"$1.lock"; flock 9
  if [ ! -d "$1" ]; then local t; t=$(mktemp -d "$1.XXXX"); trap 'rm -rf "$t"' EXIT; chmod 755 "$t"; $2 "$t" >&2; mv -T "$t" "$1"; trap - EXIT; fi
  rm -f "$1.lock"; exec 9>&-
}
patiently() { # CMD...: says every minute that it still runs
  local p t=$SECONDS n=60; "$@" & p=$!
  while kill -0 "$p" 2>/dev/null; do sleep 1; if ((SECONDS - t >= n)); then echo "still building, $((SECONDS - t)) s"; n=$((n + 60)); fi; done
  wait "$p"
}
cluster() {
  cd "$D"
  local v x maj min; v=$(go list -m -f '{{.Version}}' k8s.io/kubernetes); x=k8s.io/component-base/version; IFS=. read -r maj min _ <<<"${v#v}"
  echo "building testcluster (Kubernetes $v): 2 min of CPU with a warm Go cache, 9 with a cold one" >&2
  patiently go build -ldflags "-s -w -X $x.gitVersion=$v -X $x.gitMajor=$maj -X $x.gitMinor=$min -X $x.gitTreeState=clean -X $x.buildDate=1970-01-01T00:00:00Z -X k8s.io/client-go/pkg/version.gitVersion=$v" -o "$1/testcluster" .
  for n in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl; do ln -s testcluster "$1/$n"; done
}
images() {
  cd "$D/images"
  go build -ldflags "-s -w" -o "$1/" ./tools/mkoci ./tools/pause ./gs
  "$1/mkoci" -o "$1/pause.tar" -ref localhost/pause:1 -entrypoint '["/pause"]' "$1/pause=/pause"
  "$1/mkoci" -o "$1/gs.tar" -ref localhost/gs:1 -user 65532 -entrypoint '["/gs"]' "$1/gs=/gs"
  rm "$1/pause" "$1/gs"
}
kwok() { cd "$D/kwok"; go build -ldflags "-s -w" -o "$1/kwok" sigs.k8s.io/kwok/cmd/kwok; }

debian() { # containerd and runc, unpacked: nothing is installed, no service starts
  cd "$1"
  echo "getting Debian's containerd and runc (unpacked, not installed)" >&2
  get() { apt-get -q -o APT::Sandbox::User=root download containerd runc; }
  get || { apt-get -q update && get; }
  for p in *.deb; do dpkg -x "$p" .; rm "$p"; done
}
if ! has containerd || ! has runc; then
  if has apt-get && has dpkg; then (built "$CACHE/debian" debian); else missing+=" containerd runc"; fi
fi
[ -z "$missing" ] || { echo "missing: apt-get install -y --no-install-recommends$missing" >&2; exit 1; }

B=$CACHE/$(hash go.mod go.sum './*.go'); I=$CACHE/images-$(hash images/go.mod 'images/*/*.go' 'images/tools/*/*.go'); K=$CACHE/kwok-$(hash kwok/go.mod kwok/go.sum)
(built "$B" cluster)   # each in a shell of its own: cd, lock, trap
(built "$I" images)
for f in pause.tar gs.tar mkoci; do ln -sfn "../${I##*/}/$f" "$B/$f"; done
if [ "${1:-}" = kwok ]; then (built "$K" kwok); ln -sfn "../${K##*/}/kwok" "$B/kwok"; fi
echo "$B"
