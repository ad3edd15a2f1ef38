package io.identamocrm.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** An operator's will that no scheduled run of the account starts, in any process, until they resume. */
public final class SchedulePause {

    private final RBucket<String> since;

    /** The pause of one account. */
    public SchedulePause(RedissonClient redis, RedisKeys keys) {
        since = redis.getBucket(keys.of("paused-since"), StringCodec.INSTANCE);
    }

    /** True while scheduled runs may start. */
    public boolean isOff() {
        return !since.isExists();
    }

    /** When the operator paused, or null. */
    public @Nullable Instant since() {
        String text = since.get();
        return text == null ? null : Instant.parse(text);
    }

    /** No scheduled run starts from now on; those under way come to their end. */
    public void begin(Instant now) {
        since.setIfAbsent(now.toString());
    }

    /** Scheduled runs start again. */
    public void end() {
        since.delete();
    }
}
