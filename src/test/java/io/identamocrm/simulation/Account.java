package io.identamocrm.simulation;

import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Pipeline;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.simulation.Ledger.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The account with its managers: what they do is entered in the ledger. */
final class Account {

    private static final List<Long> PIPELINES = List.of(SandboxAccount.PRIMARY, SandboxAccount.SECONDARY);
    private static final int MOST_ACTS = 14;

    private final AmoSandbox sandbox;
    private final Ledger ledger;
    private final PlayedClinic clinic;
    private int names;

    Account(AmoSandbox sandbox, Ledger ledger, PlayedClinic clinic) {
        this.sandbox = sandbox;
        this.ledger = ledger;
        this.clinic = clinic;
    }

    /** Closed, outside our pipelines or unsorted: the managers' own. */
    static boolean isFinished(EntityView deal) {
        return deal.stageId() == Pipeline.WON
                || deal.stageId() == Pipeline.LOST
                || !PIPELINES.contains(deal.pipelineId())
                || deal.stageId() == SandboxAccount.stage(deal.pipelineId(), 0);
    }

    Map<Key, EntityView> views() {
        Map<Key, EntityView> all = new HashMap<>();
        sandbox.account().leads().forEach(lead -> all.put(new Key(true, lead.id()), lead));
        sandbox.account().contacts().forEach(contact -> all.put(new Key(false, contact.id()), contact));
        return all;
    }

    /** What managers have made before the product came: deals and contacts, some of the clinic's patients. */
    void fill(Random chance) {
        int all = chance.nextInt(8);
        for (int i = 0; i < all; i++) {
            act(chance, chance.nextInt(3));
        }
    }

    /** One act of a manager; returns what it was, or null if there was nothing to do. */
    String act(Random chance) {
        return act(chance, chance.nextInt(MOST_ACTS));
    }

    private String act(Random chance, int kind) {
        return switch (kind) {
            case 0, 1 -> newDeal(chance);
            case 2 -> newContact(chance);
            case 3 ->
                deal(
                        chance,
                        "edits",
                        change -> change.price(chance.nextInt(100_000))
                                .name("Перезвонить " + names++)
                                .field(SandboxAccount.MANAGERS_LEAD_FIELD, "Заметка"));
            case 4 -> moved(chance, false);
            case 5 -> moved(chance, true);
            case 6 ->
                deal(chance, "closes", chance.nextBoolean() ? SandboxAccount.ByHand::won : SandboxAccount.ByHand::lost);
            case 7 ->
                deal(
                        chance,
                        "moves out of our pipelines",
                        change ->
                                change.stage(SandboxAccount.FOREIGN, SandboxAccount.stage(SandboxAccount.FOREIGN, 1)));
            case 8 -> chance.nextBoolean() ? removed(chance, true) : removed(chance, false);
            case 9 -> merged(chance, true);
            case 10 -> merged(chance, false);
            case 11 -> contact(chance, "renames", change -> change.name("Клиент " + names++));
            case 12 ->
                contact(
                        chance,
                        "adds a phone to",
                        change -> change.append(Ledger.PHONE, PlayedClinic.phone(500 + names++)));
            default -> reopened(chance);
        };
    }

    private <T> T anyOf(List<T> all, Random chance) {
        return all.get(chance.nextInt(all.size()));
    }

    private String newDeal(Random chance) {
        PlayedClinic.Card card = anyOf(List.copyOf(clinic.cards().values()), chance);
        long pipeline = anyOf(PIPELINES, chance);
        Map<Long, String> fields = new TreeMap<>();
        if (chance.nextInt(3) == 0) {
            fields.put(Ledger.PATIENT_NUMBER, Long.toString(card.number));
        }
        List<EntityView> contacts = sandbox.account().contacts();
        Long[] links = !contacts.isEmpty() && chance.nextBoolean()
                ? new Long[] {anyOf(contacts, chance).id()}
                : new Long[0];
        Key key = new Key(
                true,
                sandbox.account()
                        .addLead(
                                "Заявка",
                                pipeline,
                                SandboxAccount.stage(pipeline, 1 + chance.nextInt(4)),
                                fields,
                                links));
        ledger.acted("creates", key, null, view(key));
        return "manager creates " + key + (fields.isEmpty() ? "" : " with patient " + card.id + "'s number");
    }

    private String newContact(Random chance) {
        PlayedClinic.Card card = anyOf(List.copyOf(clinic.cards().values()), chance);
        boolean known = chance.nextBoolean();
        Key key = new Key(
                false,
                sandbox.account()
                        .addContact(
                                "Звонок",
                                Map.of(Ledger.PHONE, known ? card.phone : PlayedClinic.phone(900 + names++))));
        ledger.acted("creates", key, null, view(key));
        return "manager creates " + key + (known ? " with patient " + card.id + "'s phone" : "");
    }

    private EntityView view(Key key) {
        return key.lead() ? sandbox.account().lead(key.id()) : sandbox.account().contact(key.id());
    }

    private String deal(Random chance, String what, Consumer<SandboxAccount.ByHand> change) {
        List<EntityView> all = sandbox.account().leads();
        return all.isEmpty() ? null : changed(new Key(true, anyOf(all, chance).id()), what, change);
    }

    private String contact(Random chance, String what, Consumer<SandboxAccount.ByHand> change) {
        List<EntityView> all = sandbox.account().contacts();
        return all.isEmpty() ? null : changed(new Key(false, anyOf(all, chance).id()), what, change);
    }

    private String changed(Key key, String what, Consumer<SandboxAccount.ByHand> change) {
        EntityView before = view(key);
        if (key.lead()) {
            sandbox.account().changeLead(key.id(), change);
        } else {
            sandbox.account().changeContact(key.id(), change);
        }
        ledger.acted(what, key, before, view(key));
        return "manager " + what + " " + key;
    }

    private String moved(Random chance, boolean toOther) {
        List<EntityView> all = sandbox.account().leads().stream()
                .filter(lead -> !isFinished(lead))
                .toList();
        if (all.isEmpty()) {
            return null;
        }
        EntityView deal = anyOf(all, chance);
        long pipeline =
                toOther ? SandboxAccount.PRIMARY + SandboxAccount.SECONDARY - deal.pipelineId() : deal.pipelineId();
        long stage = SandboxAccount.stage(pipeline, 1 + chance.nextInt(4));
        return stage == deal.stageId()
                ? null
                : changed(
                                new Key(true, deal.id()),
                                toOther ? "drags" : "moves",
                                change -> change.stage(pipeline, stage))
                        + " to stage " + stage;
    }

    private String reopened(Random chance) {
        List<EntityView> all = sandbox.account().leads().stream()
                .filter(lead -> lead.stageId() == Pipeline.WON || lead.stageId() == Pipeline.LOST)
                .toList();
        return all.isEmpty()
                ? null
                : changed(new Key(true, anyOf(all, chance).id()), "reopens", SandboxAccount.ByHand::reopened);
    }

    private String removed(Random chance, boolean lead) {
        List<EntityView> all =
                lead ? sandbox.account().leads() : sandbox.account().contacts();
        if (all.isEmpty()) {
            return null;
        }
        EntityView gone = anyOf(all, chance);
        if (lead) {
            sandbox.account().deleteLead(gone.id());
        } else {
            sandbox.account().deleteContact(gone.id());
        }
        Key key = new Key(lead, gone.id());
        ledger.acted("deletes", key, gone, null);
        return "manager deletes " + key;
    }

    private String merged(Random chance, boolean lead) {
        List<EntityView> all = new ArrayList<>(
                lead ? sandbox.account().leads() : sandbox.account().contacts());
        if (all.size() < 2) {
            return null;
        }
        EntityView kept = anyOf(all, chance);
        all.remove(kept);
        EntityView gone = anyOf(all, chance);
        if (lead) {
            sandbox.account().mergeLeads(kept.id(), gone.id());
        } else {
            sandbox.account().mergeContacts(kept.id(), gone.id());
        }
        ledger.acted("merges", new Key(lead, gone.id()), gone, null);
        ledger.acted("merges into", new Key(lead, kept.id()), kept, view(new Key(lead, kept.id())));
        return "manager merges " + new Key(lead, gone.id()) + " into " + kept.id();
    }
}
