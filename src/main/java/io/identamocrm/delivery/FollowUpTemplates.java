package io.identamocrm.delivery;

import io.identamocrm.model.FollowUpForm;
import io.identamocrm.model.PlainText;
import io.identamocrm.model.Reception;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Makes the texts and deadlines of follow-ups from the clinic's templates. */
public final class FollowUpTemplates {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final String NOBODY = "—";
    /** As of a deal's field. */
    private static final int LONGEST_DOCTOR = 250;

    private final FollowUpForm form;
    private final Clock clinicClock;

    /**
     * Templates of one clinic.
     *
     * @param clinicClock the clock of the clinic's zone
     */
    public FollowUpTemplates(FollowUpForm form, Clock clinicClock) {
        this.form = form;
        this.clinicClock = clinicClock;
    }

    /** The same item with its text, and of a task its deadline. */
    public FollowUpItem fill(FollowUpItem item) {
        Reception reception = item.reception();
        String text = form.textOf(item.what().event())
                .replace("<id>", Long.toString(reception.id()))
                .replace("<deal>", Long.toString(item.deal()))
                .replace("<date>", DATE.format(reception.planStart()))
                .replace("<time>", TIME.format(reception.planStart()))
                .replace("<doctor>", doctorOf(reception));
        long till = form.hours()
                .after(LocalDateTime.now(clinicClock).withNano(0), form.within())
                .atZone(clinicClock.getZone())
                .toEpochSecond();
        item.filled(text + " " + item.what().mark(), till, form.taskType());
        return item;
    }

    /** Cleaned, since one unreadable name would keep the tasks of the whole batch away. */
    private static String doctorOf(Reception reception) {
        String doctor = reception.doctor() == null ? null : PlainText.of(reception.doctor(), LONGEST_DOCTOR);
        return doctor == null ? NOBODY : doctor;
    }
}
