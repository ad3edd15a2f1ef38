package io.identamocrm.model;

import java.util.function.Function;

/** A text that is put together for one occasion; equal to another one that says the same in English. */
final class Phrase implements Text {

    private final Function<Language, String> rendering;

    Phrase(Function<Language, String> rendering) {
        this.rendering = rendering;
    }

    @Override
    public String in(Language language) {
        return rendering.apply(language);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Phrase phrase && phrase.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return english();
    }
}
