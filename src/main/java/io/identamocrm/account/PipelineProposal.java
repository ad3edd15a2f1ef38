package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.model.Funnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which pipelines the two funnels' deals belong into, as far as their titles tell. */
public final class PipelineProposal {

    private static final Map<Funnel, String> TITLES = Map.of(
            Funnel.PRIMARY,
            "первичн|первые|новые пациенты|primary|new patients" + "|first visit",
            Funnel.SECONDARY,
            "повторн|вторичн|постоянные пациенты|secondary|repeat|returning|follow up");

    private PipelineProposal() {}

    /** The pipelines that deals can be put into. */
    public static List<JsonNode> usable(List<JsonNode> pipelines) {
        return pipelines.stream()
                .filter(pipeline -> !pipeline.path("is_archive").asBoolean())
                .toList();
    }

    /** The stages in which a pipeline's deals can begin: not among the unsorted, nor at an end. */
    public static List<JsonNode> openStages(JsonNode pipeline) {
        List<JsonNode> stages = new ArrayList<>();
        pipeline.path("_embedded").path("statuses").forEach(stages::add);
        stages.removeIf(stage -> stage.path("type").asInt() == AccountComparison.UNSORTED
                || AccountComparison.CLOSED.contains(stage.path("id").asLong()));
        return stages;
    }

    /** The only usable pipeline whose title speaks of the funnel; empty if there is none, or more than one. */
    public static Optional<JsonNode> of(Funnel funnel, List<JsonNode> pipelines) {
        List<JsonNode> named = usable(pipelines).stream()
                .filter(pipeline -> funnel == spokenOf(pipeline))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    /** True if the title speaks of the other funnel, so that this one's deals hardly belong there. */
    public static boolean isOfTheOther(Funnel funnel, JsonNode pipeline) {
        Funnel spoken = spokenOf(pipeline);
        return spoken != null && spoken != funnel;
    }

    /** Null if the title speaks of none, or of both. */
    private static @Nullable Funnel spokenOf(JsonNode pipeline) {
        String title = FieldTitles.plain(pipeline.path("name").asText());
        List<Funnel> spoken = TITLES.entrySet().stream()
                .filter(funnel -> title.matches("(.* )?(" + funnel.getValue() + ").*"))
                .map(Map.Entry::getKey)
                .toList();
        return spoken.size() == 1 ? spoken.get(0) : null;
    }
}
