package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.Reception;
import io.identamocrm.state.FollowUps;
import org.jspecify.annotations.Nullable;

/**
 * One task or note on its way to amoCRM. Its text is not personal unless somebody's template is, but may name a doctor, so
 * {@link #toString()} shows ids only.
 */
public final class FollowUpItem {

    private final FollowUpRound round;
    private final FollowUps.Open open;
    private final Reception reception;
    private @Nullable Long user;
    private String text = "";
    private long completeTill;
    private long taskType;

    FollowUpItem(FollowUpRound round, FollowUps.Open open, Reception reception) {
        this.round = round;
        this.open = open;
        this.reception = reception;
        this.user = open.what().user();
    }

    /** Its name. */
    public String key() {
        return open.what().key();
    }

    /** Those with which it goes. */
    FollowUpRound round() {
        return round;
    }

    FollowUp what() {
        return open.what();
    }

    /** As it is on record. */
    FollowUps.Open open() {
        return open;
    }

    /** The reception as IDENT holds it now. */
    Reception reception() {
        return reception;
    }

    long deal() {
        return open.deal();
    }

    /** Who is to have the task; 0 for whoever amoCRM chooses, null if that is not known yet. */
    @Nullable
    Long user() {
        return user;
    }

    void givenTo(long responsible) {
        user = responsible;
    }

    /** What is to be sent. */
    void filled(String words, long till, long type) {
        text = words;
        completeTill = till;
        taskType = type;
    }

    /** The item of a request. */
    ObjectNode body() {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("entity_id", deal());
        if (what().kind() == FollowUp.Kind.NOTE) {
            item.put("note_type", "common").putObject("params").put("text", text);
            return item;
        }
        item.put("entity_type", "leads")
                .put("task_type_id", taskType)
                .put("text", text)
                .put("complete_till", completeTill);
        if (user != null && user != FollowUp.NOBODY_NAMED) {
            item.put("responsible_user_id", user);
        }
        return item;
    }

    @Override
    public String toString() {
        return "FollowUpItem[" + key() + ", deal " + deal() + "]";
    }
}
