package io.identamocrm.delivery;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.GoneCheck;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.RemovedEntities;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.util.Set;
import java.util.TreeSet;

/** Contacts that amoCRM refuses to link are asked for by id: only that tells that a manager deleted or merged one. */
public final class RefusedContacts {

    private final AccountSetup account;
    private final RemovedEntities removed;

    /**
     * Of one account.
     *
     * @param account reads its entities, once a run is under way
     * @param mirror  forgets what is gone
     * @param memory  remembers that it was ours
     */
    public RefusedContacts(AccountSetup account, Mirror mirror, Memory memory) {
        this.account = account;
        this.removed = new RemovedEntities(mirror, memory);
    }

    /** Asks for the contacts of those items that the refusal of the batch names for their contact; for nothing if there are none. */
    public RequestSequence begin(WriteBatch batch) {
        Set<Long> suspects = new TreeSet<>();
        BatchRefusal.named(batch.refusal(), batch.writes().size()).forEach((place, faults) -> {
            Write write = batch.writes().get(place);
            if (BatchRefusal.isOfContactThatIsThere(write, faults.get(0))) {
                suspects.add(write.contactId);
            }
        });
        return new Look(suspects, batch.buffer().lock());
    }

    private final class Look implements RequestSequence {
        private final GoneCheck<Long> check;
        private final WriteLock lock;

        Look(Set<Long> suspects, WriteLock lock) {
            this.check = new GoneCheck<>(
                    Entity.CONTACTS,
                    suspects,
                    Set.of(),
                    json -> account.tools().reader().contact(json).id(),
                    there -> {});
            this.lock = lock;
        }

        @Override
        public boolean hasNext() {
            return check.hasNext();
        }

        @Override
        public AmocrmRequest next() {
            return check.next();
        }

        @Override
        public void aggregate(Response.Usable answer) {
            check.aggregate(answer);
            if (!check.hasNext()) {
                Changes changes = new Changes();
                removed.contacts(changes, check.gone());
                lock.commit(changes);
            }
        }
    }
}
