package io.identamocrm.model;

import java.time.LocalDateTime;

/** The invented clinic of the rule tests: two pipelines of ours, one of somebody else's, and builders whose defaults suit most tests. */
public final class Fixtures {

    public static final long PRIMARY_PIPELINE = 100;
    public static final long PRIMARY_STAGE = 101;
    public static final long SECONDARY_PIPELINE = 200;
    public static final long SECONDARY_STAGE = 201;
    public static final long FOREIGN_PIPELINE = 300;
    public static final long FOREIGN_STAGE = 301;
    public static final long WON = 142;
    public static final long LOST = 143;

    /** The patient whom receptions have unless told otherwise. */
    public static final long PATIENT = 11;

    public static final String PHONE = "+79123456789";

    /** A Monday noon. */
    public static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 2, 12, 0);

    /** A fingerprint that can be read in a failed assertion. */
    public static final Fingerprint PRINT = canonical -> "#" + canonical;

    private Fixtures() {}

    /** A visit planned for tomorrow, of a patient without completed visits. */
    public static ReceptionBuilder reception(long id) {
        return new ReceptionBuilder(id);
    }

    /** A patient with a number ({@code N<id>}), a name and a phone. */
    public static PatientBuilder patient(long id) {
        return new PatientBuilder(id);
    }

    /** A free deal without contact in the primary pipeline's default stage. */
    public static DealBuilder deal(long id) {
        return new DealBuilder(id);
    }

    /** A contact of nobody's, without phones. */
    public static ContactBuilder contact(long id) {
        return new ContactBuilder(id);
    }

    /** What is remembered of a reception whose funnel was PRIMARY; deal 0 stands for none. */
    public static DeliveredBuilder delivered(long deal, Status status) {
        return new DeliveredBuilder(deal, status);
    }

    /** The defaults of the settings. */
    public static PolicyBuilder policy() {
        return new PolicyBuilder();
    }

    /** What is known of amoCRM, empty to begin with. */
    public static CrmSnapshotOfLists amocrm() {
        return new CrmSnapshotOfLists();
    }
}
