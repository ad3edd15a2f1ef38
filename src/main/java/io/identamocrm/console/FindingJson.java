package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.model.Language;
import io.identamocrm.problems.Finding;
import java.util.List;
import java.util.Locale;

/** What checks of the set-up found, for programs. */
public final class FindingJson {

    private FindingJson() {}

    /** One object for each finding, in their order, in English. */
    public static ArrayNode of(List<Finding> findings) {
        return of(findings, Language.ENGLISH);
    }

    /** The same for those who read this language. */
    static ArrayNode of(List<Finding> findings, Language language) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        findings.forEach(finding -> array.addObject()
                .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                .put("about", finding.subject().in(language))
                .put("text", finding.complaint().in(language))
                .put(
                        "remedy",
                        finding.advice() == null ? null : finding.advice().in(language)));
        return array;
    }
}
