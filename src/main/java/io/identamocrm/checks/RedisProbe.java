package io.identamocrm.checks;

import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;

/** Checks Redis: is it there, is it new enough, and does it keep what it is given. */
public final class RedisProbe {

    private static final String ABOUT = "Redis";
    private static final int LEAST_VERSION = 6;

    private RedisProbe() {
    }

    /** What there is to say; a Redis that is away is one problem, not an exception. Opens a connection of its own and closes it. */
    public static List<Finding> findings(Settings.Redis settings) {
        RedissonClient redis = null;
        try {
            redis = RedisConnection.open(settings);
            return check(redis);
        } catch (RuntimeException e) {
            return Problem.of(e).findings(ABOUT);
        } finally {
            if (redis != null) {
                redis.shutdown(0, 2, TimeUnit.SECONDS);
            }
        }
    }

    private static List<Finding> check(RedissonClient redis) {
        List<Finding> findings = new ArrayList<>();
        var node = redis.getRedisNodes(RedisNodes.SINGLE).getInstance();
        Map<String, String> info = node.info(RedisNode.InfoSection.ALL);
        String version = info.getOrDefault("redis_version", "unknown");
        String major = version.replaceFirst("\\..*", "");
        if (major.matches("\\d{1,4}") && Integer.parseInt(major) < LEAST_VERSION) {
            findings.add(Finding.problem(Problem.WRONG_SETUP, ABOUT, "version " + version + " is too old", "install Redis 6 or newer"));
        } else {
            findings.add(Finding.ok(ABOUT, "answers, version " + version));
        }
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
        return findings;
    }

    /** Null if Redis does not let us see. */
    private static Boolean isKept(RedisNode node, Map<String, String> info) {
        if ("1".equals(info.get("aof_enabled"))) {
            return true;
        }
        try {
            return !node.getConfig("save").getOrDefault("save", "").isBlank();
        } catch (RedisException e) {
            return null;
        }
    }
}
