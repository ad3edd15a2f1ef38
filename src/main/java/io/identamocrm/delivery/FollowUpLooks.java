package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncState;
import io.identamocrm.state.Memory;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins looks at amoCRM for follow-ups. */
public final class FollowUpLooks {

    /** For so long managers leave a new deal with whom it was given to. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final AccountSetup account;
    private final Memory memory;
    private final Duration window;
    private final Duration notOlder;
    private final Clock clinicClock;

    /**
     * Looks at one account.
     *
     * @param account     reads its deals, once a run is under way
     * @param memory      knows where we put them
     * @param window      how long to look before absence is sure
     * @param notOlder    what happened longer ago was not told when it was found out
     * @param clinicClock the clock of the clinic's zone
     */
    public FollowUpLooks(AccountSetup account, Memory memory, Duration window, Duration notOlder, Clock clinicClock) {
        this.account = account;
        this.memory = memory;
        this.window = window;
        this.notOlder = notOlder;
        this.clinicClock = clinicClock;
    }

    /** Before anything of the round is sent: whose its tasks are, which deals are over, and what of it may be there already. */
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
                        .filter(item -> item.what().kind() == Kind.TASK && item.user() == null
                                || item.what().found() < fresh
                                || item.open().sender() != null)
                        .toList(),
                this::isOver,
                sought,
                !mayBeSent.isEmpty(),
                since,
                window));
    }

    /** After an answer that tells nothing of the batch. */
    public FollowUpLook overTime(FollowUpBatch batch) {
        return batch.round().looking(FollowUpLook.after(batch.items(), since(batch.items()), window));
    }

    /** Finished business, but for what we closed ourselves: a cancelled visit whose deal we put among the lost ones is told of. */
    private boolean isOver(FollowUpItem item, JsonNode row) {
        SyncPolicy policy = account.tools().policy();
        Deal deal = account.tools().reader().deal(row);
        if (policy.isActive(deal)) {
            return false;
        }
        Delivered last = lastIn(deal, item.what().reception());
        return !policy.isOurs(deal) || last == null || !last.isWherePut(deal);
    }

    /** The visit may go on with another reception, which then holds the deal. */
    private @Nullable Delivered lastIn(Deal deal, long reception) {
        List<Long> receptions = Stream.of(deal.receptionId(), reception)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<Long, Delivered> remembered = memory.receptions(receptions);
        return receptions.stream()
                .map(remembered::get)
                .filter(last -> last != null && last.deal() == deal.id())
                .findFirst()
                .orElseGet(() -> SyncState.read(deal));
    }

    /** When the first of them was found, Unix seconds. */
    private long since(Collection<FollowUpItem> items) {
        long found = items.stream().mapToLong(item -> item.what().found()).min().orElse(0);
        return LocalDateTime.ofEpochSecond(found, 0, ZoneOffset.UTC)
                .atZone(clinicClock.getZone())
                .toEpochSecond();
    }
}
