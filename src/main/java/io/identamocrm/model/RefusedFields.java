package io.identamocrm.model;

import java.util.Map;

/**
 * Values that amoCRM has refused, and that are not to be tried again yet.
 *
 * @param receptions of receptions' deals: by reception, the fingerprint of the value by the field's name
 * @param patients   of patients' contacts: by patient, likewise
 */
public record RefusedFields(Map<Long, Map<String, String>> receptions, Map<Long, Map<String, String>> patients) {

    /** Nothing was refused. */
    public static final RefusedFields NONE = new RefusedFields(Map.of(), Map.of());

    public RefusedFields {
        receptions = Map.copyOf(receptions);
        patients = Map.copyOf(patients);
    }

    /** Of a reception's deal. */
    public Map<String, String> ofReception(long id) {
        return receptions.getOrDefault(id, Map.of());
    }

    /** Of a patient's contact. */
    public Map<String, String> ofPatient(long id) {
        return patients.getOrDefault(id, Map.of());
    }
}
