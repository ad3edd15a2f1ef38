package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads users of the account by their ids; amoCRM lets administrators do so, and answers others as if they were blocked. */
public final class UserReading implements RequestSequence {

    private final Deque<Long> open;
    private final Map<Long, JsonNode> users = new HashMap<>();

    /** Of these users. */
    public UserReading(Collection<Long> ids) {
        open = new ArrayDeque<>(ids);
    }

    @Override
    public boolean hasNext() {
        return !open.isEmpty();
    }

    @Override
    public AmocrmRequest next() {
        return AmocrmRequest.user(open.peek());
    }

    @Override
    public void aggregate(Response.Usable answer) {
        Long id = open.remove();
        if (!answer.body().isMissingNode()) {
            users.put(id, answer.body());
        }
    }

    /** A user as amoCRM describes them, with a name and an address that are nobody's business; empty if there is none. */
    public Optional<JsonNode> user(long id) {
        return Optional.ofNullable(users.get(id));
    }
}
