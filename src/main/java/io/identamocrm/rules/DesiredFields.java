package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Patient;
import io.identamocrm.model.PlainText;
import io.identamocrm.model.Reception;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values that our fields should have (domain rules, "Field mapping"). A null in IDENT leaves amoCRM's value alone. */
final class DesiredFields {

    private static final int LONGEST_NAME = 250;

    private final CanonicalForm form;

    DesiredFields(CanonicalForm form) {
        this.form = form;
    }

    Map<DealField, String> ofDeal(Reception reception) {
        Map<DealField, String> values = new EnumMap<>(DealField.class);
        put(values, DealField.RECEPTION_ID, reception.id());
        put(values, DealField.RECEPTION_DATE, reception.planStart());
        put(values, DealField.DOCTOR_NAME, reception.doctor());
        put(
                values,
                DealField.SERVICE_NAME,
                reception.services().isEmpty() ? null : String.join(", ", reception.services()));
        if (reception.services().isEmpty()
                && reception.cost() != null
                && reception.cost().signum() == 0) {
            // The whole bill was returned: the one null that is sent.
            String emptied = form.emptied(DealField.SERVICE_NAME);
            if (emptied != null) {
                values.put(DealField.SERVICE_NAME, emptied);
            }
        }
        put(values, DealField.RECEPTION_COST, reception.cost());
        put(values, DealField.PATIENT_NUMBER, reception.knownPatient().number());
        return values;
    }

    Map<ContactField, String> ofContact(Patient patient) {
        Map<ContactField, String> values = new EnumMap<>(ContactField.class);
        put(values, ContactField.PATIENT_ID, patient.id());
        put(values, ContactField.PATIENT_NUMBER, patient.number());
        put(values, ContactField.NAME, nameOf(patient));
        put(values, ContactField.CARD_NUMBER, patient.cardNumber());
        put(values, ContactField.BIRTHDATE, patient.birthday());
        put(values, ContactField.COMMENT, patient.comment());
        put(values, ContactField.FIRST_VISIT, patient.firstVisit());
        put(values, ContactField.SMS_OPT_OUT, patient.smsOptOut());
        patient.further().forEach((field, value) -> put(values, field, value));
        return values;
    }

    /** «Фамилия Имя Отчество», cut to what amoCRM takes as a contact's name, or null if IDENT knows none. */
    static @Nullable String nameOf(Patient patient) {
        String name = Stream.of(patient.surname(), patient.name(), patient.patronymic())
                .filter(Objects::nonNull)
                .map(part -> PlainText.of(part, LONGEST_NAME))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return PlainText.of(name, LONGEST_NAME);
    }

    private <F extends MappedField> void put(Map<F, String> values, F field, @Nullable Object value) {
        String canonical = form.of(field, value);
        if (canonical != null) {
            values.put(field, canonical);
        }
    }
}
