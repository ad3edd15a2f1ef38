package io.identamocrm.amocrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Invented accounts: deal fields are numbered from 801, contact fields from 901, the phone is field 990. */
public final class AccountFixtures {

    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    static final long PHONE_FIELD = 990;
    private static final ObjectMapper JSON = new ObjectMapper();

    private AccountFixtures() {}

    static long id(MappedField field) {
        return field instanceof DealField deal ? 801 + deal.ordinal() : 901 + ((ContactField) field).ordinal();
    }

    static FieldDefinition field(MappedField field, FieldType type) {
        return new FieldDefinition(
                id(field), null, type, type == FieldType.SELECT ? Map.of("да", 1L, "Осмотр", 2L, "0", 3L) : Map.of());
    }

    /** An account in which every field of ours is a text, except those given. */
    static AccountFields account(Map<? extends MappedField, FieldType> others) {
        Map<DealField, FieldDefinition> deals = new EnumMap<>(DealField.class);
        for (DealField field : DealField.values()) {
            deals.put(field, field(field, others.getOrDefault(field, FieldType.TEXT)));
        }
        Map<ContactField, FieldDefinition> contacts = new EnumMap<>(ContactField.class);
        for (ContactField field : ContactField.values()) {
            contacts.put(field, field(field, others.getOrDefault(field, FieldType.TEXT)));
        }
        contacts.remove(ContactField.PHONE);
        return new AccountFields(
                deals, contacts, Optional.of(new FieldDefinition(PHONE_FIELD, "PHONE", FieldType.MULTITEXT, Map.of())));
    }

    /** Formats of an account whose one field of interest is the doctor's name of the deal. */
    static FieldFormats doctorAs(FieldType type, ZoneId zone) {
        return doctorAs(type, zone, zone);
    }

    /** The same of an account whose zone is not the clinic's. */
    static FieldFormats doctorAs(FieldType type, ZoneId clinic, ZoneId account) {
        return new FieldFormats(account(Map.of(DealField.DOCTOR_NAME, type)), clinic, account);
    }

    /** JSON written with single quotes. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The node as it comes over the wire. */
    static JsonNode wire(JsonNode node) {
        try {
            return JSON.readTree(JSON.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
