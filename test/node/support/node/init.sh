#!/usr/bin/env bash
# Process 1 of a node: it has process numbers, mounts and a network of its own, so that everything below it ends with
# it, mounts, bridge and firewall rules included. Settings come from index.ts by the environment.
set -euo pipefail
exec >"$NODE_DIR/logs/init.log" 2>&1

# Volumes that pods mount are seen by other pods that share them, but not by this machine.
mount --make-rshared /
mount --bind "$NODE_DIR/run" /run
mount --bind "$NODE_DIR/var-lib" /var/lib
mount --bind "$NODE_DIR/var-log" /var/log

# For everyone, as udev makes it on other machines: https://github.com/systemd/systemd/blob/main/rules.d/50-udev-default.rules.in
rm -f "$NODE_DIR/fuse"
mknod -m 666 "$NODE_DIR/fuse" c 10 229
mount --bind "$NODE_DIR/fuse" /dev/fuse

ip link set lo up
until ip link show uplink >/dev/null 2>&1; do sleep 0.05; done
ip link add pods type bridge
ip address add "$BRIDGE_ADDRESS/24" dev pods
ip link set uplink master pods
ip link set uplink up
ip link set pods up

# Answers of a Service come from its own address only if they too pass the firewall.
echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
echo 1 >/proc/sys/net/ipv4/ip_forward
nft -f - <<RULES
table ip node {
    chain input {
        type filter hook input priority 0;
        tcp dport 10250 ip saddr != $HOST_ADDRESS drop
    }
}
RULES

declare -A names
start() {
    local name=$1
    shift
    "$@" >"$NODE_DIR/logs/$name.log" 2>&1 &
    names[$!]=$name
}

start containerd containerd --config "$NODE_DIR/config/containerd.toml"
until ctr version >/dev/null 2>&1; do
    kill -0 $! 2>/dev/null || break
    sleep 0.1
done
ctr --namespace k8s.io images import "$NODE_DIR/config/pause.tar"
start coredns coredns -conf "$NODE_DIR/config/Corefile"
start kube-proxy kube-proxy --config="$NODE_DIR/config/kube-proxy.yaml" --hostname-override="$NODE_NAME"
start kubelet kubelet --config="$NODE_DIR/config/kubelet.yaml" --kubeconfig="$NODE_DIR/config/kubeconfig" \
    --hostname-override="$NODE_NAME" --node-ip="$BRIDGE_ADDRESS" --node-labels="$NODE_LABELS"

# Also waits for what the programs leave to process 1.
ended=
while [[ -z $ended || -z ${names[$ended]:-} ]]; do
    ended=
    wait -n -p ended || true
done
echo "${names[$ended]} ended"
exit 1
