package io.identamocrm.delivery;

import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.OwnContact;
import io.identamocrm.state.Changes;
import io.identamocrm.state.Memory;

/** Collects what is put on record with a write that has happened: what is ours in amoCRM now. */
final class WrittenRecords {

    private final Memory memory;
    private final Changes changes;

    /** Records that go into these changes. */
    WrittenRecords(Memory memory, Changes changes) {
        this.memory = memory;
        this.changes = changes;
    }

    /** The write's deal has this id. */
    void deal(Write write, long deal) {
        for (Delivery delivery : write.deliveries) {
            Delivered last = delivery.delivered();
            if (last != null) {
                delivery.delivered(last.in(deal));
                memory.remember(changes, delivery.item.id(), settled(last.in(deal), delivery, write));
            }
        }
    }

    /** Until the former patient's contact is off, the deal counts as still on its way to the new one. */
    private static Delivered settled(Delivered known, Delivery delivery, Write write) {
        DealWrite deal = delivery.decision.deal();
        if (deal == null || deal.former() == null) {
            return known;
        }
        boolean onItsWay = write.isBeforeLink() || write.kind != (deal.unlinks() ? Write.Kind.UNLINK : Write.Kind.LINK);
        return onItsWay ? known.stillOf(deal.former()) : known;
    }

    /** The write's deal was linked to a contact. */
    void link(Write write, long deal, Long contact) {
        for (Delivery delivery : write.deliveries) {
            if (delivery.delivered() != null) {
                delivery.delivered(delivery.delivered().linkedTo(contact));
            }
        }
        deal(write, deal);
    }

    /** The write's contact has this id. */
    void contact(Write write, long contact) {
        OwnContact own = write.own();
        if (own != null) {
            memory.remember(changes, write.patientId(), own.in(contact));
        }
    }
}
