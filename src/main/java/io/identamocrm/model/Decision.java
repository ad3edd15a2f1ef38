package io.identamocrm.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one reception or patient, and why. The values inside are a patient's, so {@link #toString()} shows ids only.
 *
 * @param id          the reception or patient
 * @param patientId   its patient, or null if there is none
 * @param status      derived status; null for a patient, and when the row failed before
 * @param funnel      chosen funnel; null for a patient, and when the row failed before
 * @param outcome     what it ends in once the writes below have succeeded
 * @param failure     why, when the outcome is FAILED; else null
 * @param deal        the deal to create or change, or null
 * @param contact     the contact to create or change, or null
 * @param duplicates  other deals or contacts that would have fitted; never touched
 * @param reasons     the way to this decision
 * @param delivered   what is to be remembered of the reception once that is so, or null
 * @param drifted     the deal that stands in another pipeline than its funnel's because somebody moved it, and is left there; or null
 * @param own         what is to be remembered of the patient once that is so, or null for nothing new
 * @param leftOut     fields that are not sent, because amoCRM has refused these very values
 */
public record Decision(
        long id,
        @Nullable Long patientId,
        @Nullable Status status,
        @Nullable Funnel funnel,
        Outcome outcome,
        @Nullable Failure failure,
        @Nullable DealWrite deal,
        @Nullable ContactWrite contact,
        List<Long> duplicates,
        List<Reason> reasons,
        @Nullable Delivered delivered,
        @Nullable Long drifted,
        @Nullable OwnContact own,
        Set<MappedField> leftOut) {

    public Decision {
        Objects.requireNonNull(outcome);
        duplicates = List.copyOf(duplicates);
        reasons = List.copyOf(reasons);
        leftOut = Set.copyOf(leftOut);
    }

    /** A decision that sends every field that differs. */
    public Decision(
            long id,
            @Nullable Long patientId,
            @Nullable Status status,
            @Nullable Funnel funnel,
            Outcome outcome,
            @Nullable Failure failure,
            @Nullable DealWrite deal,
            @Nullable ContactWrite contact,
            List<Long> duplicates,
            List<Reason> reasons,
            @Nullable Delivered delivered,
            @Nullable Long drifted,
            @Nullable OwnContact own) {
        this(
                id,
                patientId,
                status,
                funnel,
                outcome,
                failure,
                deal,
                contact,
                duplicates,
                reasons,
                delivered,
                drifted,
                own,
                Set.of());
    }

    /** A row that cannot be delivered. */
    public static Decision failed(long id, @Nullable Long patientId, Failure failure, List<Reason> reasons) {
        return new Decision(
                id, patientId, null, null, Outcome.FAILED, failure, null, null, List.of(), reasons, null, null, null);
    }

    @Override
    public String toString() {
        return "Decision[" + id + ", " + outcome.key() + "]";
    }

    /**
     * A deal or contact to create or change.
     *
     * @param <E> which of them
     */
    public sealed interface EntityWrite<E> {

        /** What to change; null to create one. */
        @Nullable
        Long id();

        /** The same as it was when decided; null for a new one. */
        @Nullable
        E base();

        /** True if one is to be created. */
        default boolean isNew() {
            return id() == null;
        }

        /**
         * What to change.
         *
         * @throws IllegalStateException if one is created
         */
        default long knownId() {
            Long known = id();
            if (known == null) {
                throw new IllegalStateException(this + " has no id yet");
            }
            return known;
        }

        /**
         * The same as it was when decided.
         *
         * @throws IllegalStateException if one is created
         */
        default E knownBase() {
            E known = base();
            if (known == null) {
                throw new IllegalStateException(this + " changes nothing that is there");
            }
            return known;
        }
    }

    /**
     * A deal to create or change.
     *
     * @param id            the deal to change, or null to create one
     * @param base          the deal as it was when decided, or null for a new one
     * @param name          name of a new deal; null leaves it alone
     * @param pipelineId    pipeline to put it in; null leaves it
     * @param stageId       stage to put it in; null leaves it, or with a pipeline means that pipeline's first
     * @param responsibleId user of a new deal, or null
     * @param values        our fields that differ, in canonical form
     * @param linkContact   true if the patient's contact must be linked to a deal that is there
     * @param contactId     contact of a new deal or of the link; negative = one on its way; null = the one created with it
     * @param former        what was delivered in it for another patient, whom it no longer belongs to; null if it goes on with the same
     */
    public record DealWrite(
            @Nullable Long id,
            @Nullable Deal base,
            @Nullable String name,
            @Nullable Long pipelineId,
            @Nullable Long stageId,
            @Nullable Long responsibleId,
            Map<DealField, String> values,
            boolean linkContact,
            @Nullable Long contactId,
            @Nullable Delivered former)
            implements EntityWrite<Deal> {

        /** A write that has nothing to do with another patient. */
        public DealWrite(
                @Nullable Long id,
                @Nullable Deal base,
                @Nullable String name,
                @Nullable Long pipelineId,
                @Nullable Long stageId,
                @Nullable Long responsibleId,
                Map<DealField, String> values,
                boolean linkContact,
                @Nullable Long contactId) {
            this(id, base, name, pipelineId, stageId, responsibleId, values, linkContact, contactId, null);
        }

        public DealWrite {
            values = Map.copyOf(values);
        }

        /** The same write, to be applied to a later state of the deal; null keeps the one it was decided on. */
        public DealWrite on(@Nullable Deal current) {
            return current == null
                    ? this
                    : new DealWrite(
                            id,
                            current,
                            name,
                            pipelineId,
                            stageId,
                            responsibleId,
                            values,
                            linkContact,
                            contactId,
                            former);
        }

        /** The same write, leaving one of the fields alone. */
        public DealWrite without(DealField field) {
            Map<DealField, String> left = new HashMap<>(values);
            left.remove(field);
            return new DealWrite(
                    id, base, name, pipelineId, stageId, responsibleId, left, linkContact, contactId, former);
        }

        /** The contact that is taken off, because we had linked it for another patient; null if none is. */
        public @Nullable Long unlinked() {
            return former == null || Objects.equals(former.contact(), contactId) ? null : former.contact();
        }

        /** True if a contact that we had linked for another patient is taken off. */
        public boolean unlinks() {
            return unlinked() != null;
        }

        /** True if the deal itself has something to send. */
        public boolean changesDeal() {
            return isNew() || pipelineId != null || stageId != null || !values.isEmpty();
        }

        @Override
        public String toString() {
            return "DealWrite[" + (isNew() ? "new" : id) + ", " + values.keySet() + "]";
        }
    }

    /**
     * A contact to create or change.
     *
     * @param id     the contact to change, or null to create one
     * @param base   the contact as it was when decided, or null for a new one
     * @param name   name to give it; null leaves it alone
     * @param phones all phones of the patient, E.164, if one is missing in the contact, else empty; phones it has besides are kept
     * @param values our fields that differ, in canonical form
     */
    public record ContactWrite(
            @Nullable Long id,
            @Nullable Contact base,
            @Nullable String name,
            List<String> phones,
            Map<ContactField, String> values)
            implements EntityWrite<Contact> {

        public ContactWrite {
            phones = List.copyOf(phones);
            values = Map.copyOf(values);
        }

        /** The same write, to be applied to a later state of the contact. */
        public ContactWrite on(Contact current) {
            return new ContactWrite(id, current, name, phones, values);
        }

        /** The same write, leaving one of the fields alone. */
        public ContactWrite without(ContactField field) {
            Map<ContactField, String> left = new HashMap<>(values);
            left.remove(field);
            return new ContactWrite(id, base, name, field == ContactField.PHONE ? List.of() : phones, left);
        }

        /** What is to be written into a field, all phones as one text; null if it is left alone. */
        public @Nullable String valueOf(ContactField field) {
            return field != ContactField.PHONE ? values.get(field) : phones.isEmpty() ? null : together(phones);
        }

        /** All phones as one value. */
        public static String together(List<String> phones) {
            return String.join(" ", phones);
        }

        /** True if a contact that is there stays as it is. */
        public boolean isEmpty() {
            return !isNew() && name == null && phones.isEmpty() && values.isEmpty();
        }

        @Override
        public String toString() {
            return "ContactWrite[" + (isNew() ? "new" : id) + ", " + values.keySet() + "]";
        }
    }
}
