package io.identamocrm.rules;

import io.identamocrm.model.Reason;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Why a step took what it took: the first candidates by name, and of thousands of others how many. */
final class StepReasons {

    /** Candidates that are told of. */
    static final int SHOWN = 20;

    private final Text step;
    private final List<Reason> reasons = new ArrayList<>();
    private int candidates;

    /** The reasons of one step: {@code step 1}, {@code contact}. */
    StepReasons(Text step) {
        this.step = step;
    }

    /** What the step has come to. */
    void add(Text text) {
        reasons.add(new Reason(step, text));
    }

    /** Why a candidate was not taken; not asked for if enough are told of. */
    void candidate(Supplier<Text> text) {
        if (candidates++ < SHOWN) {
            add(text.get());
        }
    }

    /** All that there is to say. */
    List<Reason> all() {
        List<Reason> all = new ArrayList<>(reasons);
        if (candidates > SHOWN) {
            all.add(new Reason(step, RuleText.AND_MORE.with(candidates - SHOWN)));
        }
        return all;
    }
}
