package io.identamocrm.delivery;

import io.identamocrm.model.FollowUp.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** Begins looks at amoCRM for follow-ups. */
public final class FollowUpLooks {

    /** For so long managers leave a new deal with whom it was given to. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Duration window;
    private final Duration notOlder;
    private final Clock clinicClock;

    /**
     * Looks at one account.
     *
     * @param window      how long to look before absence is sure
     * @param notOlder    what happened longer ago was not told when it was found out
     * @param clinicClock the clock of the clinic's zone
     */
    public FollowUpLooks(Duration window, Duration notOlder, Clock clinicClock) {
        this.window = window;
        this.notOlder = notOlder;
        this.clinicClock = clinicClock;
    }

    /** Before anything of the round is sent: whose its tasks are, and what of it may be there already. */
    public FollowUpLook begin(FollowUpRound round) {
        List<FollowUpItem> items = round.items();
        List<FollowUpItem> mayBeSent =
                items.stream().filter(item -> item.open().sender() != null).toList();
        List<FollowUpItem> sought = round.isDoubtful() ? items : mayBeSent;
        // A Redis that went back lets a change be found out once more, long after it was told.
        long since = since(sought) - (round.isDoubtful() ? notOlder.toSeconds() : 0);
        long fresh = LocalDateTime.now(clinicClock).minus(FRESH).toEpochSecond(ZoneOffset.UTC);
        return round.looking(FollowUpLook.before(
                items.stream()
                        .filter(item -> item.what().kind() == Kind.TASK
                                && (item.user() == null || item.what().found() < fresh))
                        .toList(),
                sought,
                !mayBeSent.isEmpty(),
                since,
                window));
    }

    /** After an answer that tells nothing of the batch. */
    public FollowUpLook overTime(FollowUpBatch batch) {
        return batch.round().looking(FollowUpLook.after(batch.items(), since(batch.items()), window));
    }

    /** When the first of them was found, Unix seconds. */
    private long since(Collection<FollowUpItem> items) {
        long found = items.stream().mapToLong(item -> item.what().found()).min().orElse(0);
        return LocalDateTime.ofEpochSecond(found, 0, ZoneOffset.UTC)
                .atZone(clinicClock.getZone())
                .toEpochSecond();
    }
}
