package io.identamocrm.rules;

/** Tells how far the three steps to a reception's deal have come. */
public final class DealSearch {

    /** True while the case is open and no step has found a deal. */
    public boolean goesOn(ReceptionCase one) {
        return one.isDealMissing();
    }
}
