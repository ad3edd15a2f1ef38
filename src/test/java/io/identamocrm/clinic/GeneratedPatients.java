package io.identamocrm.clinic;

import io.identamocrm.clinic.ClinicGenerator.Options;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/** The generator's patients: every tenth shares the phone of the one before, as a spouse or a child. */
final class GeneratedPatients {

    private static final double RELATIVES = 0.10;
    private static final int HUGE_COMMENT = 100_000;
    private static final DateTimeFormatter RUSSIAN = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final String[] NO_BIRTHDAYS = {
        "", "не помнит", "00.00.0000", "31.02.1985", "01.01.1753", "15.06.2190", null
    };

    private final Options options;
    private final Random random;

    private InventedPerson head;
    private String headPhone;

    GeneratedPatients(Options options, Random random) {
        this.options = options;
        this.random = random;
    }

    void write(Connection connection, ClinicDatabase database) throws SQLException {
        try (RowBatch persons = database.batch(
                        connection,
                        "Persons",
                        List.of("ID", "Surname", "Name", "Patronymic", "Birthday", "MobilePhone", "Email", "SNILS"));
                RowBatch patients = database.batch(
                        connection,
                        "Patients",
                        List.of(
                                "ID_Persons",
                                "PatientNumber",
                                "CardNumber",
                                "Comment",
                                "ParentSNP",
                                "FirstVisit",
                                "Status",
                                "ID_Staffs",
                                "SMSRejection",
                                "DateTimeChanged"))) {
            for (int n = 0; n < options.patients(); n++) {
                write(n, persons, patients);
            }
        }
    }

    private void write(int n, RowBatch persons, RowBatch patients) throws SQLException {
        boolean relative = n > 0 && chance(RELATIVES);
        boolean child = relative && random.nextBoolean();
        InventedPerson person = relative ? head.relative(random) : InventedPerson.any(random);
        if (!relative) {
            head = person;
            headPhone = TypedPhone.digits(n);
        }
        int id = ClinicGenerator.FIRST_PATIENT + n;
        boolean nameless = odd(0.004);
        persons.add(
                id,
                nameless ? "" : padded(person.surname()),
                nameless ? null : padded(person.name()),
                chance(0.05) || nameless ? null : padded(person.patronymic()),
                birthday(child),
                phone(n),
                n % 3 == 0 ? "patient%d@example.ru".formatted(id) : null,
                n % 4 == 0 ? "%03d-%03d-555 01".formatted(id / 1000, n % 1000) : null);
        patients.add(
                id,
                odd(0.01) ? null : n + 1,
                chance(0.1) ? null : "К-%06d".formatted(n + 1),
                comment(n),
                child ? head.fullName() : null,
                chance(0.3) ? null : day(-1500, 0).atStartOfDay(),
                chance(0.05) ? 2 : 1,
                1 + random.nextInt(4),
                chance(0.6) ? null : chance(0.1),
                chance(0.2) ? null : minutesAgo(700 * 24 * 60));
    }

    private String phone(int n) {
        if (odd(0.04)) {
            return TypedPhone.unusable(random);
        }
        return odd(0.12)
                ? TypedPhone.crowded(headPhone, TypedPhone.secondDigits(n), random)
                : TypedPhone.tidy(headPhone, random);
    }

    private String birthday(boolean child) {
        if (odd(0.06)) {
            return NO_BIRTHDAYS[random.nextInt(NO_BIRTHDAYS.length)];
        }
        LocalDate day = child ? day(-16 * 365, -3 * 365) : day(-85 * 365, -18 * 365);
        return chance(0.05) ? day.toString() : RUSSIAN.format(day);
    }

    private String comment(int n) {
        String remark = "Случай %06d: боится бормашины".formatted(n + 1);
        if (options.messy() && n % 25_000 == 3) {
            return (remark + ", и это длинная история. ")
                    .repeat(HUGE_COMMENT / remark.length())
                    .substring(0, HUGE_COMMENT);
        }
        if (options.messy() && n % 500 == 5) {
            return remark + " \uD83D\uDE2C\uD83E\uDDB7, звонить утром \uD83D\uDE4F";
        }
        return chance(0.2) ? remark : null;
    }

    private String padded(String name) {
        return odd(0.02) ? "  " + name + "   " : name;
    }

    private LocalDate day(int fromDays, int toDays) {
        return options.now().toLocalDate().plusDays(fromDays + (long) random.nextInt(toDays - fromDays));
    }

    private LocalDateTime minutesAgo(int most) {
        return options.now().minusMinutes(1 + random.nextInt(most));
    }

    private boolean odd(double share) {
        return chance(share) && options.messy();
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
