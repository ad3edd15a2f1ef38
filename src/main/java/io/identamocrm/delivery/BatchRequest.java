package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.WriteBodies;

/** The request that writes a batch. */
public final class BatchRequest {

    private final AccountSetup account;

    /**
     * Requests to one account.
     *
     * @param account formats values for its fields, once a run is under way
     */
    public BatchRequest(AccountSetup account) {
        this.account = account;
    }

    /** One item for each write of the batch, numbered from 0 in {@code request_id}; it goes in time for what was seen before it, or not. */
    public AmocrmRequest of(WriteBatch batch) {
        WriteBodies bodies = account.tools().bodies();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Write write : batch.writes()) {
            items.add(write.body(bodies).put("request_id", Integer.toString(items.size())));
        }
        AmocrmRequest request = switch (batch.kind()) {
            case CREATE_DEAL_WITH_CONTACT -> AmocrmRequest.createDealsWithContacts(items);
            case CREATE_CONTACT -> AmocrmRequest.create(Entity.CONTACTS, items);
            case CREATE_DEAL -> AmocrmRequest.create(Entity.LEADS, items);
            case LINK -> AmocrmRequest.link(items);
            case UNLINK -> AmocrmRequest.unlink(items);
            case CHANGE_DEAL -> AmocrmRequest.change(Entity.LEADS, items);
            case CHANGE_CONTACT -> AmocrmRequest.change(Entity.CONTACTS, items);
        };
        return request.notAfter(batch.sendBefore());
    }
}
