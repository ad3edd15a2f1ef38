package io.identamocrm.clinic;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * The clinic's staff at work in IDENT. Every act takes the time at which it happens (clinic wall clock) and marks the rows as IDENT does as
 * far as is known: a visit's progress is told by its own column only, all other changes by {@code DateTimeChanged}.
 */
public final class ClinicStaff {

    private static final int REASON = 3;

    private final ClinicDatabase database;

    ClinicStaff(ClinicDatabase database) {
        this.database = database;
    }

    /** A new patient with the next running number; names and phone may be null. Returns {@code Persons.ID}. */
    public long newPatient(String surname, String name, String patronymic, String phone, LocalDateTime at) {
        long id = database.insert(
                "INSERT INTO dbo.Persons (Surname, Name, Patronymic, MobilePhone) VALUES (?, ?, ?, ?)",
                surname,
                name,
                patronymic,
                phone);
        database.update(
                "INSERT INTO dbo.Patients (ID_Persons, PatientNumber, DateTimeChanged) "
                        + "SELECT ?, COALESCE(MAX(PatientNumber), 0) + 1, ? FROM dbo.Patients",
                id,
                at);
        return id;
    }

    /** A visit of half an hour with a doctor, in a chair; {@code patient} may be null (a blocked slot). Returns {@code Receptions.ID}. */
    public long book(Long patient, LocalDateTime planStart, LocalDateTime at) {
        return database.insert(
                "INSERT INTO dbo.Receptions (ID_Patients, ID_Staffs, ID_Armchairs, PlanStart, PlanEnd, DateTimeAdded, "
                        + "ReceptionAdded) VALUES (?, 1, 1, ?, ?, ?, ?)",
                patient,
                planStart,
                planStart.plusMinutes(30),
                at,
                at);
    }

    /** The patient comes in. */
    public void arrive(long reception, LocalDateTime at) {
        touch(reception, "UPDATE dbo.Receptions SET PatientAppeared = ? WHERE ID = ?", at, reception);
    }

    /** Treatment begins. */
    public void start(long reception, LocalDateTime at) {
        touch(reception, "UPDATE dbo.Receptions SET ReceptionStarted = ? WHERE ID = ?", at, reception);
    }

    /** Treatment ends. */
    public void complete(long reception, LocalDateTime at) {
        touch(reception, "UPDATE dbo.Receptions SET ReceptionEnded = ? WHERE ID = ?", at, reception);
    }

    /** The bill is issued. */
    public void issueCheck(long reception, LocalDateTime at) {
        touch(reception, "UPDATE dbo.Receptions SET CheckIssued = ? WHERE ID = ?", at, reception);
    }

    /** The visit is called off, with a reason. */
    public void cancel(long reception, LocalDateTime at) {
        touch(
                reception,
                "UPDATE dbo.Receptions SET ReceptionCanceled = ?, ID_ReceptionCancelReasons = ? WHERE ID = ?",
                at,
                REASON,
                reception);
    }

    /** The visit takes place after all. */
    public void uncancel(long reception, LocalDateTime at) {
        touch(
                reception,
                "UPDATE dbo.Receptions SET ReceptionCanceled = NULL, ID_ReceptionCancelReasons = NULL, DateTimeChanged = ? "
                        + "WHERE ID = ?",
                at,
                reception);
    }

    /** The visit is called off in a way that leaves a reason but no time. */
    public void cancelByReasonOnly(long reception, LocalDateTime at) {
        touch(
                reception,
                "UPDATE dbo.Receptions SET ID_ReceptionCancelReasons = ?, DateTimeChanged = ? WHERE ID = ?",
                REASON,
                at,
                reception);
    }

    /** The visit is moved: the old row is cancelled, a new one names it. Returns the new reception. */
    public long move(long reception, LocalDateTime newStart, LocalDateTime at) {
        long moved = database.insert(
                "INSERT INTO dbo.Receptions (ID_Patients, ID_Staffs, ID_Armchairs, PlanStart, PlanEnd, DateTimeAdded, "
                        + "ReceptionAdded, ID_ReceptionsTransferFrom) SELECT ID_Patients, ID_Staffs, ID_Armchairs, ?, ?, ?, ?, ID "
                        + "FROM dbo.Receptions WHERE ID = ?",
                newStart,
                newStart.plusMinutes(30),
                at,
                at,
                reception);
        cancel(reception, at);
        return moved;
    }

    /** The visit is moved within its row. */
    public void reschedule(long reception, LocalDateTime newStart, LocalDateTime at) {
        touch(
                reception,
                "UPDATE dbo.Receptions SET PlanStart = ?, PlanEnd = ?, DateTimeChanged = ? WHERE ID = ?",
                newStart,
                newStart.plusMinutes(30),
                at,
                reception);
    }

    /** The visit was booked on another patient's card. */
    public void correctPatient(long reception, long person, LocalDateTime at) {
        touch(
                reception,
                "UPDATE dbo.Receptions SET ID_Patients = ?, DateTimeChanged = ? WHERE ID = ?",
                person,
                at,
                reception);
    }

    /** The patient has another phone. No reception notices. */
    public void changePhone(long person, String phone, LocalDateTime at) {
        touch(person, "UPDATE dbo.Persons SET MobilePhone = ? WHERE ID = ?", phone, person);
        changePatient(person, at);
    }

    /** The patient has another name. No reception notices. */
    public void rename(long person, String surname, String name, String patronymic, LocalDateTime at) {
        touch(
                person,
                "UPDATE dbo.Persons SET Surname = ?, Name = ?, Patronymic = ? WHERE ID = ?",
                surname,
                name,
                patronymic,
                person);
        changePatient(person, at);
    }

    /** What else the clinic learns of a patient; each may be null. */
    public void describe(
            long person, String email, String sex, String city, String inn, String snils, LocalDateTime at) {
        touch(
                person,
                "UPDATE dbo.Persons SET Email = ?, Sex = ?, City = ?, INN = ?, SNILS = ?, DateTimeChanged = ? WHERE ID = ?",
                email,
                sex,
                city,
                inn,
                snils,
                at,
                person);
    }

    /** The patient's card is put away; the patient's row does notice. */
    public void archive(long person, String reason, LocalDateTime at) {
        database.update(
                "INSERT INTO dbo.ArchivingReasons (ID, Name) SELECT COALESCE(MAX(ID), 0) + 1, ? FROM dbo.ArchivingReasons",
                reason);
        touch(
                person,
                "UPDATE dbo.Patients SET Status = 2, ID_ArchivingReasons = (SELECT MAX(ID) FROM dbo.ArchivingReasons) "
                        + "WHERE ID_Persons = ?",
                person);
        changePatient(person, at);
    }

    /** The patient pays. Nothing else notices. */
    public void pay(long person, BigDecimal roubles, LocalDateTime at) {
        database.insert(
                "INSERT INTO dbo.PaymentsIn (ID_Patients, Payment, DateTimePayment) VALUES (?, ?, ?)",
                person,
                roubles,
                at);
    }

    /** The patient gets money back. Nothing else notices. */
    public void payBack(long person, BigDecimal roubles, LocalDateTime at) {
        database.insert(
                "INSERT INTO dbo.PaymentsOut (ID_Patients, Payment, DateTimePayment) VALUES (?, ?, ?)",
                person,
                roubles,
                at);
    }

    /** One more service on the reception's order, which is opened if there is none. The reception's row does not notice. */
    public void addService(long reception, String name, BigDecimal price, LocalDateTime at) {
        database.update(
                "INSERT INTO dbo.ServiceItems (ID, Name, NotAService) SELECT MAX(ID) + 1, ?, 0 FROM dbo.ServiceItems",
                name);
        database.update(
                "INSERT INTO dbo.ServiceItemPrices (ID, ID_ServiceItems, ID_ServicePriceGroups, Price) "
                        + "SELECT (SELECT MAX(ID) + 1 FROM dbo.ServiceItemPrices), MAX(ID), 1, ? FROM dbo.ServiceItems",
                price);
        if (database.update("UPDATE dbo.Orders SET DateTimeChanged = ? WHERE ID_Receptions = ?", at, reception) == 0) {
            touch(
                    reception,
                    "INSERT INTO dbo.Orders (DateTimeOrder, ID_Receptions, ID_Patients, ID_Staffs, DateTimeAdded) "
                            + "SELECT ?, ID, ID_Patients, ID_Staffs, ? FROM dbo.Receptions WHERE ID = ?",
                    at,
                    at,
                    reception);
        }
        database.update(
                "INSERT INTO dbo.OrderServiceRelation (ID_Orders, ID_ServicePrices, CountService, DateTimeAdded) "
                        + "SELECT MAX(ID), (SELECT MAX(ID) FROM dbo.ServiceItemPrices), 1, ? FROM dbo.Orders WHERE ID_Receptions = ?",
                at,
                reception);
    }

    /** All services of the reception are paid back. */
    public void returnServices(long reception, LocalDateTime at) {
        touch(
                reception,
                "UPDATE dbo.OrderServiceRelation SET ID_Returns = 1, DateTimeChanged = ? "
                        + "WHERE ID_Orders IN (SELECT ID FROM dbo.Orders WHERE ID_Receptions = ?)",
                at,
                reception);
    }

    /** The row is gone without a trace. */
    public void deleteReception(long reception) {
        touch(reception, "DELETE FROM dbo.Receptions WHERE ID = ?", reception);
    }

    private void changePatient(long person, LocalDateTime at) {
        touch(person, "UPDATE dbo.Patients SET DateTimeChanged = ? WHERE ID_Persons = ?", at, person);
    }

    private void touch(long id, String sql, Object... parameters) {
        if (database.update(sql, parameters) == 0) {
            throw new IllegalArgumentException("The clinic has no row " + id + " for this");
        }
    }
}
