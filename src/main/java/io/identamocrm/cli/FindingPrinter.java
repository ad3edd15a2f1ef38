package io.identamocrm.cli;

import io.identamocrm.console.FindingJson;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what checks of the set-up found, for people and for programs. */
final class FindingPrinter {

    private FindingPrinter() {}

    /** For programs or for people. */
    static void print(List<Finding> findings, boolean json, PrintWriter out) {
        if (json) {
            out.println(FindingJson.of(findings).toPrettyString());
        } else {
            print(findings, out);
        }
    }

    static void print(List<Finding> findings, PrintWriter out) {
        if (!findings.isEmpty()) {
            out.println(shown(findings));
        }
    }

    /** A line each. */
    static Text shown(List<Finding> findings) {
        return language -> {
            int width = findings.stream()
                    .mapToInt(finding -> finding.subject().in(language).length())
                    .max()
                    .orElse(0);
            int mark = Stream.of(Finding.Level.values())
                    .mapToInt(level -> nameOf(level).in(language).length())
                    .max()
                    .orElse(0);
            return findings.stream()
                    .map(finding -> String.format(
                            "%-" + mark + "s  %-" + Math.max(1, width) + "s  %s%s",
                            nameOf(finding.level()).in(language),
                            finding.subject().in(language),
                            finding.complaint().in(language),
                            finding.advice() == null
                                    ? ""
                                    : ": " + finding.advice().in(language)))
                    .collect(Collectors.joining(System.lineSeparator()));
        };
    }

    private static Text nameOf(Finding.Level level) {
        return CliText.valueOf(level.name());
    }
}
