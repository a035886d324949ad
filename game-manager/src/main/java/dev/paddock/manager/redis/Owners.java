package dev.paddock.manager.redis;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which server of a cluster had each slot last; also while nobody has it. */
final class Owners {
    private final Map<Integer, String> nodeIds = HashMap.newHashMap(SlotHash.SLOT_COUNT);

    Owners(Collection<RedisClusterNode> nodes) {
        haveChanged(nodes);
    }

    /** Takes in what is so now; whether a slot has passed from one server to another. */
    synchronized boolean haveChanged(Collection<RedisClusterNode> nodes) {
        boolean changed = false;
        for (RedisClusterNode node : nodes) {
            for (int slot : node.getSlots()) {
                String before = nodeIds.put(slot, node.getNodeId());
                changed |= before != null && !before.equals(node.getNodeId());
            }
        }
        return changed;
    }
}
