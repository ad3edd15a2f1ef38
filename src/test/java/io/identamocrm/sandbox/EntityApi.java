package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reading and writing of leads, or of contacts (amoCRM facts, sections 3 to 5). */
final class EntityApi {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LARGEST_COMPLEX = 50;
    private static final ZoneId FAR_ZONE = ZoneId.of("Asia/Vladivostok");
    private static final Reply NOT_FOUND = Reply.problem(404, "Not Found", "Resource not found");

    private final AccountContent account;
    private final Faults faults;
    private final boolean leads;
    private final String plural;
    private final EntityJson json;
    private final ItemWriter writer;

    EntityApi(AccountContent account, Faults faults, boolean leads) {
        this.account = account;
        this.faults = faults;
        this.leads = leads;
        plural = leads ? "leads" : "contacts";
        json = new EntityJson(account);
        writer = new ItemWriter(account);
    }

    /** The zone of the account's days as this call meets it. */
    static ZoneId zone(AccountContent account, Call call) {
        return call.suffers(Fault.ACCOUNT_ZONE) ? FAR_ZONE : account.zone();
    }

    private Days days(Call call) {
        return new Days(zone(account, call), !call.suffers(Fault.NEGATIVE_DATES_REFUSED));
    }

    Reply list(Call call) {
        ListQuery query = new ListQuery(account, leads, call, faults.lag().toSeconds());
        int limit = query.limit();
        if (limit > Batch.LARGEST) {
            return Batch.overLimit(Batch.LARGEST);
        }
        long skip = (query.page() - 1L) * limit;
        if (call.suffers(Fault.UNSTABLE_PAGES) && query.page() > 1 && !query.isOrderedById()) {
            // As though a row of an earlier page had left it, or one had come in.
            skip += query.page() % 2 == 0 ? 1 : -1;
        }
        if (call.suffers(Fault.ROWS_REPEATED) && query.page() > 1) {
            skip--;
        }
        boolean withLinks = call.query().with(leads ? "contacts" : "leads");
        ArrayNode rows = JSON.arrayNode();
        List<Entity> found = query.rows(skip, limit + 1);
        found.stream().limit(limit).forEach(entity -> rows.add(json.of(entity, withLinks, call.base())));
        if (call.suffers(Fault.ROWS_WITH_NULLS)) {
            OddList.putNulls(rows);
        }
        return Envelope.of(call, plural, rows, found.size() > limit, null);
    }

    Reply one(Call call, long id) {
        Entity entity = account.find(leads, id, call);
        boolean withLinks = call.query().with(leads ? "contacts" : "leads");
        return entity == null ? missing(call) : Reply.json(200, json.of(entity, withLinks, call.base()));
    }

    static Reply missing(Call call) {
        return call.suffers(Fault.MISSING_LEAD_404) ? NOT_FOUND : Reply.empty(204);
    }

    Reply create(Call call) {
        return Batch.of(
                account,
                call,
                Batch.LARGEST,
                (item, checks) -> {
                    checks.look(leads, item, "", days(call));
                    JsonNode contacts = item.path("_embedded").path("contacts");
                    for (int i = 0; leads && i < contacts.size(); i++) {
                        checks.lookAtLink(contacts.get(i), i);
                    }
                },
                (item, requestId, answers) -> {
                    Entity entity = writer.create(leads, item, days(call));
                    answer(answers, entity, call).put("request_id", requestId).put("is_deleted", false);
                },
                answers -> Reply.embedded(200, plural, answers));
    }

    Reply change(Call call) {
        boolean gone = call.body().isArray()
                && StreamSupport.stream(call.body().spliterator(), false)
                        .anyMatch(item -> item.has("id")
                                && account.find(leads, item.path("id").asLong()) == null);
        if (gone && call.suffers(Fault.GONE_BATCH_404)) {
            return NOT_FOUND;
        }
        Reply reply = changeBatch(call);
        return gone && call.suffers(Fault.GONE_BATCH_204) && reply.status() == 200 ? Reply.empty(204) : reply;
    }

    /** Ids that do not exist are left out of the answer. */
    private Reply changeBatch(Call call) {
        return Batch.of(
                account,
                call,
                Batch.LARGEST,
                (item, checks) -> {
                    checks.lookAtId(item);
                    checks.look(leads, item, "", days(call));
                },
                (item, requestId, answers) -> {
                    Entity entity = writer.change(leads, item.path("id").asLong(), item, days(call));
                    if (entity != null) {
                        answer(answers, entity, call)
                                .put("updated_at", entity.updatedAt)
                                .put("request_id", requestId);
                    }
                },
                answers -> answers.isEmpty() ? Reply.empty(204) : Reply.embedded(200, plural, answers));
    }

    private ObjectNode answer(ArrayNode answers, Entity entity, Call call) {
        ObjectNode answer = answers.addObject().put("id", entity.id);
        answer.putObject("_links").putObject("self").put("href", call.base() + "/api/v4/" + plural + "/" + entity.id);
        return answer;
    }

    Reply changeOne(Call call, long id) {
        if (call.body().isArray()) {
            return Reply.wrongVerb();
        }
        if (!call.body().isObject() || call.body().isEmpty()) {
            return Reply.emptyBody();
        }
        ItemChecks checks = new ItemChecks(account, "0");
        checks.look(leads, call.body(), "", days(call));
        if (!checks.refusals().isEmpty()) {
            return Reply.refused(checks.refusals());
        }
        Entity entity = writer.change(leads, id, call.body(), days(call));
        return entity == null
                ? missing(call)
                : Reply.json(200, JSON.objectNode().put("id", id).put("updated_at", entity.updatedAt));
    }

    /** Leads each with a new or known contact; the answer is a bare array. */
    Reply complex(Call call) {
        return Batch.of(
                account,
                call,
                LARGEST_COMPLEX,
                (item, checks) -> {
                    Days days = days(call);
                    checks.look(true, item, "", days);
                    JsonNode contact = item.path("_embedded").path("contacts").path(0);
                    if (contact.has("id")) {
                        checks.lookAtLink(contact, 0);
                    } else if (!contact.isMissingNode()) {
                        checks.look(false, contact, "_embedded.contacts.0.", days);
                    }
                },
                (item, requestId, answers) -> {
                    Entity lead = writer.create(true, item, days(call));
                    JsonNode contact = item.path("_embedded").path("contacts").path(0);
                    if (contact.isObject() && !contact.has("id")) {
                        account.link(lead.id, writer.create(false, contact, days(call)).id, true);
                    }
                    answers.addObject()
                            .put("id", lead.id)
                            .put("contact_id", lead.mainContact)
                            .putNull("company_id")
                            .put("merged", false)
                            .putArray("request_id")
                            .add(requestId);
                },
                answers -> Reply.json(200, answers));
    }
}
