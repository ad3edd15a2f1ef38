package io.identamocrm.model;

/** A keyed, one-way hash: equal values have equal fingerprints, and a fingerprint tells nothing about a person. */
@FunctionalInterface
public interface Fingerprint {

    /**
     * The fingerprint of a canonical value.
     *
     * @param canonical a value in the one form that its field's type allows; not null
     */
    String of(String canonical);
}
