package io.identamocrm.console;

import io.identamocrm.model.Text;

/** A request that cannot be answered as it is; what it says is ours, and may be shown. */
final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int WRONG = 400;
    private static final int UNKNOWN = 404;

    private final int status;
    private final transient Text what;

    private RequestException(int status, Text what) {
        super(what.english());
        this.status = status;
        this.what = what;
    }

    /** It is not understood. */
    static RequestException wrong(Text what) {
        return new RequestException(WRONG, what);
    }

    /** What it asks for is not there. */
    static RequestException unknown(Text what) {
        return new RequestException(UNKNOWN, what);
    }

    /** The answer's status: 400 or 404. */
    int status() {
        return status;
    }

    /** What is wrong with it, without a full stop. */
    Text what() {
        return what;
    }
}
