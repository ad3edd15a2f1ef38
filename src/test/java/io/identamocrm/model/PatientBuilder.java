package io.identamocrm.model;

import java.time.LocalDate;
import java.util.Map;

/** Builds patients; see {@link Fixtures#patient}. */
public final class PatientBuilder {

    private final long id;
    private String number;
    private String surname = "Вымышленная";
    private String name = "Анна";
    private String patronymic = "Ивановна";
    private String phones = Fixtures.PHONE;
    private LocalDate birthday = LocalDate.of(1990, 5, 17);
    private String cardNumber = "К-17";
    private String comment = "боится уколов";
    private LocalDate firstVisit = LocalDate.of(2020, 2, 3);
    private Boolean smsOptOut = Boolean.FALSE;
    private Map<ContactField, Object> further = Map.of();

    PatientBuilder(long id) {
        this.id = id;
        this.number = "N" + id;
    }

    public PatientBuilder number(String value) {
        number = value;
        return this;
    }

    public PatientBuilder named(String newSurname, String newName, String newPatronymic) {
        surname = newSurname;
        name = newName;
        patronymic = newPatronymic;
        return this;
    }

    public PatientBuilder phones(String value) {
        phones = value;
        return this;
    }

    public PatientBuilder birthday(LocalDate value) {
        birthday = value;
        return this;
    }

    public PatientBuilder cardNumber(String value) {
        cardNumber = value;
        return this;
    }

    public PatientBuilder comment(String value) {
        comment = value;
        return this;
    }

    public PatientBuilder firstVisit(LocalDate value) {
        firstVisit = value;
        return this;
    }

    public PatientBuilder smsOptOut(Boolean value) {
        smsOptOut = value;
        return this;
    }

    public PatientBuilder further(Map<ContactField, Object> values) {
        further = values;
        return this;
    }

    public Patient build() {
        return new Patient(
                id,
                number,
                surname,
                name,
                patronymic,
                phones,
                birthday,
                cardNumber,
                comment,
                firstVisit,
                smsOptOut,
                further);
    }
}
