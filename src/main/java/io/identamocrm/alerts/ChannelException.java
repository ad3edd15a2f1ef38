package io.identamocrm.alerts;

/** A channel has answered that it does not take a message. */
public final class ChannelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Undelivered reason;

    ChannelException(Undelivered reason) {
        super(reason.explanation().sentence());
        this.reason = reason;
    }

    /** Why. */
    public Undelivered reason() {
        return reason;
    }
}
