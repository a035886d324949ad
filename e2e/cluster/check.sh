#!/bin/bash
# Checks a running cluster of at least two nodes (NODES=3 KWOK=1 ./up.sh) and measures it: takes 1 min, leaves nothing in it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
BIN=$(cat "$RUN/bin") N=$(nodes | wc -l) fails=0
k() { "$BIN/kubectl" "$@"; }
now() { echo "${EPOCHREALTIME/./}"; }
took() { awk "BEGIN{printf \"%.2f s\", ($(now)-$1)/1e6}"; }
ok() { echo "ok    $*"; }
try() { local w=$1 t; t=$(now); shift; if "$@" >/dev/null 2>&1; then ok "$w ($(took "$t"))"; else echo "FAIL  $w"; fails=$((fails + 1)); fi; }
tcp() { curl -fsS -m 3 "http://$NET.1$1:7777$2"; }
udp() { local a; exec 3<>"/dev/udp/$NET.1$1/7777"; echo -n hi >&3; a=$(timeout 2 head -c 7 <&3); exec 3>&-; [ "$a" = "echo hi" ]; }
not_ready() { ! ready "$1"; }
ready_fake() { api /api/v1/nodes/fake1 | jq -e '.status.conditions[]|select(.type=="Ready" and .status=="True")'; }
phase() { [ "$(api "/api/v1/namespaces/default/pods/$1" | jq -r .status.phase)" = "$2" ]; }
gone() { ! api "/api/v1/namespaces/default/pods/$1"; }
evicted() { [ -n "$(k get pods -l app=check --field-selector "spec.nodeName=node$1" -o jsonpath='{.items[*].metadata.deletionTimestamp}')" ]; }
pod() { # NAME NODE IMAGE
  cat <<Y
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1"},"spec":{"nodeName":"$2","hostNetwork":true,"restartPolicy":"Never","terminationGracePeriodSeconds":2,
 "tolerations":[{"operator":"Exists"}],"containers":[{"name":"gs","image":"$3","imagePullPolicy":"Never"}]}}
Y
}
trap 'rm -f "$RUN/pod.json"; k delete deploy/check rolebinding/check node/fake1 --ignore-not-found >/dev/null 2>&1; k delete pod -l "!app" --force --grace-period=0 >/dev/null 2>&1; [ -z "${S:-}" ] || kill "$S"' EXIT
"$D/load.sh" "$BIN/gs.tar"
k create rolebinding check --clusterrole=view --serviceaccount=default:default >/dev/null
k apply -f - >/dev/null <<Y
apiVersion: apps/v1
kind: Deployment
metadata: {name: check}
spec:
  replicas: $N
  selector: {matchLabels: {app: check}}
  template:
    metadata: {labels: {app: check}}
    spec:
      hostNetwork: true
      terminationGracePeriodSeconds: 2
      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: check}}, topologyKey: kubernetes.io/hostname}]}}
      containers:
      - name: gs
        image: localhost/gs:1
        imagePullPolicy: Never
        env: [{name: PORT, value: "7777"}, {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
Y
try "$N Pods, one on each node" k rollout status deploy/check --timeout=60s
openssl s_server -accept "$NET.254:4222" -cert "$RUN/pki/server.crt" -key "$RUN/pki/server.key" -www >/dev/null 2>&1 </dev/null & S=$!
wait_for 5 "a service here" bash -c "</dev/tcp/$NET.254/4222"
for n in $(nodes); do
  try "node$n: TCP from here to its Pod" tcp "$n" /
  try "node$n: UDP from here to its Pod" udp "$n"
  [ "$(tcp "$n" /incluster | head -1)" = 200 ] && ok "node$n: in-cluster configuration" || { echo "FAIL  node$n: in-cluster configuration"; fails=$((fails + 1)); }
  try "node$n: its Pod reaches a service here" tcp "$n" "/dial?a=$NET.254:4222"
  try "node$n: its Pod reaches another node's" tcp "$n" "/dial?a=$NET.1$((n % N + 1)):7777"
done
try "logs" k logs deploy/check

t=$(now); "$D/node.sh" cut 1
try "cut 1: no TCP" bash -c "! curl -s -m 1 http://$NET.11:7777/"
wait_for 60 x not_ready 1 && ok "cut 1: NotReady after $(took "$t")"
wait_for 60 x evicted 1 && ok "cut 1: its Pod is evicted after $(took "$t")"
try "cut 1: its Pod runs on" "$D/node.sh" exec 1 curl -fsS -m 3 "http://$NET.11:7777/"
t=$(now); "$D/node.sh" heal 1
try "heal 1: TCP" tcp 1 /
wait_for 60 x ready 1 && ok "heal 1: Ready after $(took "$t")"
try "heal 1: a Pod on each node again" k rollout status deploy/check --timeout=60s

t=$(now); "$D/node.sh" kill 1; ok "kill 1 ($(took "$t"))"
[ -z "$(find /sys/fs/cgroup -path '*/paddock/node1' 2>/dev/null)" ] && ok "kill 1: no process and no cgroup left" || { echo "FAIL  kill 1: something is left"; fails=$((fails + 1)); }
wait_for 60 x not_ready 1 && ok "kill 1: NotReady after $(took "$t")"
t=$(now); "$D/node.sh" start 1; ok "start 1: Ready after $(took "$t")"
try "start 1: a Pod on each node again" k rollout status deploy/check --timeout=60s
try "start 1: TCP" bash -c "for i in {1..50}; do curl -fs -m 1 http://$NET.11:7777/ && exit; sleep 0.1; done; false"
k delete deploy/check --wait=false >/dev/null

if alive kwok; then
  k create -f - >/dev/null <<< '{"apiVersion":"v1","kind":"Node","metadata":{"name":"fake1","annotations":{"kwok.x-k8s.io/node":"fake"},"labels":{"type":"kwok"}}}'
  try "KWOK: a node beside" wait_for 20 x ready_fake
  pod fake fake1 none | k create -f - >/dev/null; try "KWOK: a Pod on it runs" wait_for 20 x phase fake Running
  sleep "${GRACE:-9}"; try "KWOK: the node is still Ready" ready_fake
fi

a=() d=()
for i in {1..10}; do
  pod "p$i" "node$((i % N + 1))" localhost/gs:1 > "$RUN/pod.json"; t=$(now)
  api /api/v1/namespaces/default/pods -H 'Content-Type: application/json' --data-binary "@$RUN/pod.json" >/dev/null
  wait_for 30 "p$i" phase "p$i" Running; a+=($((($(now) - t) / 1000))); t=$(now)
  api "/api/v1/namespaces/default/pods/p$i" -X DELETE >/dev/null; wait_for 30 "p$i" gone "p$i"; d+=($((($(now) - t) / 1000)))
done
echo "create -> Running, ms: $(printf '%s\n' "${a[@]}" | sort -n | xargs)"
echo "delete -> gone, ms (SIGTERM handler takes 1000): $(printf '%s\n' "${d[@]}" | sort -n | xargs)"
rm -f "$RUN/pod.json"
echo "$fails failed"; [ "$fails" = 0 ]
