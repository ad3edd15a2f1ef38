package io.identamocrm.sandbox;

/**
 * One validation error of one item.
 *
 * @param requestId the item's {@code request_id}, or its position
 * @param code      amoCRM's code
 * @param path      the member refused
 * @param detail    a sentence
 */
record Refusal(String requestId, String code, String path, String detail) {}
