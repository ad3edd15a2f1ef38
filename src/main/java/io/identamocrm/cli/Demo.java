package io.identamocrm.cli;

import java.io.PrintWriter;

/** The embedded set-up behind {@code demo}: it comes with the sources, not with the product's jar. */
public interface Demo {

    /**
     * Runs the demo.
     *
     * @param environment where the program runs
     * @param receptions  size of the sample clinic
     * @param stay        keep the service running until Ctrl-C
     * @param out         for people
     * @return the exit code
     * @throws Exception if the set-up cannot be started
     */
    int run(Environment environment, int receptions, boolean stay, PrintWriter out) throws Exception;
}
