package io.identamocrm.delivery;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncItem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries of invented receptions and patients, decided by hand. */
final class Decided {

    private Decided() {}

    /** Neither deal nor contact is there. */
    static Delivery newDealWithContact(long reception, long patient) {
        return of(reception(reception, patient), newDeal(reception, null), newContact(patient));
    }

    /** The contact is there; a negative one is still on its way. */
    static Delivery newDealFor(long reception, long patient, long contact) {
        return of(reception(reception, patient), newDeal(reception, contact), null);
    }

    /** The contact is there and differs. */
    static Delivery newDealAndChangedContact(long reception, long patient, Contact base) {
        return of(reception(reception, patient), newDeal(reception, base.id()), change(base, patient, null, List.of()));
    }

    /** A patient without a contact, in a run of patients. */
    static Delivery newContact(SyncItem patient) {
        return of(patient, null, newContact(patient.id()));
    }

    /** A deal without a contact whose patient has none. */
    static Delivery newContactLinkedTo(Deal base, long reception, long patient) {
        return of(
                reception(reception, patient),
                new DealWrite(base.id(), base, null, null, null, null, Map.of(), true, null),
                newContact(patient));
    }

    static Delivery changedDeal(Deal base, long reception, String service) {
        return changedDeal(base, reception, null, null, Map.of(DealField.SERVICE_NAME, service));
    }

    static Delivery changedDeal(Deal base, long reception, Long pipeline, Long stage, Map<DealField, String> values) {
        return of(
                reception(reception, Fixtures.PATIENT),
                new DealWrite(base.id(), base, null, pipeline, stage, null, values, false, null),
                null);
    }

    static Delivery linkedDeal(Deal base, long reception, long contact) {
        return of(
                reception(reception, Fixtures.PATIENT),
                new DealWrite(base.id(), base, null, null, null, null, Map.of(), true, contact),
                null);
    }

    /** A free deal is linked with the patient's contact, and given the reception. */
    static Delivery takenDeal(Deal base, long reception, long contact, @Nullable Delivered former) {
        return of(
                reception(reception, Fixtures.PATIENT),
                new DealWrite(
                        base.id(),
                        base,
                        null,
                        null,
                        null,
                        null,
                        Map.of(DealField.RECEPTION_ID, Long.toString(reception)),
                        true,
                        contact,
                        former),
                null);
    }

    /** The deal was another patient's, for whom this was delivered. */
    static Delivery followingDeal(Deal base, long reception, long contact, Delivered former) {
        return of(
                reception(reception, Fixtures.PATIENT),
                new DealWrite(base.id(), base, null, null, null, null, Map.of(), true, contact, former),
                null);
    }

    static Delivery changedContact(Contact base, long patient, String name, List<String> phones) {
        return of(Fixtures.patient(patient).build(), null, change(base, patient, name, phones));
    }

    private static ContactWrite change(Contact base, long patient, String name, List<String> phones) {
        return new ContactWrite(base.id(), base, name, phones, Map.of(ContactField.PATIENT_ID, Long.toString(patient)));
    }

    private static DealWrite newDeal(long reception, Long contact) {
        return new DealWrite(
                null,
                null,
                "Приём #" + reception,
                Fixtures.PRIMARY_PIPELINE,
                Fixtures.PRIMARY_STAGE,
                null,
                Map.of(DealField.RECEPTION_ID, Long.toString(reception)),
                false,
                contact);
    }

    private static ContactWrite newContact(long patient) {
        return new ContactWrite(
                null,
                null,
                "Вымышленная Анна",
                List.of(Fixtures.PHONE),
                Map.of(ContactField.PATIENT_ID, Long.toString(patient)));
    }

    private static SyncItem reception(long id, long patient) {
        return Fixtures.reception(id).of(Fixtures.patient(patient)).build();
    }

    private static Delivery of(SyncItem item, DealWrite deal, ContactWrite contact) {
        Delivered delivered = deal == null
                ? null
                : new Delivered(
                        deal.isNew() ? 0 : deal.id(),
                        Status.SCHEDULED,
                        Fixtures.PRIMARY_PIPELINE,
                        deal.stageId(),
                        null,
                        false,
                        null,
                        null,
                        false,
                        item.patient().id());
        OwnContact own = contact == null
                ? null
                : new OwnContact(
                        contact.isNew() ? 0 : contact.id(),
                        contact.name() == null ? null : Fixtures.PRINT.of(contact.name()),
                        false);
        return new Delivery(
                item,
                new Decision(
                        item.id(),
                        item.patient().id(),
                        Status.SCHEDULED,
                        Funnel.PRIMARY,
                        Outcome.UPDATED,
                        null,
                        deal,
                        contact,
                        List.of(),
                        List.of(),
                        delivered,
                        null,
                        own),
                1);
    }
}
