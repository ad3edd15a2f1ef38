package io.identamocrm.amocrm;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import java.util.Map;

/**
 * The ids of our fields in the clinic's account, as configured. A field without an id is not sent. Deals and contacts are mapped
 * separately because amoCRM numbers their fields separately.
 */
public record FieldMapping(Map<DealField, Long> deals, Map<ContactField, Long> contacts) {

    public FieldMapping {
        deals = Map.copyOf(deals);
        contacts = Map.copyOf(contacts);
    }
}
