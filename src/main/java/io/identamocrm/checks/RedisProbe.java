package io.identamocrm.checks;

import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.StateFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;

/** Checks Redis: is it there, is it one to rely on, and does it keep what it is given. */
public final class RedisProbe {

    private static final String ABOUT = "Redis";

    private RedisProbe() {
    }

    /** What there is to say; a Redis that is away is one problem, not an exception. Opens a connection of its own and closes it. */
    public static List<Finding> findings(Settings settings) {
        RedissonClient redis = null;
        try {
            redis = RedisConnection.open(settings.redis());
            StateFormat format = RedisAtStart.check(redis, new RedisKeys(settings.amocrm().account()), false);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok("Redis state", format.text().isEmpty() ? "none with a format yet; this program writes format "
                    + StateFormat.OURS : "format " + format.text() + ", this program writes " + StateFormat.OURS));
            for (RedisNode master : masters(redis, settings.redis().kind())) {
                findings.addAll(check(master, settings.redis().kind()));
            }
            return findings.stream().distinct().toList();
        } catch (RuntimeException e) {
            return Problem.of(e).findings(ABOUT);
        } finally {
            if (redis != null) {
                redis.shutdown(0, 2, TimeUnit.SECONDS);
            }
        }
    }

    private static Collection<? extends RedisNode> masters(RedissonClient redis, Settings.Redis.Kind kind) {
        return switch (kind) {
            case SERVER -> List.of(redis.getRedisNodes(RedisNodes.SINGLE).getInstance());
            case SENTINEL -> List.of(redis.getRedisNodes(RedisNodes.SENTINEL_MASTER_SLAVE).getMaster());
            case CLUSTER -> redis.getRedisNodes(RedisNodes.CLUSTER).getMasters();
        };
    }

    private static List<Finding> check(RedisNode node, Settings.Redis.Kind kind) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> info = node.info(RedisNode.InfoSection.ALL);
        findings.add(Finding.ok(ABOUT, "answers, version " + info.getOrDefault("redis_version", "unknown")
                + (kind == Settings.Redis.Kind.SERVER ? "" : kind == Settings.Redis.Kind.CLUSTER ? ", a cluster"
                : ", chosen by Sentinels")));
        Boolean kept = isKept(node, info);
        if (kept == null) {
            findings.add(Finding.warning("Redis persistence", "cannot be told, as this Redis keeps its configuration to itself",
                    "see that appendonly is on: without it a restart costs a full run, and the tokens of an OAuth integration"));
        } else if (kept) {
            findings.add(Finding.ok("Redis persistence", "on"));
        } else {
            findings.add(Finding.warning("Redis persistence", "off: a restart of Redis costs a full run, and the tokens of an OAuth "
                    + "integration", "set appendonly yes in redis.conf"));
        }
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        boolean bounded = !"0".equals(info.getOrDefault("maxmemory", "0"));
        if (!"noeviction".equals(policy) && bounded) {
            findings.add(Finding.warning("Redis memory", "when its memory is full it throws keys away (" + policy
                    + "), which may be cursors, locks or tokens", "set maxmemory-policy noeviction in redis.conf"));
        } else {
            findings.add(Finding.ok("Redis memory", "nothing is thrown away"));
        }
        if (kind != Settings.Redis.Kind.SERVER && "0".equals(configured(node, "min-replicas-to-write"))) {
            findings.add(Finding.warning("Redis failover", "a master that is cut off from the others goes on taking what will be lost",
                    "set min-replicas-to-write 1 and min-replicas-max-lag 10 in redis.conf"));
        }
        return findings;
    }

    /** Null if Redis does not let us see. */
    private static String configured(RedisNode node, String parameter) {
        try {
            return node.getConfig(parameter).get(parameter);
        } catch (RedisException e) {
            return null;
        }
    }

    /** Null if Redis does not let us see. */
    private static Boolean isKept(RedisNode node, Map<String, String> info) {
        if ("1".equals(info.get("aof_enabled"))) {
            return true;
        }
        String save = configured(node, "save");
        return save == null ? null : !save.isBlank();
    }
}
