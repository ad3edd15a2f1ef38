package io.identamocrm.checks;

import io.identamocrm.model.Message;
import io.identamocrm.model.Text;
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
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;

/** Checks Redis: is it there, is it one to rely on, and does it keep what it is given. */
public final class RedisProbe {

    private static final Text ABOUT = CheckText.REDIS;

    private RedisProbe() {}

    /** What there is to say; a Redis that is away is one problem, not an exception. Opens a connection of its own and closes it. */
    public static List<Finding> findings(Settings settings) {
        RedissonClient redis = null;
        try {
            redis = RedisConnection.open(settings.redis());
            StateFormat format =
                    RedisAtStart.check(redis, new RedisKeys(settings.amocrm().account()), false);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok(
                    CheckText.STATE,
                    format.text().isEmpty()
                            ? CheckText.STATE_WITHOUT_FORMAT.with(StateFormat.OURS)
                            : CheckText.STATE_FORMAT.with(format.text(), StateFormat.OURS)));
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
            case SENTINEL ->
                List.of(redis.getRedisNodes(RedisNodes.SENTINEL_MASTER_SLAVE).getMaster());
            case CLUSTER -> redis.getRedisNodes(RedisNodes.CLUSTER).getMasters();
        };
    }

    private static List<Finding> check(RedisNode node, Settings.Redis.Kind kind) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> info = node.info(RedisNode.InfoSection.ALL);
        Message answers = switch (kind) {
            case SERVER -> CheckText.REDIS_ANSWERS;
            case CLUSTER -> CheckText.CLUSTER_ANSWERS;
            case SENTINEL -> CheckText.SENTINEL_ANSWERS;
        };
        String version = info.get("redis_version");
        findings.add(Finding.ok(ABOUT, answers.with(version == null ? CheckText.UNKNOWN : version)));
        Boolean kept = isKept(node, info);
        if (kept == null) {
            findings.add(Finding.warning(
                    CheckText.PERSISTENCE, CheckText.PERSISTENCE_UNKNOWN, CheckText.PERSISTENCE_UNKNOWN_REMEDY));
        } else if (kept) {
            findings.add(Finding.ok(CheckText.PERSISTENCE, CheckText.PERSISTENCE_ON));
        } else {
            findings.add(Finding.warning(
                    CheckText.PERSISTENCE, CheckText.PERSISTENCE_OFF, CheckText.PERSISTENCE_OFF_REMEDY));
        }
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        boolean bounded = !"0".equals(info.getOrDefault("maxmemory", "0"));
        if (!"noeviction".equals(policy) && bounded) {
            findings.add(Finding.warning(CheckText.MEMORY, CheckText.EVICTING.with(policy), CheckText.EVICTING_REMEDY));
        } else {
            findings.add(Finding.ok(CheckText.MEMORY, CheckText.NOT_EVICTING));
        }
        if (kind != Settings.Redis.Kind.SERVER && "0".equals(configured(node, "min-replicas-to-write"))) {
            findings.add(Finding.warning(CheckText.FAILOVER, CheckText.CUT_OFF, CheckText.CUT_OFF_REMEDY));
        }
        return findings;
    }

    /** Null if Redis does not let us see. */
    private static @Nullable String configured(RedisNode node, String parameter) {
        try {
            return node.getConfig(parameter).get(parameter);
        } catch (RedisException e) {
            return null;
        }
    }

    /** Null if Redis does not let us see. */
    private static @Nullable Boolean isKept(RedisNode node, Map<String, String> info) {
        if ("1".equals(info.get("aof_enabled"))) {
            return true;
        }
        String save = configured(node, "save");
        return save == null ? null : !save.isBlank();
    }
}
