package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.Response;

/**
 * Answers without the list that was asked for. An account in which something is set up has such lists, so that an odd answer is none: it is
 * asked for again. Only an empty answer that stays is believed.
 */
final class OddLists {

    private static final int ASKED_AT_MOST = 3;

    private int odd;

    /**
     * True if the same must be asked for again.
     *
     * @param body  what the answer holds
     * @param empty true if it holds nothing at all, which amoCRM answers where there is nothing
     * @param list  name of the list
     * @throws AmocrmException.Ambiguous if amoCRM keeps on answering without the list
     */
    boolean mustAskAgain(JsonNode body, boolean empty, String list, Response answer) {
        if (body.path("_embedded").path(list).isArray()) {
            odd = 0;
            return false;
        }
        if (++odd < ASKED_AT_MOST) {
            return true;
        }
        odd = 0;
        if (!empty) {
            throw new AmocrmException.Ambiguous(AccountText.NO_LIST.with(list), AccountText.ASKS_AGAIN, answer);
        }
        return false;
    }
}
