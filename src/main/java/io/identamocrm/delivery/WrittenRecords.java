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

    /** The write's deal has this id. What a change of it is still to bring goes on record with that: until then the deal may get lost to us. */
    void deal(Write write, long deal) {
        for (Delivery delivery : write.deliveries) {
            Delivered last = delivery.delivered();
            if (last != null) {
                delivery.delivered(last.in(deal));
                if (settlesContact(write, delivery)) {
                    delivery.settleContact();
                }
                if (write.kind == Write.Kind.CHANGE_DEAL || !delivery.awaitsChangeOfDeal()) {
                    memory.remember(changes, delivery.item.id(), settled(last.in(deal), delivery));
                }
            }
        }
    }

    private static boolean settlesContact(Write write, Delivery delivery) {
        DealWrite deal = delivery.decision.deal();
        return deal != null
                && !write.isBeforeLink()
                && write.kind == (deal.unlinks() ? Write.Kind.UNLINK : Write.Kind.LINK);
    }

    /** Until the former patient's contact is off, the deal counts as still on its way to the new one. */
    private static Delivered settled(Delivered known, Delivery delivery) {
        DealWrite deal = delivery.decision.deal();
        return deal == null || deal.former() == null || delivery.isContactSettled()
                ? known
                : known.stillOf(deal.former());
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
