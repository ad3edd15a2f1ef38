package io.identamocrm.cli;

import java.io.PrintWriter;

/** The embedded set-up behind {@code demo}: it comes with the sources, not with the product's jar. */
public interface Demo {

    /**
     * What to show.
     *
     * @param receptions size of the sample clinic
     * @param stay       keep the service running until Ctrl-C
     * @param faults     names of what goes wrong in the sandbox, with commas between them; or null
     */
    record Options(int receptions, boolean stay, String faults) {
    }

    /**
     * Makes sure that the sandbox knows these faults.
     *
     * @throws IllegalArgumentException naming the wrong one and those that there are
     */
    void requireKnown(String faults);

    /**
     * Runs the demo.
     *
     * @param environment where the program runs
     * @param options     what to show
     * @param out         for people
     * @return the exit code
     * @throws Exception if the set-up cannot be started
     */
    int run(Environment environment, Options options, PrintWriter out) throws Exception;
}
