# Sourced by the other scripts: names, addresses, helpers.
D=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
RUN=${PADDOCK_CLUSTER_RUN:-$D/.run}         # all state
NET=${PADDOCK_CLUSTER_NET:-10.97.0}         # /24 of the bridge: .1 API server, .11 to .19 nodes 1 to 9, .254 this machine
SVC=${PADDOCK_CLUSTER_SVC:-10.96.0}         # /24 of Services; .1 is the API server's
POD=${PADDOCK_CLUSTER_POD:-10.98}           # /16 of Pods that are not on the host network: one /24 for each node
API=https://$NET.1:6443 CP=paddock-cp HOSTIF=paddock0
DEBIAN=${PADDOCK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/paddock-cluster}/debian   # containerd and runc, if this machine has none
PATH=$PATH:/usr/sbin:/sbin:$DEBIAN/usr/sbin:$DEBIAN/usr/bin
export KUBECONFIG=$RUN/admin.kubeconfig

die() { echo "$*" >&2; exit 1; }
alive() { # NAME: does the recorded process still run (same start time; a zombie does not)?
  local p s st; { read -r p s < "$RUN/pids/$1" && read -ra st < "/proc/$p/stat"; } 2>/dev/null || return 1
  [ "${st[21]}" = "$s" ] && [ "${st[2]}" != Z ]
}
pid() { local p; read -r p _ < "$RUN/pids/$1" && echo "$p"; }
wait_for() { # SECONDS NAME CMD...
  local i; for ((i = 0; i < $1 * 20; i++)); do "${@:3}" >/dev/null 2>&1 && return 0; sleep 0.05; done
  echo "gave up waiting for $2; see $RUN/log" >&2; return 1
}
api() { curl -sSf -m 10 --cacert "$RUN/pki/ca.crt" --cert "$RUN/pki/admin.crt" --key "$RUN/pki/admin.key" "$API$1" "${@:2}"; }
in_cp() { nsenter --net="/run/netns/$CP" -- "$@"; }
in_node() { nsenter -t "$(pid "node$1")" --mount --net --uts --pid -- "${@:2}"; }
ctr_in() { in_node "$1" ctr -a /run/containerd/containerd.sock -n k8s.io "${@:2}"; }
nodes() { local f; for f in "$RUN"/node[0-9]*; do [ -d "$f" ] && echo "${f##*/node}"; done | sort -n; }
ready() { # N [SECONDS]: by a sign of life since then
  api "/api/v1/nodes/node$1" | jq -e --argjson t "${2:-0}" '.status.conditions[]|select(.type=="Ready" and .status=="True" and (.lastHeartbeatTime|fromdate)>=$t)' >/dev/null
}

# cgroups: each node's Pods are below /paddock/nodeN, in every hierarchy (cgroup v1) or in the one (v2)
cgroup_roots() { if [ -e /sys/fs/cgroup/cgroup.controllers ]; then echo /sys/fs/cgroup; else find /sys/fs/cgroup -mindepth 1 -maxdepth 1 -type d; fi; }
make_cgroup() { # nodeN
  local r d f
  for r in $(cgroup_roots); do
    for d in "$r" "$r/paddock"; do # v2: hand the controllers down
      [ -e "$d/cgroup.subtree_control" ] && [ "$r" = /sys/fs/cgroup ] && for f in $(cat "$d/cgroup.controllers"); do echo "+$f" > "$d/cgroup.subtree_control"; done 2>/dev/null
      [ "$d" = "$r" ] && mkdir -p "$r/paddock"
    done
    mkdir -p "$r/paddock/$1"
    for d in "$r/paddock" "$r/paddock/$1"; do for f in cpuset.cpus cpuset.mems; do # v1: an empty cpuset takes no process
      [ -e "$r/cpuset.cpus" ] && [ -z "$(cat "$d/$f")" ] && cat "${d%/*}/$f" > "$d/$f"; done; done
  done
  return 0
}
rm_cgroup() { # [nodeN]
  local r i; for r in $(cgroup_roots); do [ -d "$r/paddock${1:+/$1}" ] && for ((i = 0; i < 40; i++)); do
    find "$r/paddock${1:+/$1}" -depth -type d -exec rmdir {} + 2>/dev/null && break; sleep 0.05; done; done
  return 0
}

start_node() { # N: its process 1 records itself; SINCE is for ready
  local n=node$1; SINCE=0; alive "$n" && return 0
  if [ -n "$(ls -A "$RUN/$n/kubelet")" ]; then # started again: heartbeats count whole seconds, so its old ones must be a second back
    SINCE=$(($(date +%s) + 1)); while [ "$(date +%s)" -lt "$SINCE" ]; do sleep 0.05; done
  fi
  make_cgroup "$n"; rm -f "$RUN/pids/$n"
  setsid nohup nsenter --net="/run/netns/paddock-$n" -- unshare --mount --uts --pid --fork --kill-child "$D/node-init.sh" "$1" "$RUN" "$BIN" >>"$RUN/log/$n.log" 2>&1 </dev/null 8>&- &
  wait_for 10 "$n" test -s "$RUN/pids/$n"
}
kill_node() { # N: process 1 of a pid namespace takes everything in it along: kubelet, containerd, shims, Pods; and their mounts
  local n=node$1 i; if alive "$n"; then
    kill -KILL "$(pid "$n")"; for ((i = 0; i < 400; i++)); do alive "$n" || break; sleep 0.025; done
    alive "$n" && { echo "$n does not die" >&2; return 1; }
  fi
  rm -f "$RUN/pids/$n"; rm_cgroup "$n"
}
