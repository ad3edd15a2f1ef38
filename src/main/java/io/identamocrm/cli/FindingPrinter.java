package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.problems.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what checks of the set-up found, for people and for programs. */
final class FindingPrinter {

    private FindingPrinter() {
    }

    /** For programs or for people. */
    static void print(List<Finding> findings, boolean json, PrintWriter out) {
        if (json) {
            out.println(json(findings).toPrettyString());
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

    static ArrayNode json(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        findings.forEach(finding -> array.addObject().put("level", finding.level().name().toLowerCase(Locale.ROOT))
                .put("about", finding.about()).put("text", finding.text()).put("remedy", finding.remedy()));
        return array;
    }
}
