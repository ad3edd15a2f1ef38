package io.identamocrm.clinic;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A row of Receptions in the making. */
final class Visit {

    static final List<String> COLUMNS = List.of(
            "ID",
            "ID_Patients",
            "ID_Staffs",
            "ID_Armchairs",
            "PlanStart",
            "PlanEnd",
            "PatientAppeared",
            "ReceptionStarted",
            "ReceptionEnded",
            "CheckIssued",
            "ReceptionCanceled",
            "ID_ReceptionCancelReasons",
            "CancelReasonComment",
            "ID_ReceptionsTransferFrom",
            "Comment",
            "DateTimeAdded",
            "DateTimeChanged",
            "ReceptionAdded");

    final int id;
    Integer patient;
    Integer doctor;
    Integer chair;
    LocalDateTime start;
    LocalDateTime end;
    LocalDateTime appeared;
    LocalDateTime started;
    LocalDateTime ended;
    LocalDateTime checkIssued;
    LocalDateTime canceled;
    Integer cancelReason;
    String cancelComment;
    Integer movedFrom;
    String comment;
    LocalDateTime added;
    LocalDateTime changed;

    Visit(int id) {
        this.id = id;
    }

    boolean isTreated() {
        return started != null || ended != null || checkIssued != null;
    }

    /** The latest time at which something happened to it, or null. */
    LocalDateTime lastEvent() {
        return Stream.of(added, appeared, started, ended, checkIssued, canceled)
                .filter(Objects::nonNull)
                .max(LocalDateTime::compareTo)
                .orElse(null);
    }

    void write(RowBatch receptions) throws SQLException {
        receptions.add(
                id,
                patient,
                doctor,
                chair,
                start,
                end,
                appeared,
                started,
                ended,
                checkIssued,
                canceled,
                cancelReason,
                cancelComment,
                movedFrom,
                comment,
                added,
                changed,
                added);
    }
}
