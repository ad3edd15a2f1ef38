package io.identamocrm.sandbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Managers who never rest: with every request something is created, edited, moved, merged or deleted, by chance, the same for the same seed
 * and the same account. A hook.
 */
public final class RestlessManagers implements Consumer<SandboxRequest> {

    /** What they may do. */
    public enum Act {
        CREATE_DEAL,
        CREATE_CONTACT,
        RENAME,
        PRICE,
        NOTE_FIELD,
        ADD_PHONE,
        REPLACE_PHONES,
        MOVE,
        CLOSE,
        REOPEN,
        LINK,
        UNLINK,
        MERGE_DEALS,
        MERGE_CONTACTS,
        DELETE_DEAL,
        DELETE_CONTACT
    }

    private static final long PHONE = 2;

    private final SandboxAccount account;
    private final Random random;
    private final Set<Act> acts;
    private final List<String> done = new ArrayList<>();

    /** Managers who do all that there is, or only what is named. */
    public RestlessManagers(SandboxAccount account, long seed, Act... only) {
        this.account = account;
        this.random = new Random(seed);
        this.acts = only.length == 0 ? EnumSet.allOf(Act.class) : EnumSet.copyOf(Arrays.asList(only));
    }

    @Override
    public void accept(SandboxRequest request) {
        act();
    }

    /** One act; nothing happens if chance chose one for which there is nothing in the account. */
    public void act() {
        synchronized (account.content()) {
            Act act = List.copyOf(acts).get(random.nextInt(acts.size()));
            switch (act) {
                case CREATE_DEAL -> {
                    Pipeline pipeline = pipeline();
                    did(act, account.addLead("Заявка", pipeline.id(), openStage(pipeline), Map.of()));
                }
                case CREATE_CONTACT -> did(act, account.addContact("Звонок", Map.of(PHONE, phone())));
                case MERGE_DEALS, MERGE_CONTACTS -> merge(act);
                case LINK, UNLINK -> link(act);
                case ADD_PHONE, REPLACE_PHONES, DELETE_CONTACT -> withContact(act);
                default -> withDeal(act);
            }
        }
    }

    /** What was done, oldest first, as {@code MOVE 70012}. */
    public List<String> done() {
        synchronized (account.content()) {
            return List.copyOf(done);
        }
    }

    private void did(Act act, long id) {
        done.add(act + " " + id);
    }

    private Pipeline pipeline() {
        List<Pipeline> all = List.copyOf(account.pipelines());
        return all.get(random.nextInt(all.size()));
    }

    private long openStage(Pipeline pipeline) {
        List<Long> open = pipeline.stages().stream()
                .filter(stage -> stage.type() == 0)
                .map(Pipeline.Stage::id)
                .filter(stage -> !Pipeline.isEnd(stage))
                .toList();
        return open.get(random.nextInt(open.size()));
    }

    private String phone() {
        return "+7900" + (1_000_000 + random.nextInt(9_000_000));
    }

    private Long any(boolean lead) {
        return any(account.content().all(lead).ascending());
    }

    private Long any(Predicate<Entity> deals) {
        return any(
                account.content().all(true).ascending().stream().filter(deals).toList());
    }

    private Long any(List<Entity> all) {
        return all.isEmpty() ? null : (Long) all.get(random.nextInt(all.size())).id;
    }

    private void merge(Act act) {
        boolean deals = act == Act.MERGE_DEALS;
        Long kept = any(deals);
        Long merged = any(deals);
        if (kept == null || kept.equals(merged)) {
            return;
        }
        if (deals) {
            account.mergeLeads(kept, merged);
        } else {
            account.mergeContacts(kept, merged);
        }
        did(act, merged);
    }

    private void link(Act act) {
        Long lead = act == Act.LINK ? any(true) : any(deal -> !deal.links.isEmpty());
        Long contact = any(false);
        if (lead == null || contact == null) {
            return;
        }
        if (act == Act.LINK) {
            account.link(lead, contact);
        } else {
            account.unlink(lead, account.lead(lead).links().get(0));
        }
        did(act, lead);
    }

    private void withContact(Act act) {
        Long id = any(false);
        if (id == null) {
            return;
        }
        switch (act) {
            case ADD_PHONE -> account.changeContact(id, change -> change.append(PHONE, phone()));
            case REPLACE_PHONES -> account.changeContact(id, change -> change.field(PHONE, phone()));
            default -> account.deleteContact(id);
        }
        did(act, id);
    }

    private void withDeal(Act act) {
        Long id = act == Act.REOPEN ? any(deal -> Pipeline.isEnd(deal.stageId)) : any(true);
        boolean useless = id == null
                || act == Act.NOTE_FIELD && !account.fieldsOf(true).containsKey(SandboxAccount.MANAGERS_LEAD_FIELD);
        if (useless) {
            return;
        }
        switch (act) {
            case RENAME -> account.changeLead(id, change -> change.name("Перезвонить " + random.nextInt(1000)));
            case PRICE -> account.changeLead(id, change -> change.price(random.nextInt(100_000)));
            case NOTE_FIELD ->
                account.changeLead(id, change -> change.field(SandboxAccount.MANAGERS_LEAD_FIELD, "Заметка"));
            case MOVE -> {
                Pipeline pipeline = pipeline();
                account.changeLead(id, change -> change.stage(pipeline.id(), openStage(pipeline)));
            }
            case CLOSE ->
                account.changeLead(id, random.nextBoolean() ? SandboxAccount.ByHand::won : SandboxAccount.ByHand::lost);
            case REOPEN -> account.changeLead(id, SandboxAccount.ByHand::reopened);
            default -> account.deleteLead(id);
        }
        did(act, id);
    }
}
