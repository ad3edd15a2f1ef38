package io.identamocrm.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The embedded set-up behind {@code demo}: it comes with the sources, not with the product's jar. */
public interface Demo {

    /**
     * What to show.
     *
     * @param receptions size of the sample clinic
     * @param stay       keep the service running until Ctrl-C
     * @param faults     names of what goes wrong in the sandbox, with commas between them; or null
     * @param config     directory of settings and SQL files
     * @param routes     directory of routes
     */
    record Options(int receptions, boolean stay, @Nullable String faults, Path config, Path routes) {}

    /**
     * Makes sure that the sandbox knows these faults.
     *
     * @throws IllegalArgumentException naming the wrong one and those that there are
     */
    void requireKnown(String faults);

    /**
     * Changes something in the clinic of a demo that stays.
     *
     * @param environment of a terminal that has taken over the demo's variables
     * @param sql         one statement, run as the clinic's owner
     * @throws IllegalArgumentException if no demo can be reached with these variables, or the statement is wrong
     */
    void change(Environment environment, String sql, PrintWriter out);

    /**
     * Lets other things go wrong in the sandbox of a demo that stays.
     *
     * @param faults as in {@link Options}; {@code none} ends them all
     * @throws IllegalArgumentException if no demo can be reached with these variables
     */
    void spoil(Environment environment, String faults, PrintWriter out);

    /** True if this terminal has taken over the variables of a demo that stays. */
    boolean isIn(Environment environment);

    /**
     * Runs the demo.
     *
     * @param environment where the program runs
     * @param options     what to show
     * @param out         for people
     * @param err         shows how far runs have come
     * @return the exit code
     * @throws Exception if the set-up cannot be started
     */
    int run(Environment environment, Options options, PrintWriter out, PrintWriter err) throws Exception;
}
