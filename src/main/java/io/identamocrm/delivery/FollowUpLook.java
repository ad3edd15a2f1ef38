package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.FollowUp.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A look at amoCRM before follow-ups are sent: who is responsible for their deals, and, of those that may have been sent already, which are
 * there. A task or note is known again by the mark at the end of its text. That one is not there is believed only when several looks did
 * not show it, since lists may lag behind writes, or come empty for no reason.
 */
public final class FollowUpLook implements RequestSequence {

    /** So many ids of deals make an address that every server takes. */
    private static final int MOST_IDS = 100;

    private static final int LOOKS = 4;
    private static final int SEVERAL = 2;
    /** By so much the clocks of amoCRM and of the clinic may differ. */
    private static final long CLOCKS_DIFFER = Duration.ofHours(2).toSeconds();

    private final Map<Long, List<FollowUpItem>> withoutUser = new HashMap<>();
    private final Set<FollowUpItem> sought = new HashSet<>();
    private final Set<FollowUpItem> seen = new HashSet<>();
    private final Set<Long> gone = new HashSet<>();
    private final Deque<Question> questions = new ArrayDeque<>();
    private final long since;
    private final long pauseMillis;
    private int looksLeft;
    private boolean pauseDue;

    /** A request, and what is done with its answer. */
    private interface Question {
        AmocrmRequest request();

        void answered(JsonNode body);
    }

    private FollowUpLook(
            Collection<FollowUpItem> ofUnknownUser,
            Collection<FollowUpItem> sought,
            long since,
            int looks,
            long pauseMillis) {
        this.since = since - CLOCKS_DIFFER;
        this.pauseMillis = pauseMillis;
        this.looksLeft = looks;
        this.sought.addAll(sought);
        ofUnknownUser.forEach(item -> withoutUser
                .computeIfAbsent(item.deal(), id -> new ArrayList<>())
                .add(item));
        parts(withoutUser.keySet()).forEach(ids -> questions.add(new Users(ids)));
        lookAgain();
    }

    /**
     * Before anything is sent.
     *
     * @param ofUnknownUser tasks for whoever is responsible for their deals
     * @param sought        what may have been sent already
     * @param unclear       some of it perhaps just now, so that lists may lag
     * @param since         Unix seconds before which none of it was sent
     * @param window        how long to look
     */
    static FollowUpLook before(
            Collection<FollowUpItem> ofUnknownUser,
            Collection<FollowUpItem> sought,
            boolean unclear,
            long since,
            Duration window) {
        return new FollowUpLook(ofUnknownUser, sought, since, unclear ? LOOKS : SEVERAL, unclear ? pause(window) : 0);
    }

    /** After an answer that tells nothing. */
    static FollowUpLook after(Collection<FollowUpItem> sought, long since, Duration window) {
        return new FollowUpLook(List.of(), sought, since, LOOKS, pause(window));
    }

    private static long pause(Duration window) {
        return window.toMillis() / (LOOKS - 1);
    }

    private static List<List<Long>> parts(Collection<Long> ids) {
        List<Long> all = List.copyOf(new TreeSet<>(ids));
        List<List<Long>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_IDS) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST_IDS)));
        }
        return parts;
    }

    private void lookAgain() {
        if (looksLeft > 0 && seen.size() < sought.size()) {
            looksLeft--;
            for (Kind kind : Kind.values()) {
                parts(sought.stream()
                                .filter(item -> item.what().kind() == kind && !seen.contains(item))
                                .map(FollowUpItem::deal)
                                .toList())
                        .forEach(ids -> questions.add(new Page(kind, ids, 1)));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !questions.isEmpty();
    }

    @Override
    public AmocrmRequest next() {
        return questions.peek().request();
    }

    @Override
    public long pause() {
        long pause = pauseDue ? pauseMillis : 0;
        pauseDue = false;
        return pause;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        Question question = questions.remove();
        JsonNode body = answer.match(
                Response.Success::body,
                Response.NoContent::body,
                refused -> {
                    throw unusable(question, new Response.Ambiguous(refused.detail()));
                },
                ambiguous -> {
                    throw unusable(question, ambiguous);
                },
                Response.NotSent::unexpected);
        question.answered(body);
        if (questions.isEmpty()) {
            lookAgain();
            pauseDue = !questions.isEmpty();
        }
    }

    private static AmocrmException unusable(Question question, Response.Ambiguous answer) {
        return new AmocrmException.Ambiguous(
                DeliveryText.SHOWS_ELSE.with(question.request().path(), answer.detail()),
                DeliveryText.ASKS_AGAIN,
                answer);
    }

    /** What amoCRM has already. */
    Set<FollowUpItem> seen() {
        return seen;
    }

    /** Deals that amoCRM no longer has. */
    Set<Long> gone() {
        return gone;
    }

    /** Who is responsible for several deals, or for one: only the answer about one alone tells that it is gone. */
    private final class Users implements Question {
        private final List<Long> deals;

        Users(List<Long> deals) {
            this.deals = deals;
        }

        @Override
        public AmocrmRequest request() {
            return AmocrmRequest.byIds(Entity.LEADS, deals);
        }

        @Override
        public void answered(JsonNode body) {
            Set<Long> missing = new TreeSet<>(deals);
            JsonNode list = body.path("_embedded").path(Entity.LEADS.embedded());
            (list.isMissingNode() && body.has("id") ? List.of(body) : list).forEach(row -> {
                long deal = row.path("id").asLong();
                if (missing.remove(deal)) {
                    if (row.path("is_deleted").asBoolean()) {
                        gone.add(deal);
                    }
                    withoutUser
                            .getOrDefault(deal, List.of())
                            .forEach(item ->
                                    item.givenTo(row.path("responsible_user_id").asLong()));
                }
            });
            if (deals.size() > 1) {
                missing.forEach(deal -> questions.addFirst(new Users(List.of(deal))));
            } else if (body.isMissingNode()) {
                gone.addAll(missing);
            }
        }
    }

    /** A page of the tasks, or notes, of some deals. */
    private final class Page implements Question {
        private final Kind kind;
        private final List<Long> deals;
        private final int page;

        Page(Kind kind, List<Long> deals, int page) {
            this.kind = kind;
            this.deals = deals;
            this.page = page;
        }

        @Override
        public AmocrmRequest request() {
            return kind == Kind.TASK ? AmocrmRequest.tasksOf(deals, page) : AmocrmRequest.notesOf(deals, page);
        }

        @Override
        public void answered(JsonNode body) {
            JsonNode rows = body.path("_embedded").path(kind == Kind.TASK ? "tasks" : "notes");
            boolean older = false;
            for (JsonNode row : rows) {
                String text = kind == Kind.TASK
                        ? row.path("text").asText()
                        : row.path("params").path("text").asText();
                long deal = row.path("entity_id").asLong();
                sought.stream()
                        .filter(item -> item.what().kind() == kind
                                && item.deal() == deal
                                && text.contains(item.what().mark()))
                        .forEach(seen::add);
                older |= row.path("created_at").asLong(Long.MAX_VALUE) < since;
            }
            boolean more = body.path("_links").path("next").has("href");
            if (more && !older && !rows.isEmpty() && seen.size() < sought.size()) {
                questions.addFirst(new Page(kind, deals, page + 1));
            }
        }
    }
}
