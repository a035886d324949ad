#!/bin/bash
# Starts a Kubernetes cluster whose every address is in network namespaces of its own; idempotent. Root only. The last line of stdout is KUBECONFIG=FILE.
#
#   NODES=3        nodes 1 to 3 (default 1; 9 at most); more may be added to a running cluster
#   KWOK=1         KWOK too: it plays every node with the annotation kwok.x-k8s.io/node=fake
#   GRACE=8        seconds without a sign of life after which a node is NotReady
#   EVICT_AFTER=5  seconds after which the Pods of such a node are evicted, where they do not say otherwise
#   TOPOLOGY="eu/eu-a us/us-a"   region/zone of node 1, 2, ...; repeats from its start (default: local/local-a)
#   NODE_LABELS=a=b,c=d          labels for the nodes started now
#   TIMES=1        says on stderr when what was ready
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
NODES=${NODES:-1} KWOK=${KWOK:-0} GRACE=${GRACE:-8} EVICT_AFTER=${EVICT_AFTER:-5} T0=$EPOCHREALTIME
mark() { [ -z "${TIMES:-}" ] || awk "BEGIN{printf \"%6.2f s  %s\\n\", $EPOCHREALTIME-$T0, \"$*\"}" >&2; }
[ "$(id -u)" = 0 ] || die "a cluster of this machine's own needs root"
unshare --net --mount --uts --pid --fork true 2>/dev/null || die "a cluster of this machine's own needs namespaces, and nobody may make them here (a container without CAP_SYS_ADMIN?)"
[[ $NODES =~ ^[1-9]$ ]] || die "NODES: 1 to 9"
[ ! -e "/run/netns/$CP" ] || [ -e "$RUN/owner" ] || die "another cluster runs on this machine (network namespace $CP): ./paddock cluster down, there where it was started"
BIN=${PADDOCK_CLUSTER_BIN:-$("$D/build.sh" "$([ "$KWOK" = 1 ] && echo kwok)" | tail -1)}
for d in "$RUN" "$BIN"; do case $d in /run/*|/var/run/*|/var/log/*|/var/lib/kubelet/*) die "$d: a node sees its own /run and /var/log, put this elsewhere" ;; esac; done
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
mkdir -p "$RUN"/{pids,log,pki,etcd}
exec 8>"$RUN/lock"; flock 8
echo "$BIN" > "$RUN/bin"

start() { # NAME CMD...: in the control plane's namespace
  alive "$1" && return 0
  setsid nohup nsenter --net="/run/netns/$CP" -- "${@:2}" >>"$RUN/log/$1.log" 2>&1 </dev/null 8>&- &
  echo "$! $(cut -d' ' -f22 /proc/$!/stat)" > "$RUN/pids/$1"
}

# --- network: a bridge in $CP, a veth from it to this machine and one to each node
exec 7</run; flock 7   # of two that start at once, one makes it
if [ ! -e "/run/netns/$CP" ]; then
  ! ip -br addr | grep -qE "[[:space:]]$NET\." || die "$NET.0/24 is in use here: set PADDOCK_CLUSTER_NET"
  for n in $(nodes); do kill_node "$n"; done; rm -rf "$RUN"/{etcd,node[0-9]*}; mkdir -p "$RUN/etcd"   # of a cluster that the machine's restart ended
  : > "$RUN/owner"; grep -q ' /run/netns ' /proc/mounts || echo umount /run/netns >> "$RUN/owner"   # ip netns mounts it upon itself
  ip netns add $CP
  ip -n $CP link set lo up
  ip -n $CP link add br0 type bridge
  ip -n $CP addr add "$NET.1/24" dev br0
  ip -n $CP addr add "$SVC.1/32" dev lo
  ip -n $CP link set br0 up
elif [ ! -e "$RUN/owner" ]; then die "another cluster has just started on this machine"; fi
exec 7>&-
if [ ! -e /sys/class/net/$HOSTIF ]; then
  ip link add $HOSTIF type veth peer name host netns $CP
  ip -n $CP link set host master br0 up
  ip addr add "$NET.254/24" dev $HOSTIF
  ip link set $HOSTIF up
fi
for ((i = 1; i <= NODES; i++)); do
  if [ ! -e "/run/netns/paddock-node$i" ]; then
    ip netns add "paddock-node$i"
    ip -n "paddock-node$i" link set lo up
    ip -n $CP link add "node$i" type veth peer name eth0 netns "paddock-node$i"
    ip -n $CP link set "node$i" master br0
    ip -n "paddock-node$i" addr add "$NET.1$i/24" dev eth0
    ip -n "paddock-node$i" link set eth0 up
    ip -n "paddock-node$i" route add "$SVC.0/24" via "$NET.1"
  fi
  ip -n $CP link set "node$i" up
done

# --- certificates: a CA, the server's, the admin's (also the API server's towards the kubelet), the service accounts' key
san="DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$NET.1,IP:$SVC.1"
if [ "$(cat "$RUN/pki/san" 2>/dev/null)" != "$san" ]; then (
  cd "$RUN/pki"; umask 077; printf '[req]\ndistinguished_name=dn\n[dn]\n' > req.cnf
  gen="openssl req -x509 -config req.cnf -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650"
  $gen -subj /CN=testcluster-ca -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,digitalSignature -keyout ca.key -out ca.crt
  $gen -CA ca.crt -CAkey ca.key -subj /CN=kube-apiserver -addext extendedKeyUsage=serverAuth -addext "subjectAltName=$san" -keyout server.key -out server.crt
  ${gen%-newkey*} -newkey rsa:2048 -nodes -days 3650 -CA ca.crt -CAkey ca.key -subj /O=system:masters/CN=admin -addext extendedKeyUsage=clientAuth -keyout admin.key -out admin.crt   # RSA: the fabric8 client does not read an EC key in PKCS#8
  openssl ecparam -name prime256v1 -genkey -noout -out sa.key
  echo "$san" > san
) 2>"$RUN/log/openssl.log"; fi
(umask 077; cat > "$KUBECONFIG") <<Y
apiVersion: v1
kind: Config
current-context: testcluster
clusters: [{name: testcluster, cluster: {server: "$API", certificate-authority-data: $(base64 -w0 "$RUN/pki/ca.crt")}}]
users: [{name: admin, user: {client-certificate-data: $(base64 -w0 "$RUN/pki/admin.crt"), client-key-data: $(base64 -w0 "$RUN/pki/admin.key")}}]
contexts: [{name: testcluster, context: {cluster: testcluster, user: admin}}]
Y
[ -z "${SUDO_UID:-}" ] || chown "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$KUBECONFIG"

# --- control plane
start etcd "$BIN/etcd" --name=testcluster --data-dir="$RUN/etcd" --unsafe-no-fsync --log-level=warn \
  --listen-client-urls=http://127.0.0.1:2379 --advertise-client-urls=http://127.0.0.1:2379 --listen-peer-urls=http://127.0.0.1:2380 \
  --initial-advertise-peer-urls=http://127.0.0.1:2380 --initial-cluster=testcluster=http://127.0.0.1:2380
wait_for 30 etcd in_cp curl -fs http://127.0.0.1:2379/health
mark etcd
start kube-apiserver env TESTCLUSTER_FORWARD="$SVC.1:443=$NET.1:6443" "$BIN/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 --bind-address=0.0.0.0 --secure-port=6443 --advertise-address="$NET.1" \
  --service-cluster-ip-range="$SVC.0/24" --tls-cert-file="$RUN/pki/server.crt" --tls-private-key-file="$RUN/pki/server.key" --client-ca-file="$RUN/pki/ca.crt" \
  --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$RUN/pki/sa.key" --service-account-signing-key-file="$RUN/pki/sa.key" \
  --authorization-mode=Node,RBAC --allow-privileged=true --profiling=false --v=0 \
  --default-not-ready-toleration-seconds="$EVICT_AFTER" --default-unreachable-toleration-seconds="$EVICT_AFTER" \
  --kubelet-client-certificate="$RUN/pki/admin.crt" --kubelet-client-key="$RUN/pki/admin.key" --kubelet-preferred-address-types=InternalIP

# --- nodes: containerd starts beside the API server
[ -d /var/lib/kubelet ] || { mkdir /var/lib/kubelet; echo rmdir /var/lib/kubelet >> "$RUN/owner"; }   # the place for a mount that only the node sees
read -ra topology <<< "${TOPOLOGY:-local/local-a}"
caps=$(awk '/^CapEff/{print $2}' /proc/self/status); restrict=$([ $((0x$caps >> 24 & 1)) = 1 ] && echo false || echo true)
for ((i = 1; i <= NODES; i++)); do
  alive "node$i" && continue
  R=$RUN/node$i t=${topology[(i - 1) % ${#topology[@]}]}; mkdir -p "$R"/{containerd,kubelet,cni,pods}
  echo "$NET.1$i" > "$R/ip"
  echo "topology.kubernetes.io/region=${t%%/*},topology.kubernetes.io/zone=${t#*/}${NODE_LABELS:+,$NODE_LABELS}" > "$R/labels"
  grep -vE '^nameserver (127\.|::1)' /etc/resolv.conf > "$R/resolv.conf" 2>/dev/null || true
  cat > "$R/cni/10-bridge.conflist" <<Y
{"cniVersion":"0.4.0","name":"testcluster","plugins":[{"type":"bridge","bridge":"pods0","isGateway":true,
 "ipam":{"type":"host-local","dataDir":"$R/cni/ipam","ranges":[[{"subnet":"$POD.$i.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}}]}
Y
  cat > "$R/containerd.toml" <<Y
version = 2
root = "$R/containerd"
state = "/run/containerd/state"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs", "io.containerd.internal.v1.opt"]
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  restrict_oom_score_adj = $restrict   # true where root lacks CAP_SYS_RESOURCE: a negative oom_score_adj would make runc fail
  sandbox_image = "localhost/pause:1"
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$R/cni"
Y
  cat > "$R/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NET.1$i
port: 10250
readOnlyPort: 0
healthzBindAddress: 127.0.0.1
healthzPort: 10248
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: $RUN/pki/ca.crt}}
authorization: {mode: AlwaysAllow}
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /paddock/node$i
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
evictionHard: {memory.available: "0%", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%", imagefs.inodesFree: "0%"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
localStorageCapacityIsolation: false
makeIPTablesUtilChains: false
registerNode: true
rotateCertificates: false
resolvConf: $R/resolv.conf
clusterDomain: cluster.local
clusterDNS: [$SVC.10]
maxPods: 250
podLogsDir: $R/pods
volumePluginDir: $R/kubelet/volumeplugins
serializeImagePulls: false
kubeAPIQPS: 200
kubeAPIBurst: 400
eventRecordQPS: 0
nodeStatusUpdateFrequency: $((GRACE / 4 > 1 ? GRACE / 4 : 1))s
nodeStatusReportFrequency: 1m
nodeLeaseDurationSeconds: $((GRACE > 4 ? GRACE : 4))
Y
done
wait_for 60 kube-apiserver api /readyz
mark API server ready
for ((i = 1; i <= NODES; i++)); do start_node "$i"; since[i]=$SINCE; done
start kube-controller-manager "$BIN/kube-controller-manager" --kubeconfig="$KUBECONFIG" --kube-api-qps=500 --kube-api-burst=1000 --leader-elect=false --secure-port=0 \
  --root-ca-file="$RUN/pki/ca.crt" --service-account-private-key-file="$RUN/pki/sa.key" --flex-volume-plugin-dir="$RUN/flex" --profiling=false --v=0 \
  --node-monitor-period=1s --node-monitor-grace-period="${GRACE}s" --node-eviction-rate=10 --secondary-node-eviction-rate=10 --large-cluster-size-threshold=0
start kube-scheduler "$BIN/kube-scheduler" --kubeconfig="$KUBECONFIG" --kube-api-qps=500 --kube-api-burst=1000 --leader-elect=false --secure-port=0 --profiling=false --v=0
[ "$KWOK" != 1 ] || start kwok "$BIN/kwok" --kubeconfig="$KUBECONFIG" --manage-all-nodes=false --manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake \
  --cidr="$POD.128.1/17" --node-ip="$NET.2" --node-lease-duration-seconds="$((GRACE > 4 ? GRACE : 4))"
wait_for 60 "the default service account" api /api/v1/namespaces/default/serviceaccounts/default
mark default service account
for ((i = 1; i <= NODES; i++)); do wait_for 60 "node$i" ready "$i" "${since[i]}"; mark "node$i" Ready; done
echo "KUBECONFIG=$KUBECONFIG"
