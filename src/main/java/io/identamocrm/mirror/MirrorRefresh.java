package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.OwnContact;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the mirror up to date by listing: what has changed since the last time, or everything, each with proof that no row slipped
 * through (see {@link Listing}). What everything did not show is asked for by id: only then it is gone.
 */
public final class MirrorRefresh implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorRefresh.class);

    private final Mirror mirror;
    private final Memory memory;
    private final WriteLock lock;
    private final boolean everything;
    private final boolean otherSetup;
    private final boolean mayGiveWay;
    private boolean givesWay;
    private final List<Pass<?>> passes = new ArrayList<>();
    private int current;

    private MirrorRefresh(
            Mirror mirror, EntityReader reader, Memory memory, WriteLock lock, boolean everything, boolean background) {
        this.mirror = mirror;
        this.memory = memory;
        this.lock = lock;
        this.everything = everything;
        this.otherSetup = everything && mirror.hasRowsOfOtherSetup();
        // Rows that are not all there, or not all of this setup, are of no use to others.
        this.mayGiveWay = background && everything && lock.isMirrorWhole() && !otherSetup;
        RemovedEntities removed = new RemovedEntities(mirror, memory);
        passes.add(new Pass<>(
                Entity.LEADS, mirror.deals, reader::deal, this::storeDeals, this::rememberedDeals, removed::deals));
        passes.add(new Pass<>(
                Entity.CONTACTS,
                mirror.contacts,
                reader::contact,
                this::storeContacts,
                this::rememberedContacts,
                removed::contacts));
    }

    /** Lists what has changed since the last time. */
    public static MirrorRefresh ofChanges(Mirror mirror, EntityReader reader, Memory memory, WriteLock lock) {
        return new MirrorRefresh(mirror, reader, memory, lock, false, false);
    }

    /**
     * Lists everything, and forgets what amoCRM no longer has: deleted and merged rows tell nothing by themselves.
     *
     * @param background true to let a short run that waits go first, between two pages: what it writes is a change like any other's
     */
    public static MirrorRefresh ofEverything(
            Mirror mirror, EntityReader reader, Memory memory, WriteLock lock, boolean background) {
        return new MirrorRefresh(mirror, reader, memory, lock, true, background);
    }

    /** True until everything is listed, also while somebody else goes first. */
    public boolean isUnderWay() {
        return current < passes.size();
    }

    /** True if there is something to ask, and nobody is to go first. */
    @Override
    public boolean hasNext() {
        return isUnderWay() && !givesWay;
    }

    /** Whoever was to go first has gone. */
    public void goOn() {
        givesWay = false;
    }

    @Override
    public AmocrmRequest next() {
        return passes.get(current).sequence().next();
    }

    @Override
    public long pause() {
        return passes.get(current).sequence().pause();
    }

    @Override
    public void aggregate(Response.Usable answer) {
        Pass<?> pass = passes.get(current);
        pass.sequence().aggregate(answer);
        if (pass.isOver()) {
            current++;
            if (!isUnderWay() && otherSetup) {
                Changes changes = new Changes();
                mirror.allRowsAreOfThisSetup(changes);
                lock.commit(changes);
            }
        }
        givesWay = mayGiveWay && isUnderWay() && passes.get(current).listing.hasNext() && lock.hasWaiter();
    }

    private void storeDeals(List<Deal> read) {
        Map<Long, Deal> known = mirror.deals(ids(read, Deal::id));
        Changes changes = new Changes();
        mirror.store(
                changes,
                mirror.reread(read).values().stream()
                        .filter(row -> !row.equals(known.get(row.id())))
                        .toList(),
                List.of());
        lock.commit(changes);
    }

    private void storeContacts(List<Contact> read) {
        Map<Long, Contact> known = mirror.contacts(ids(read, Contact::id));
        Changes changes = new Changes();
        List<Contact> changed = mirror.rereadContacts(read).values().stream()
                .filter(row -> !row.equals(known.get(row.id())))
                .toList();
        mirror.store(changes, List.of(), changed);
        if (otherSetup) {
            keepNames(changes, changed, known);
        }
        lock.commit(changes);
    }

    /** Where only the fingerprints' key is another, the name that we gave stays the one that we gave. */
    private void keepNames(Changes changes, List<Contact> changed, Map<Long, Contact> known) {
        Map<Long, Contact> byPatient = new TreeMap<>();
        for (Contact row : changed) {
            Contact old = known.get(row.id());
            if (old != null
                    && old.updatedAt() == row.updatedAt()
                    && row.patientId() != null
                    && !Objects.equals(old.name(), row.name())) {
                byPatient.put(row.patientId(), row);
            }
        }
        memory.patients(byPatient.keySet()).forEach((patient, own) -> {
            Contact row = byPatient.get(patient);
            Contact old = row == null ? null : known.get(row.id());
            if (row != null && old != null && own.contact() == row.id() && Objects.equals(own.name(), old.name())) {
                memory.remember(changes, patient, new OwnContact(row.id(), row.name(), false));
            }
        });
    }

    private static <T> List<Long> ids(List<T> rows, Function<T, Long> id) {
        return rows.stream().map(id).toList();
    }

    private void rememberedDeals(BiConsumer<Long, Long> reader) {
        memory.forEachReception((reception, delivered) -> {
            if (delivered.deal() > 0 && !delivered.gone()) {
                reader.accept(delivered.deal(), reception);
            }
        });
    }

    private void rememberedContacts(BiConsumer<Long, Long> reader) {
        memory.forEachPatient((patient, own) -> {
            if (own.contact() > 0 && !own.gone()) {
                reader.accept(own.contact(), patient);
            }
        });
    }

    /** Forgets rows that are gone. */
    @FunctionalInterface
    private interface Removal {
        void remove(Changes changes, Collection<Long> ids, Map<Long, Long> owners);
    }

    /** One kind of entity. */
    private final class Pass<T> {
        private final Entity entity;
        private final Mirror.Table<T> table;
        private final Consumer<List<T>> store;
        private final Consumer<BiConsumer<Long, Long>> remembered;
        private final Removal removal;
        private final Function<JsonNode, T> reader;
        private final Listing<T> listing;
        private @Nullable GoneCheck<T> check;
        private final Map<Long, Long> owners = new TreeMap<>();

        Pass(
                Entity entity,
                Mirror.Table<T> table,
                Function<JsonNode, T> reader,
                Consumer<List<T>> store,
                Consumer<BiConsumer<Long, Long>> remembered,
                Removal removal) {
            this.entity = entity;
            this.table = table;
            this.reader = reader;
            this.store = store;
            this.remembered = remembered;
            this.removal = removal;
            String closed = everything ? null : mirror.fact(closedUntil());
            listing = new Listing<>(
                    entity,
                    reader,
                    table::idOf,
                    table::updatedAtOf,
                    closed == null ? 0 : Long.parseLong(closed),
                    () -> table.size() > 0,
                    lock::nanos,
                    store);
        }

        private String closedUntil() {
            return "listed-until:" + entity.embedded();
        }

        RequestSequence sequence() {
            return listing.hasNext() || check == null ? listing : check;
        }

        /** True if this kind is up to date, which is on record then. */
        boolean isOver() {
            if (listing.hasNext()) {
                return false;
            }
            if ((everything || listing.showedNothing()) && check == null) {
                check = new GoneCheck<>(entity, unseen(), witnesses(), reader, this::foundLater);
            }
            if (check != null && check.hasNext()) {
                return false;
            }
            Changes changes = new Changes();
            if (check != null) {
                removal.remove(changes, check.gone(), owners);
                LOG.info(
                        "amoCRM holds {} {}; {} that we knew are gone",
                        listing.seen().size(),
                        entity.embedded(),
                        check.gone().size());
            }
            mirror.fact(changes, closedUntil(), Long.toString(listing.closedUntil()));
            lock.commit(changes);
            return true;
        }

        private Set<Long> unseen() {
            Set<Long> unseen = new TreeSet<>(table.ids());
            unseen.removeAll(listing.seen());
            remembered.accept((id, owner) -> {
                if (!listing.seen().contains(id)) {
                    unseen.add(id);
                    owners.put(id, owner);
                }
            });
            return unseen;
        }

        /** Rows that are surely there, to tell an answer that is cut from one that is complete. */
        private Set<Long> witnesses() {
            Set<Long> seen = listing.seen();
            return seen.isEmpty() ? Set.of() : new TreeSet<>(List.of(Collections.min(seen), Collections.max(seen)));
        }

        /** A row that the listing had to show: then there may be others that it did not show. */
        private void foundLater(List<T> rows) {
            if (!rows.isEmpty() && listing.showedNothing()
                    || rows.stream().anyMatch(row -> table.updatedAtOf(row) <= listing.closedUntil())) {
                throw new AmocrmException.Ambiguous(
                        MirrorText.LEAVES_OUT.with(entity.embedded()),
                        MirrorText.LISTS_ANEW,
                        new Response.Ambiguous("an incomplete list"));
            }
            store.accept(rows);
        }
    }
}
