package io.identamocrm.cli;

import io.identamocrm.console.FindingJson;
import io.identamocrm.problems.Finding;
import java.io.PrintWriter;
import java.util.List;

/** Prints what checks of the set-up found, for people and for programs. */
final class FindingPrinter {

    private FindingPrinter() {
    }

    /** For programs or for people. */
    static void print(List<Finding> findings, boolean json, PrintWriter out) {
        if (json) {
            out.println(FindingJson.of(findings).toPrettyString());
        } else {
            print(findings, out);
        }
    }

    static void print(List<Finding> findings, PrintWriter out) {
        int width = findings.stream().mapToInt(finding -> finding.about().length()).max().orElse(0);
        for (Finding finding : findings) {
            String mark = switch (finding.level()) {
                case OK -> "ok      ";
                case WARNING -> "warning ";
                case PROBLEM -> "PROBLEM ";
            };
            out.println(mark + " " + String.format("%-" + Math.max(1, width) + "s", finding.about()) + "  " + finding.text()
                    + (finding.remedy() == null ? "" : ": " + finding.remedy()));
        }
    }
}
