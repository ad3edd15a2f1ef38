package io.identamocrm.delivery;

import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.state.Intents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether creations without a usable answer have happened: lists what amoCRM holds, several times over a while, until everything
 * is seen or its absence is sure. Searches are not used, they may lag behind writes.
 */
public final class UnconfirmedCreations implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(UnconfirmedCreations.class);
    private static final int LOOKS = 4;

    private final Supplier<MirrorRefresh> looks;
    private final Mirror mirror;
    private final Intents intents;
    private final Intents.Open creations;
    private final long pauseMillis;
    private final Map<Long, Long> deals = new HashMap<>();
    private final Map<Long, Long> contacts = new HashMap<>();
    private MirrorRefresh look;
    private int looksLeft;
    private boolean pauseDue;

    private UnconfirmedCreations(Supplier<MirrorRefresh> looks, Mirror mirror, Intents intents, Intents.Open creations, int count,
                             Duration window) {
        this.looks = looks;
        this.mirror = mirror;
        this.intents = intents;
        this.creations = creations;
        this.looksLeft = count;
        this.pauseMillis = window.toMillis() / (LOOKS - 1);
        nextLook();
    }

    /**
     * After an answer that tells nothing: absence is sure only when several looks over the window show nothing.
     *
     * @param looks     begins a refresh of the mirror
     * @param intents   where the creations are on record until it is known what became of them
     * @param creations what may have happened
     * @param window    time from the first look to the last
     */
    public static UnconfirmedCreations overTime(Supplier<MirrorRefresh> looks, Mirror mirror, Intents intents, Intents.Open creations,
                                     Duration window) {
        LOG.info("It is not clear whether {} deals and {} contacts were created; looking at what amoCRM holds", creations.deals().size(),
                creations.patients().size());
        return new UnconfirmedCreations(looks, mirror, intents, creations, LOOKS, window);
    }

    /** After a refusal, which says that nothing was written: one look is enough to be sure. */
    static UnconfirmedCreations atOnce(Supplier<MirrorRefresh> looks, Mirror mirror, Intents intents, Intents.Open creations) {
        return new UnconfirmedCreations(looks, mirror, intents, creations, 1, Duration.ZERO);
    }

    private void nextLook() {
        looksLeft--;
        look = looks.get();
    }

    @Override
    public boolean hasNext() {
        return look != null;
    }

    @Override
    public AmocrmRequest next() {
        return look.next();
    }

    @Override
    public long pause() {
        long pause = pauseDue ? pauseMillis : 0;
        pauseDue = false;
        return pause;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        look.aggregate(answer);
        if (look.hasNext()) {
            return;
        }
        look = null;
        deals.putAll(mirror.newestDealsOf(creations.deals().keySet()));
        deals.entrySet().removeIf(entry -> entry.getValue() <= creations.deals().get(entry.getKey()));
        contacts.putAll(mirror.newestContactsOf(creations.patients()));
        boolean allSeen = deals.size() == creations.deals().size() && contacts.size() == creations.patients().size();
        if (!allSeen && looksLeft > 0) {
            nextLook();
            pauseDue = true;
        } else {
            intents.clear(creations);
            LOG.info("amoCRM holds {} of the {} deals and {} of the {} contacts", deals.size(), creations.deals().size(), contacts.size(),
                    creations.patients().size());
        }
    }

    /** The deal created for the reception, or null if there surely is none; only after the conversation has ended. */
    Long dealOf(long reception) {
        return deals.get(reception);
    }

    /** The contact created for the patient, or null if there surely is none. */
    Long contactOf(long patient) {
        return contacts.get(patient);
    }
}
