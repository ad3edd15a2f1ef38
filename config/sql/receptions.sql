-- One row for each reception asked for, with its patient, doctor and branch.
--
-- :#in:reception_ids   1 to 250 ids of Receptions; never an empty list; the last may be repeated
--
-- Every alias below must be selected. If an IDENT build has no such column, select a typed null in its place,
-- CAST(NULL AS datetime) AS check_issued_at for instance: an alias that is missing or misspelled is refused, not taken as null.
-- No join here may multiply rows: what a reception has many of (services, orders) has its own file.
--
-- reception_id         number      never null
-- patient_id           number      null if the reception names no patient or the patient's row is missing: such a reception fails
-- plan_start           date, time  start of the visit, clinic wall clock; null fails the reception
-- plan_end             date, time  end of the visit; decides about a missed visit
-- appeared_at          date, time  the patient came
-- started_at           date, time  treatment began
-- ended_at             date, time  treatment ended: the visit is completed
-- check_issued_at      date, time  not null: the bill was issued, the visit is completed
-- canceled_at          date, time  not null: the visit is cancelled
-- cancel_reason_id     number      not null: the visit is cancelled, even without a time
-- transferred_from_id  number      the earlier reception this one was moved from
-- added_at, changed_at date, time  IDENT's own marks
-- read_at              date, time  the server's clock; decides which birthdays lie in the future
-- doctor_surname, doctor_name, doctor_patronymic   text
-- branch_id            number      the branch of the chair, by which settings tell branches apart
-- branch_name          text        its name
-- patient_number       any type    the patient's running number in IDENT
-- surname, name, patronymic        text, may be padded, empty or null
-- birthday             text or date, dd.MM.yyyy or ISO; anything else counts as unknown
-- mobile_phone         text        as typed: any form, several numbers, none
-- card_number          text
-- comment              text        the comment on the patient, not on the visit
-- first_visit          date        or text like birthday
-- sms_rejection        bit         1 = the patient refuses messages; a number or a word such as yes and no does as well
-- completed_before     0 or 1      the patient has another completed reception; where this one is completed itself, an earlier one, so
--                                  that a first visit stays a first visit. Decides the funnel; null fails the reception
-- Completed: treatment ended or bill issued, and not cancelled, neither by time nor by reason.
--
-- Times are the clinic's wall clock: one with an offset (datetimeoffset) is refused, but for read_at. A column that tells by being there
-- how far the visit has come must be a time that can be null: of a bit, COALESCE(CheckIssued, 0) = 1 tells it, in every file.
-- In columns of dates, 1900-01-01 counts as null: SQL Server makes it from an empty text.
SELECT r.ID AS reception_id,
       p.ID_Persons AS patient_id,
       r.PlanStart AS plan_start,
       r.PlanEnd AS plan_end,
       r.PatientAppeared AS appeared_at,
       r.ReceptionStarted AS started_at,
       r.ReceptionEnded AS ended_at,
       r.CheckIssued AS check_issued_at,
       r.ReceptionCanceled AS canceled_at,
       r.ID_ReceptionCancelReasons AS cancel_reason_id,
       r.ID_ReceptionsTransferFrom AS transferred_from_id,
       r.DateTimeAdded AS added_at,
       r.DateTimeChanged AS changed_at,
       CURRENT_TIMESTAMP AS read_at,
       doctor.Surname AS doctor_surname,
       doctor.Name AS doctor_name,
       doctor.Patronymic AS doctor_patronymic,
       branch.ID AS branch_id,
       COALESCE(NULLIF(LTRIM(RTRIM(branch.BranchName)), N''), branch.Name) AS branch_name,
       p.PatientNumber AS patient_number,
       person.Surname AS surname,
       person.Name AS name,
       person.Patronymic AS patronymic,
       person.Birthday AS birthday,
       person.MobilePhone AS mobile_phone,
       p.CardNumber AS card_number,
       p.Comment AS comment,
       p.FirstVisit AS first_visit,
       p.SMSRejection AS sms_rejection,
       CASE WHEN EXISTS (SELECT 1
                         FROM dbo.Receptions AS other
                         WHERE other.ID_Patients = r.ID_Patients
                           AND other.ID <> r.ID
                           AND (other.ReceptionEnded IS NOT NULL OR other.CheckIssued IS NOT NULL)
                           AND other.ReceptionCanceled IS NULL
                           AND other.ID_ReceptionCancelReasons IS NULL
                           AND (r.ReceptionEnded IS NULL AND r.CheckIssued IS NULL
                             OR r.ReceptionCanceled IS NOT NULL
                             OR r.ID_ReceptionCancelReasons IS NOT NULL
                             OR other.PlanStart < r.PlanStart
                             OR other.PlanStart = r.PlanStart AND other.ID < r.ID))
            THEN 1 ELSE 0 END AS completed_before
FROM dbo.Receptions AS r
LEFT JOIN dbo.Patients AS p ON p.ID_Persons = r.ID_Patients
LEFT JOIN dbo.Persons AS person ON person.ID = p.ID_Persons
LEFT JOIN dbo.Persons AS doctor ON doctor.ID = r.ID_Staffs
LEFT JOIN dbo.Armchairs AS chair ON chair.ID = r.ID_Armchairs
LEFT JOIN dbo.OwnCompanies AS branch ON branch.ID = chair.ID_OwnCompanies
WHERE r.ID IN (:#in:reception_ids)
ORDER BY r.PlanStart, r.ID
