package io.identamocrm.model;

/** A message that belongs to something else than a list of messages. */
record Bilingual(String english, String russian) implements Message {

    @Override
    public String toString() {
        return english;
    }
}
