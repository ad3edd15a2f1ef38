package io.identamocrm.account;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.util.List;

/** The settings name pipelines, stages or fields that the account does not have, or that cannot hold what is sent. */
public final class AccountMismatchException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient List<Explanation> mismatches;

    /** Names every wrong setting with its id, a line each. */
    public AccountMismatchException(List<AccountMismatch> mismatches) {
        super(Explanation.lines(
                mismatches.stream().map(AccountMismatch::explanation).toList()));
        this.mismatches = mismatches.stream().map(AccountMismatch::explanation).toList();
    }

    @Override
    public List<Explanation> explanations() {
        return mismatches;
    }
}
