package io.identamocrm.model;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The facts from which the status of a visit follows.
 *
 * @param cancelled by time or by reason
 * @param completed the treatment has ended, or the bill was issued
 * @param arrived   the patient has come, or the treatment has begun
 * @param planEnd   clinic wall clock, or null
 */
public record Attendance(
        boolean cancelled,
        boolean completed,
        boolean arrived,
        @Nullable LocalDateTime planEnd) {}
