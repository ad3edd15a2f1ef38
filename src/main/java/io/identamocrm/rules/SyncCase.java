package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.RefusedField;
import io.identamocrm.model.SyncItem;
import io.identamocrm.model.Text;
import io.identamocrm.rules.ContactChoice.Choice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reception or patient on its way to a decision: what is known, and what the steps have found so far. It never changes, each step
 * gives back another one; one that is concluded passes all further steps by. What it carries is personal, so {@link #toString()}, which
 * tracers print, shows ids only.
 */
public abstract sealed class SyncCase permits ReceptionCase, PatientCase {

    private final DecisionBasis basis;
    private final PatientKeys keys;
    private final @Nullable OwnContact own;
    // Not final, because a copy is made first and then given what is new in it; nobody else has seen it by then.
    private @Nullable Choice contact;
    private @Nullable ContactWrite contactWrite;
    private @Nullable Outcome outcome;
    private @Nullable Failure failure;
    private List<Reason> reasons;
    private Set<MappedField> leftOut = Set.of();

    SyncCase(DecisionBasis basis, PatientKeys keys, @Nullable OwnContact own) {
        this.basis = basis;
        this.keys = keys;
        this.own = own;
        this.reasons = List.of();
    }

    SyncCase(SyncCase original) {
        basis = original.basis;
        keys = original.keys;
        own = original.own;
        contact = original.contact;
        contactWrite = original.contactWrite;
        outcome = original.outcome;
        failure = original.failure;
        reasons = original.reasons;
        leftOut = original.leftOut;
    }

    abstract SyncCase copy();

    /** What is decided; never null. */
    public abstract SyncItem item();

    /** True if a contact is made where the patient has none. */
    abstract boolean needsContact();

    /** The decision of a case that is concluded and has not failed. */
    abstract Decision decided(Outcome as);

    /** The id of the reception or patient in IDENT. */
    public final long id() {
        return item().id();
    }

    /** True for a reception, false for a patient. */
    public final boolean isReception() {
        return this instanceof ReceptionCase;
    }

    /** True until a step has concluded what becomes of it. */
    public final boolean isOpen() {
        return outcome == null;
    }

    /** What it is concluded as, or null while it is open. */
    public final @Nullable Outcome outcome() {
        return outcome;
    }

    /** What the steps so far have found, and why; in their order. */
    public final List<Reason> reasons() {
        return reasons;
    }

    /**
     * What is to be done, and why.
     *
     * @throws IllegalStateException if the case is open: its route ended without a step that settles it
     */
    public final Decision decision() {
        if (outcome == null) {
            throw new IllegalStateException(this + " came out of its route without an outcome");
        }
        Patient patient = item().patient();
        return failure == null
                ? decided(outcome)
                : Decision.failed(id(), patient == null ? null : patient.id(), failure, reasons);
    }

    /**
     * Concluded: nothing is written, now or before something changes in IDENT. For steps of one's own.
     *
     * @param why the reason that {@code explain} shows; without personal data
     */
    public final SyncCase skip(String why) {
        return isOpen() ? leave(Outcome.SKIPPED, List.of(new Reason(ReasonText.OWN_STEP, Text.of(why)))) : this;
    }

    /** Concluded as failed: nothing is written, and it becomes a dead letter. What the steps have found is dropped. */
    public final SyncCase fail(Failure why) {
        SyncCase next = leave(Outcome.FAILED, List.of());
        next.failure = why;
        next.reasons = List.of();
        return next;
    }

    /** Concluded without a write. */
    SyncCase leave(Outcome as, List<Reason> more) {
        SyncCase next = conclude(as, more);
        next.contactWrite = null;
        return next;
    }

    /** Concluded: what the steps have found is written. */
    final SyncCase conclude(Outcome as, List<Reason> more) {
        SyncCase next = copy();
        next.outcome = as;
        next.add(more);
        return next;
    }

    final SyncCase withContact(Choice choice, List<Reason> more) {
        SyncCase next = copy();
        next.contact = choice;
        next.add(more);
        return next;
    }

    final SyncCase withContactWrite(@Nullable ContactWrite write) {
        SyncCase next = copy();
        next.contactWrite = write;
        return next;
    }

    /** Without fields of which amoCRM has refused these very values. */
    final SyncCase leavingOut(Set<MappedField> fields) {
        if (fields.isEmpty()) {
            return this;
        }
        SyncCase next = copy();
        next.leftOut = new HashSet<>(leftOut);
        next.leftOut.addAll(fields);
        next.add(List.of(new Reason(
                ReasonText.REFUSED,
                RuleText.REFUSED_BEFORE.with(
                        fields.stream().map(RefusedField::nameOf).sorted().collect(Collectors.joining(", "))))));
        return next;
    }

    /** Fields that are left out. */
    final Set<MappedField> leftOut() {
        return leftOut;
    }

    /** For a copy that nobody has seen yet. */
    final void add(List<Reason> more) {
        if (!more.isEmpty()) {
            List<Reason> all = new ArrayList<>(reasons.size() + more.size());
            all.addAll(reasons);
            all.addAll(more);
            reasons = List.copyOf(all);
        }
    }

    final DecisionBasis basis() {
        return basis;
    }

    final PatientKeys keys() {
        return keys;
    }

    /** What is remembered of the patient's contact, or null. */
    final @Nullable OwnContact own() {
        return own;
    }

    /** What is to be remembered of it once all is written; null if that is nothing new. */
    final @Nullable OwnContact ownAfterwards() {
        Contact chosen = contact == null || contact.kind() == ContactChoice.Kind.SHARED ? null : contact.contact();
        if (chosen == null && contactWrite == null) {
            return null;
        }
        String given = contactWrite == null || contactWrite.name() == null
                ? null
                : basis.fingerprint().of(contactWrite.name());
        // A name that is as we would give it counts as ours, also where we have forgotten that we gave it.
        String ours = given != null
                ? given
                : chosen != null && hasOurName(chosen) || chosen != null && isNamedAsInIdent(chosen)
                        ? chosen.name()
                        : null;
        OwnContact next = new OwnContact(chosen == null ? 0 : chosen.id(), ours, false, writtenAfterwards(chosen));
        return next.equals(own) ? null : next;
    }

    /** Fingerprints of phones and e-mails that nobody but us has written into this contact, as far as we remember. */
    final Set<String> writtenBefore(@Nullable Contact held) {
        return own == null || held == null || own.contact() != held.id() ? Set.of() : own.written();
    }

    /** The same once all is written: what was there before is not ours alone. */
    private Set<String> writtenAfterwards(@Nullable Contact chosen) {
        Set<String> before = writtenBefore(chosen);
        if (contactWrite == null) {
            return before;
        }
        Set<String> after = new HashSet<>(before);
        if (!contactWrite.phones().isEmpty()) {
            Set<String> held = chosen == null ? Set.of() : chosen.phones();
            after.removeAll(held);
            keys.phoneFingerprints().stream()
                    .filter(phone -> before.contains(phone) || !held.contains(phone))
                    .forEach(after::add);
        }
        String email = contactWrite.values().get(ContactField.EMAIL);
        if (email != null) {
            after.remove(chosen == null ? "" : chosen.fingerprints().getOrDefault(ContactField.EMAIL, ""));
            after.add(basis.fingerprint().of(email));
        }
        return after;
    }

    /** True if the contact's name is the one that we gave it, so that nobody's wording is lost when IDENT's changes. */
    final boolean hasOurName(Contact held) {
        return own != null && own.name() != null && own.name().equals(held.name());
    }

    private boolean isNamedAsInIdent(Contact held) {
        String title = DesiredFields.nameOf(item().knownPatient());
        return title != null && basis.fingerprint().of(title).equals(held.name());
    }

    /**
     * The contact chosen.
     *
     * @throws IllegalStateException before that step
     */
    final Choice contact() {
        return found(contact, "contact");
    }

    /** Other contacts that would have fitted; none before one is chosen. */
    final List<Long> contactDuplicates() {
        return contact == null ? List.of() : contact.duplicates();
    }

    /** What a step has found. */
    final <T> T found(@Nullable T what, String name) {
        if (what == null) {
            throw new IllegalStateException(this + " has no " + name + " yet");
        }
        return what;
    }

    /** The contact to create or change, or null if nothing is due. */
    final @Nullable ContactWrite contactWrite() {
        return contactWrite;
    }

    /** What {@link #toString()} shows of any case. */
    final String progress() {
        return (contact == null || contact.contact() == null
                        ? ""
                        : ", contact " + contact.contact().id())
                + (outcome == null ? "" : ", " + outcome.key());
    }
}
