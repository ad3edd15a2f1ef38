package io.identamocrm.setup;

/** The person has ended the dialogue before its end. */
public final class SetupEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a word: the command knows what to say. */
    public SetupEndedException() {
        super(null, null, false, false);
    }
}
