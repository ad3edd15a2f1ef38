package io.identamocrm.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Builds receptions; see {@link Fixtures#reception}. */
public final class ReceptionBuilder {

    private final long id;
    private Patient patient = Fixtures.patient(Fixtures.PATIENT).build();
    private LocalDateTime planStart = Fixtures.NOW.plusDays(1);
    private LocalDateTime planEnd;
    private LocalDateTime appearedAt;
    private LocalDateTime startedAt;
    private LocalDateTime endedAt;
    private boolean checkIssued;
    private boolean cancelled;
    private Long transferredFrom;
    private String doctor = "Лужин П. А.";
    private List<String> services = List.of("Осмотр", "Рентген");
    private BigDecimal cost = new BigDecimal("1500.00");
    private List<VisitRow> visit = List.of();
    private Boolean completedBefore = false;

    private Long branchId = 1L;
    private LocalDateTime changedAt = Fixtures.NOW;

    ReceptionBuilder(long id) {
        this.id = id;
    }

    public ReceptionBuilder of(Patient value) {
        patient = value;
        return this;
    }

    public ReceptionBuilder of(PatientBuilder value) {
        return of(value.build());
    }

    public ReceptionBuilder planStart(LocalDateTime value) {
        planStart = value;
        return this;
    }

    public ReceptionBuilder planEnd(LocalDateTime value) {
        planEnd = value;
        return this;
    }

    public ReceptionBuilder appearedAt(LocalDateTime value) {
        appearedAt = value;
        return this;
    }

    public ReceptionBuilder startedAt(LocalDateTime value) {
        startedAt = value;
        return this;
    }

    public ReceptionBuilder endedAt(LocalDateTime value) {
        endedAt = value;
        return this;
    }

    public ReceptionBuilder checkIssued() {
        checkIssued = true;
        return this;
    }

    public ReceptionBuilder cancelled() {
        cancelled = true;
        return this;
    }

    public ReceptionBuilder movedFrom(Long earlier) {
        transferredFrom = earlier;
        return this;
    }

    public ReceptionBuilder doctor(String value) {
        doctor = value;
        return this;
    }

    public ReceptionBuilder services(String... values) {
        services = List.of(values);
        return this;
    }

    public ReceptionBuilder cost(String value) {
        cost = value == null ? null : new BigDecimal(value);
        return this;
    }

    public ReceptionBuilder completedBefore(Boolean value) {
        completedBefore = value;
        return this;
    }

    /** Gives the facts from which the status follows. */
    public ReceptionBuilder with(Status status) {
        switch (status) {
            case CANCELLED -> cancelled = true;
            case COMPLETED -> endedAt = Fixtures.NOW;
            case ARRIVED -> appearedAt = Fixtures.NOW;
            case NO_SHOW -> planEnd = Fixtures.NOW.minusDays(2);
            case SCHEDULED -> planEnd = Fixtures.NOW.plusDays(1);
        }
        return this;
    }

    public ReceptionBuilder changedAt(LocalDateTime value) {
        changedAt = value;
        return this;
    }

    public ReceptionBuilder inBranch(long id) {
        branchId = id;
        return this;
    }

    /** With these other rows of its visit. */
    public ReceptionBuilder inVisitWith(VisitRow... others) {
        visit = List.of(others);
        return this;
    }

    public Reception build() {
        return new Reception(
                id,
                patient,
                planStart,
                planEnd,
                appearedAt,
                startedAt,
                endedAt,
                checkIssued,
                cancelled,
                transferredFrom,
                doctor,
                branchId,
                "Филиал на Садовой",
                services,
                cost,
                completedBefore,
                visit(),
                changedAt);
    }

    /** The rows it is one visit with: those given, or the cancelled one that it was moved from. */
    private List<VisitRow> visit() {
        VisitRow own = new VisitRow(
                id,
                transferredFrom,
                patient == null ? null : patient.id(),
                branchId,
                new Attendance(
                        cancelled, checkIssued || endedAt != null, startedAt != null || appearedAt != null, planEnd));
        List<VisitRow> rows = new ArrayList<>(visit);
        if (rows.isEmpty() && transferredFrom != null) {
            rows.add(new VisitRow(
                    transferredFrom, null, own.patient(), branchId, new Attendance(true, false, false, null)));
        }
        if (!rows.isEmpty()) {
            rows.add(own);
        }
        return rows;
    }
}
