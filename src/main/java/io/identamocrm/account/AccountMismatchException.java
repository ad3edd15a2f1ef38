package io.identamocrm.account;

import java.util.List;
import java.util.stream.Collectors;

/** The settings name pipelines, stages or fields that the account does not have, or that cannot hold what is sent. */
public final class AccountMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names every wrong setting with its id, a line each. */
    public AccountMismatchException(List<AccountMismatch> mismatches) {
        super(mismatches.stream().map(mismatch -> mismatch.text() + ": " + mismatch.remedy()).collect(Collectors.joining("\n")));
    }
}
