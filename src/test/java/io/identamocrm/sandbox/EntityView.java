package io.identamocrm.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lead or contact at a moment, for asserts.
 *
 * @param id                amoCRM id
 * @param name              name
 * @param price             a lead's budget; 0 for contacts
 * @param pipelineId        a lead's pipeline; 0 for contacts
 * @param stageId           a lead's stage; 0 for contacts
 * @param responsibleUserId user in charge
 * @param createdAt         Unix seconds
 * @param updatedAt         Unix seconds
 * @param closedAt          Unix seconds; null for open leads and for contacts
 * @param fields            first value per field id as text; fields without a value are absent
 * @param values            all values per field id as text
 * @param tags              names of tags in alphabetical order
 * @param links             a lead's contacts or a contact's leads
 */
public record EntityView(
        long id,
        String name,
        long price,
        long pipelineId,
        long stageId,
        long responsibleUserId,
        long createdAt,
        long updatedAt,
        Long closedAt,
        Map<Long, String> fields,
        Map<Long, List<String>> values,
        List<String> tags,
        List<Long> links) {

    static EntityView of(Entity entity) {
        Map<Long, String> first = new TreeMap<>();
        Map<Long, List<String>> all = new TreeMap<>();
        entity.fields.forEach((field, values) -> {
            first.put(field, values.get(0).text());
            all.put(field, values.stream().map(FieldValue::text).toList());
        });
        return new EntityView(
                entity.id,
                entity.name,
                entity.price,
                entity.pipelineId,
                entity.stageId,
                entity.responsibleUserId,
                entity.createdAt,
                entity.updatedAt,
                entity.closedAt,
                first,
                all,
                List.copyOf(entity.tags),
                List.copyOf(entity.links));
    }
}
