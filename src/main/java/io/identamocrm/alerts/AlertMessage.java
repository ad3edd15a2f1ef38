package io.identamocrm.alerts;

/**
 * What one channel is to say, ready to be sent. Ids and counts only.
 *
 * @param channel which, by its {@link Channel#key()}
 * @param title   one line
 * @param text    all of it, the title included
 * @param json    the same for programs
 */
public record AlertMessage(String channel, String title, String text, String json) {}
