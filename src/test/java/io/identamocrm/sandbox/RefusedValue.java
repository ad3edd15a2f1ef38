package io.identamocrm.sandbox;

/** A written value that amoCRM refuses: its code, the member at fault and a sentence. */
final class RefusedValue extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String member;

    RefusedValue(String code, String member, String detail) {
        super(detail);
        this.code = code;
        this.member = member;
    }

    static RefusedValue wrongType(String expected) {
        return new RefusedValue("InvalidType", "value", "This value should be of type " + expected + ".");
    }

    static RefusedValue noSuchChoice(String member) {
        return new RefusedValue("NotSupportedChoice", member, "The value you selected is not a valid choice.");
    }

    String code() {
        return code;
    }

    String member() {
        return member;
    }
}
