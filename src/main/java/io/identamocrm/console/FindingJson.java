package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.problems.Finding;
import java.util.List;
import java.util.Locale;

/** What checks of the set-up found, for programs. */
public final class FindingJson {

    private FindingJson() {
    }

    /** One object for each finding, in their order. */
    public static ArrayNode of(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        findings.forEach(finding -> array.addObject().put("level", finding.level().name().toLowerCase(Locale.ROOT))
                .put("about", finding.about()).put("text", finding.text()).put("remedy", finding.remedy()));
        return array;
    }
}
