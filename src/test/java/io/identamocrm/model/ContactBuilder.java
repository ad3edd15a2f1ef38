package io.identamocrm.model;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Builds contacts; see {@link Fixtures#contact}. */
public final class ContactBuilder {

    private final long id;
    private long updatedAt = 1_000;
    private Long patientId;
    private String name = Fixtures.PRINT.of("Аня с сайта");
    private final Set<String> phones = new LinkedHashSet<>();
    private final Map<ContactField, String> fingerprints = new EnumMap<>(ContactField.class);
    private final Map<ContactField, Sent> sent = new EnumMap<>(ContactField.class);

    ContactBuilder(long id) {
        this.id = id;
    }

    public ContactBuilder updatedAt(long value) {
        updatedAt = value;
        return this;
    }

    public ContactBuilder ofPatient(long patient) {
        patientId = patient;
        return holding(ContactField.PATIENT_ID, Long.toString(patient));
    }

    /** A patient-id field in which somebody wrote something that is no id. */
    public ContactBuilder ofUnreadablePatient() {
        return holding(ContactField.PATIENT_ID, "см. карту");
    }

    public ContactBuilder named(String value) {
        name = value == null ? null : Fixtures.PRINT.of(value);
        return this;
    }

    public ContactBuilder withPhones(String... numbers) {
        Set.of(numbers).forEach(number -> phones.add(Fixtures.PRINT.of(number)));
        return this;
    }

    public ContactBuilder holding(ContactField field, String canonical) {
        fingerprints.put(field, Fixtures.PRINT.of(canonical));
        return this;
    }

    public ContactBuilder sentInVain(ContactField field, Sent value) {
        sent.put(field, value);
        return this;
    }

    public Contact build() {
        return new Contact(id, updatedAt, patientId, name, phones, fingerprints, sent);
    }
}
