package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.MirrorText;
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
import java.util.function.BiPredicate;

/**
 * A look at amoCRM before follow-ups are sent: who is responsible for their deals, which of these are over, and, of those that may have been
 * sent already, which are there. A task or note is known again by the mark at the end of its text. That one is not there is believed only
 * when several looks did not show it, since lists may lag behind writes, or come empty for no reason.
 */
public final class FollowUpLook implements RequestSequence {

    /** So many ids of deals make an address that every server takes. */
    private static final int MOST_IDS = 100;

    private static final int LOOKS = 4;
    private static final int SEVERAL = 2;
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_IDLE_PAGES = 3;
    /** By so much the clocks of amoCRM and of the clinic may differ. */
    private static final long CLOCKS_DIFFER = Duration.ofHours(2).toSeconds();

    private final Map<Long, List<FollowUpItem>> byDeal = new HashMap<>();
    private final BiPredicate<FollowUpItem, JsonNode> isOver;
    private final Set<FollowUpItem> sought = new HashSet<>();
    private final Set<FollowUpItem> seen = new HashSet<>();
    private final Set<FollowUpItem> over = new HashSet<>();
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
            Collection<FollowUpItem> ofDeals,
            BiPredicate<FollowUpItem, JsonNode> isOver,
            Collection<FollowUpItem> sought,
            long since,
            int looks,
            long pauseMillis) {
        this.isOver = isOver;
        this.since = since - CLOCKS_DIFFER;
        this.pauseMillis = pauseMillis;
        this.looksLeft = looks;
        this.sought.addAll(sought);
        ofDeals.forEach(item ->
                byDeal.computeIfAbsent(item.deal(), id -> new ArrayList<>()).add(item));
        parts(byDeal.keySet()).forEach(ids -> questions.add(new Deals(ids)));
        lookAgain();
    }

    /**
     * Before anything is sent.
     *
     * @param ofDeals those whose deals somebody may have changed
     * @param isOver  tells whether a deal, as amoCRM shows it, is one of which nobody hears this any more
     * @param sought  what may have been sent already
     * @param unclear some of it perhaps just now, so that lists may lag
     * @param since   Unix seconds before which none of it was sent
     * @param window  how long to look
     */
    static FollowUpLook before(
            Collection<FollowUpItem> ofDeals,
            BiPredicate<FollowUpItem, JsonNode> isOver,
            Collection<FollowUpItem> sought,
            boolean unclear,
            long since,
            Duration window) {
        return new FollowUpLook(ofDeals, isOver, sought, since, unclear ? LOOKS : SEVERAL, unclear ? pause(window) : 0);
    }

    /** After an answer that tells nothing. */
    static FollowUpLook after(Collection<FollowUpItem> sought, long since, Duration window) {
        return new FollowUpLook(List.of(), (item, deal) -> false, sought, since, LOOKS, pause(window));
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
                        .forEach(ids -> questions.add(new Pages(kind, ids)));
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

    /** Those whose deals amoCRM no longer has, or somebody closed or moved out of our pipelines. */
    Set<FollowUpItem> over() {
        return over;
    }

    /**
     * Several deals, or one: only the answer about one alone tells that it is gone or over, since a list may leave it out, or show it as it
     * was before we moved it on.
     */
    private final class Deals implements Question {
        private final List<Long> deals;

        Deals(List<Long> deals) {
            this.deals = deals;
        }

        @Override
        public AmocrmRequest request() {
            return AmocrmRequest.byIds(Entity.LEADS, deals);
        }

        @Override
        public void answered(JsonNode body) {
            Set<Long> untold = new TreeSet<>(deals);
            JsonNode list = body.path("_embedded").path(Entity.LEADS.embedded());
            (list.isMissingNode() && body.has("id") ? List.of(body) : list).forEach(row -> {
                List<FollowUpItem> items = byDeal.getOrDefault(row.path("id").asLong(), List.of());
                List<FollowUpItem> ended = items.stream()
                        .filter(item -> row.path("is_deleted").asBoolean() || isOver.test(item, row))
                        .toList();
                if ((ended.isEmpty() || deals.size() == 1)
                        && untold.remove(row.path("id").asLong())) {
                    over.addAll(ended);
                    items.forEach(
                            item -> item.givenTo(row.path("responsible_user_id").asLong()));
                }
            });
            if (deals.size() > 1) {
                untold.forEach(deal -> questions.addFirst(new Deals(List.of(deal))));
            } else if (body.isMissingNode()) {
                untold.forEach(deal -> over.addAll(byDeal.getOrDefault(deal, List.of())));
            }
        }
    }

    /** The tasks, or notes, of some deals, page by page. */
    private final class Pages implements Question {
        private final Kind kind;
        private final List<Long> deals;
        private final Set<Long> ids = new HashSet<>();
        private int page = 1;
        private int idlePages;
        private long lowest = Long.MAX_VALUE;
        private boolean inOrder = true;

        Pages(Kind kind, List<Long> deals) {
            this.kind = kind;
            this.deals = deals;
        }

        @Override
        public AmocrmRequest request() {
            return kind == Kind.TASK ? AmocrmRequest.tasksOf(deals, page) : AmocrmRequest.notesOf(deals, page);
        }

        @Override
        public void answered(JsonNode body) {
            String name = kind == Kind.TASK ? "tasks" : "notes";
            JsonNode rows = body.path("_embedded").path(name);
            boolean older = !rows.isEmpty();
            int known = ids.size();
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
                older &= row.path("created_at").asLong(Long.MAX_VALUE) < since;
                long id = row.path("id").asLong();
                inOrder &= id < lowest;
                lowest = Math.min(lowest, id);
                ids.add(id);
            }
            // An account may not keep to the order asked for; then newer ones may follow.
            boolean onlyOlderFollow = older && inOrder && ids.size() > 1;
            boolean more = body.path("_links").path("next").has("href");
            if (more && !onlyOlderFollow && !rows.isEmpty() && seen.size() < sought.size()) {
                idlePages = ids.size() == known ? idlePages + 1 : 0;
                if (idlePages == MOST_IDLE_PAGES || page == MOST_PAGES) {
                    throw new AmocrmException.Ambiguous(MirrorText.ENDLESS.with(name), DeliveryText.ASKS_AGAIN, null);
                }
                page++;
                questions.addFirst(this);
            }
        }
    }
}
