package io.identamocrm.amocrm;

/** An answer that ends the request. The routes' error handling tells the kinds apart by their classes. */
public abstract sealed class AmocrmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private AmocrmException(String message, Answer answer) {
        super(message);
        this.answer = answer;
    }

    /** The classified answer; null only after serialisation, which does not happen. */
    public Answer answer() {
        return answer;
    }

    /** Surely not done and worth another try: over the rate, or away. */
    public static final class Transient extends AmocrmException {
        private static final long serialVersionUID = 1L;

        Transient(String message, Answer answer) {
            super(message, answer);
        }
    }

    /** A write that may have happened: never repeated blindly. */
    public static final class Unclear extends AmocrmException {
        private static final long serialVersionUID = 1L;

        /** With a message for people. */
        public Unclear(String message, Answer answer) {
            super(message, answer);
        }
    }

    /** The account is blocked, without rights or not paid for: a person is needed. */
    public static final class Blocked extends AmocrmException {
        private static final long serialVersionUID = 1L;

        Blocked(String message, Answer answer) {
            super(message, answer);
        }
    }

    /** The token is not accepted: a person is needed. */
    public static final class NotAuthorised extends AmocrmException {
        private static final long serialVersionUID = 1L;

        NotAuthorised(String message, Answer answer) {
            super(message, answer);
        }
    }
}
