package io.identamocrm.sandbox;

import java.util.List;

/**
 * A pipeline with its stages in order.
 *
 * @param id     amoCRM id
 * @param name   as shown to managers
 * @param stages the unsorted stage first, then the ordinary ones, then won (142) and lost (143)
 */
public record Pipeline(long id, String name, List<Stage> stages) {

    /** Won, in every pipeline. */
    public static final long WON = 142;
    /** Lost, in every pipeline. */
    public static final long LOST = 143;

    /**
     * A stage.
     *
     * @param id   unique in the account, but for won and lost
     * @param name as shown to managers
     * @param type 1 = the unsorted stage, which the API cannot set; else 0
     */
    public record Stage(long id, String name, int type) {}

    static boolean isEnd(long stage) {
        return stage == WON || stage == LOST;
    }

    /** True if the API may put a lead there. */
    boolean canTake(long stageId) {
        return stages.stream().anyMatch(stage -> stage.id() == stageId && stage.type() == 0);
    }

    Stage firstOrdinary() {
        return stages.stream().filter(stage -> stage.type() == 0).findFirst().orElseThrow();
    }
}
