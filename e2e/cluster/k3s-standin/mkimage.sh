#!/bin/bash
# Makes the image localhost/testcluster-k3s:v1.34.4, a stand-in for rancher/k3s with the cluster binary inside, in the
# Docker engine that DOCKER_HOST names. BIN: the built cluster binary; PAUSE: the pause image's tar; WORK: a scratch folder.
# Needs openssl, and Debian's containerd, runc, containernetworking-plugins and busybox-static, unpacked in DEBIAN.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${BIN:?}" "${PAUSE:?}" "${DEBIAN:?}" "${DOCKER_HOST:?}"; W=${WORK:-$(mktemp -d)}; I=$W/img; rm -rf "$I"
mkdir -p "$I"/{bin,sbin,usr/bin,usr/sbin,etc,tmp,run,var/run,var/lib,var/log,proc,sys,dev,root,lib64,lib/x86_64-linux-gnu,opt/cni/bin,images}; chmod 1777 "$I/tmp"
cp "$DEBIAN/bin/busybox" "$I/bin/"
for a in $("$I/bin/busybox" --list); do case $a in busybox|dpkg|dpkg-deb|rpm|init) ;; *) ln -s busybox "$I/bin/$a";; esac; done
cp "$BIN" "$I/bin/testcluster"; for n in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl; do ln -s testcluster "$I/bin/$n"; done
B="$DEBIAN/usr/bin/containerd $DEBIAN/usr/bin/containerd-shim-runc-v2 $DEBIAN/usr/sbin/runc /usr/bin/openssl"
cp $B "$I/bin/"; cp "$DEBIAN/usr/bin/ctr" "$I/bin/ctr.real"
printf '#!/bin/sh\nexport CONTAINERD_ADDRESS=${CONTAINERD_ADDRESS:-/run/k3s/containerd/containerd.sock} CONTAINERD_NAMESPACE=${CONTAINERD_NAMESPACE:-k8s.io}\nexec /bin/ctr.real "$@"\n' > "$I/bin/ctr"; chmod +x "$I/bin/ctr"
cp "$DEBIAN"/usr/lib/cni/{bridge,host-local,loopback} "$I/opt/cni/bin/"
for l in $(ldd $B "$DEBIAN/usr/bin/ctr" "$DEBIAN/usr/lib/cni/bridge" | grep -oE '(^|[[:space:]])/lib[^ :]*' | sort -u); do cp -L "$l" "$I$l"; done
cp "$PAUSE" "$I/images/pause.tar"; cp "$here/entry" "$I/bin/k3s"; chmod +x "$I/bin/k3s"
echo 'root:x:0:0:root:/root:/bin/sh' > "$I/etc/passwd"; echo 'root:x:0:' > "$I/etc/group"; echo 'hosts: files dns' > "$I/etc/nsswitch.conf"; : > "$I/etc/openssl.cnf"
tar -C "$I" --numeric-owner --owner=0 --group=0 -c . | docker import -c 'ENTRYPOINT ["/bin/k3s"]' -c 'CMD ["server"]' -c 'ENV PATH=/bin:/usr/bin:/sbin:/usr/sbin' -c 'ENV KUBECONFIG=/etc/rancher/k3s/k3s.yaml' \
  -c 'VOLUME /var/lib/kubelet' -c 'VOLUME /var/lib/rancher/k3s' -c 'VOLUME /var/lib/cni' -c 'VOLUME /var/log' - localhost/testcluster-k3s:v1.34.4
