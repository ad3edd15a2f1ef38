package io.identamocrm.delivery;

import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.OwnContact;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether creations without a usable answer have happened: lists what amoCRM holds, several times over a while, until everything
 * is seen or its absence is sure. Searches are not used, they may lag behind writes.
 */
public final class UnconfirmedCreations implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(UnconfirmedCreations.class);
    private static final int LISTINGS = 4;

    /**
     * Where they are looked for, and what goes on record.
     *
     * @param listings begins a refresh of the mirror
     * @param mirror   takes what is listed
     * @param intents  where the creations are on record until it is known what became of them
     * @param memory   takes what turned out to be ours
     * @param lock     proves that the run may do so
     */
    public record Account(
            Supplier<MirrorRefresh> listings, Mirror mirror, Intents intents, Memory memory, WriteLock lock) {}

    private final Supplier<MirrorRefresh> listings;
    private final Mirror mirror;
    private final Intents intents;
    private final Memory memory;
    private final WriteLock lock;
    private final Intents.Open creations;
    private final long pauseMillis;
    private final Map<Long, Long> deals = new HashMap<>();
    private final Map<Long, Long> contacts = new HashMap<>();
    private MirrorRefresh listing;
    private boolean ended;
    private int listingsLeft;
    private boolean pauseDue;

    private UnconfirmedCreations(Account account, Intents.Open creations, int count, Duration window) {
        this.listings = account.listings();
        this.mirror = account.mirror();
        this.intents = account.intents();
        this.memory = account.memory();
        this.lock = account.lock();
        this.creations = creations;
        this.listingsLeft = count;
        this.pauseMillis = window.toMillis() / (LISTINGS - 1);
        this.listing = beginListing();
    }

    /**
     * After an answer that tells nothing: absence is sure only when several listings over the window show nothing.
     *
     * @param creations what may have happened
     * @param window    time from the first listing to the last
     */
    public static UnconfirmedCreations overTime(Account account, Intents.Open creations, Duration window) {
        LOG.info(
                "It is not clear whether {} deals and {} contacts were created; looking at what amoCRM holds",
                creations.deals().size(),
                creations.contacts().size());
        return new UnconfirmedCreations(account, creations, LISTINGS, window);
    }

    /** After a refusal, which says that nothing was written: one listing is enough to be sure. */
    static UnconfirmedCreations atOnce(Account account, Intents.Open creations) {
        return new UnconfirmedCreations(account, creations, 1, Duration.ZERO);
    }

    private MirrorRefresh beginListing() {
        listingsLeft--;
        return listings.get();
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public AmocrmRequest next() {
        return listing.next();
    }

    @Override
    public long pause() {
        long pause = Math.max(pauseDue ? pauseMillis : 0, listing.pause());
        pauseDue = false;
        return pause;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        listing.aggregate(answer);
        if (listing.hasNext()) {
            return;
        }
        take(mirror.newestDealsOf(creations.deals().keySet()), creations.deals(), deals);
        take(mirror.newestContactsOf(creations.contacts().keySet()), creations.contacts(), contacts);
        boolean allSeen = deals.size() == creations.deals().size()
                && contacts.size() == creations.contacts().size();
        if (!allSeen && listingsLeft > 0) {
            listing = beginListing();
            pauseDue = true;
        } else {
            ended = true;
            record();
            LOG.info(
                    "amoCRM holds {} of the {} deals and {} of the {} contacts",
                    deals.size(),
                    creations.deals().size(),
                    contacts.size(),
                    creations.contacts().size());
        }
    }

    /** Newer than what was known before is what we created. */
    private static void take(Map<Long, Long> newest, Map<Long, Intent> awaited, Map<Long, Long> seen) {
        awaited.forEach((key, intent) -> {
            Long id = newest.get(key);
            if (id != null && id > intent.newest()) {
                seen.put(key, id);
            } else if (id != null) {
                seen.remove(key);
            }
        });
    }

    private void record() {
        Changes changes = new Changes();
        Map<Long, Deal> rows = mirror.deals(deals.values());
        creations.deals().forEach((reception, intent) -> {
            Long deal = deals.get(reception);
            Delivered delivered = intent.delivered();
            if (deal != null && delivered != null) {
                // Somebody may have removed it since it was seen.
                Deal row = rows.get(deal);
                Long contact = row == null
                        ? null
                        : row.contactIds().stream().findFirst().orElse(null);
                memory.remember(changes, reception, delivered.in(deal).linkedTo(contact));
            }
        });
        creations.contacts().forEach((patient, intent) -> {
            Long contact = contacts.get(patient);
            if (contact != null) {
                memory.remember(changes, patient, new OwnContact(contact, intent.name(), false));
            }
        });
        intents.clear(changes, creations);
        lock.commit(changes);
    }

    /** The deal created for the reception, or null if there surely is none; only after the search has ended. */
    @Nullable
    Long dealOf(long reception) {
        return deals.get(reception);
    }

    /** The contact created for the patient, or null if there surely is none. */
    @Nullable
    Long contactOf(long patient) {
        return contacts.get(patient);
    }

    /** True if all that the write creates was seen; only after the search has ended. */
    boolean hasSeen(Write write) {
        return (!write.kind.createsDeal() || dealOf(write.receptionId()) != null)
                && (!write.kind.createsContact() || contactOf(write.patientId()) != null);
    }
}
