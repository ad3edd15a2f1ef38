package io.identamocrm.state;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for the runs of this process, as no other run of any process has: what they leave in Redis tells whose it is. Remembers how far
 * the account's counter had come when this process last saw it: a Redis that counts less has lost something.
 */
public final class Owners {

    private volatile String process;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong counter = new AtomicLong();
    private volatile boolean created;
    private final Set<String> live = ConcurrentHashMap.newKeySet();

    /** The runs of this process. */
    public Owners() {
        this(UUID.randomUUID().toString());
    }

    /** The same by a name of one's own. */
    Owners(String process) {
        this.process = process;
    }

    /** As in a process that has just started, which knows nothing of those before it: for tests that play many processes in one. */
    public void startAnew() {
        process = UUID.randomUUID().toString();
        counter.set(0);
        created = false;
        live.clear();
    }

    /** A name for a run that begins. */
    public String begin() {
        String owner = process + ":" + numbers.incrementAndGet();
        live.add(owner);
        return owner;
    }

    /** The run has ended: nothing that it sent is on its way any more. */
    public void end(String owner) {
        live.remove(owner);
    }

    String process() {
        return process;
    }

    /** The runs under way, each between two commas. */
    String live() {
        return "," + String.join(",", live) + ",";
    }

    long counter() {
        return counter.get();
    }

    void saw(long count) {
        counter.accumulateAndGet(count, Math::max);
    }

    /** True if this process has created anything in amoCRM, or was about to. */
    boolean haveCreated() {
        return created;
    }

    void create() {
        created = true;
    }

    /** Redis lost what it had counted, and this is known now. */
    void startAnewAt(long count) {
        counter.set(count);
    }
}
