package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import java.util.ArrayList;
import java.util.List;

/** Reads all users of the account, if the token's user may see them: amoCRM lets administrators, and answers others as if blocked. */
public final class UserList implements RequestSequence {

    private final List<JsonNode> users = new ArrayList<>();
    private int page = 1;

    @Override
    public boolean hasNext() {
        return page > 0;
    }

    @Override
    public AmocrmRequest next() {
        return AmocrmRequest.users(page);
    }

    @Override
    public void aggregate(Response.Usable answer) {
        answer.body().path("_embedded").path("users").forEach(users::add);
        page = answer.body().path("_links").has("next") ? page + 1 : 0;
    }

    /** Those who work here, with names that are for a person at a terminal only. */
    public List<JsonNode> active() {
        return users.stream()
                .filter(user -> user.path("rights").path("is_active").asBoolean(true))
                .toList();
    }
}
