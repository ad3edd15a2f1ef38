package io.identamocrm.delivery;

import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Failure;
import java.util.List;

/** What becomes of a write whose deal or contact amoCRM's answer does not mention. */
final class MissingEntities {

    private final Mirror mirror;

    MissingEntities(Mirror mirror) {
        this.mirror = mirror;
    }

    /** What was to be changed is gone, and those who wait for it are decided again; a creation or link has failed. */
    void handle(Write write, WriteBatch batch) {
        if (write.kind == Kind.CHANGE_DEAL) {
            mirror.forgetDeals(List.of(write.dealId));
            batch.buffer().decideAgain(write);
        } else if (write.kind == Kind.CHANGE_CONTACT) {
            mirror.forgetContacts(List.of(write.contactId));
            batch.buffer().decideAgain(write);
        } else {
            batch.buffer().fail(write, new Failure(write.failureAt(""), "amoCRM's answer does not mention it"));
        }
    }
}
