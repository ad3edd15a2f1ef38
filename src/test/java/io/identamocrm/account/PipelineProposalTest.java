package io.identamocrm.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.model.Funnel;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineProposalTest {

    private static JsonNode pipeline(long id, String name) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
    }

    @Test
    void pipelines_are_proposed_by_their_titles() {
        JsonNode first = pipeline(1, "Первичные приёмы");
        JsonNode again = pipeline(2, "ПОВТОРНЫЕ");
        List<JsonNode> pipelines = List.of(pipeline(3, "Продажи"), again, first);
        assertThat(PipelineProposal.of(Funnel.PRIMARY, pipelines)).contains(first);
        assertThat(PipelineProposal.of(Funnel.SECONDARY, pipelines)).contains(again);
        assertThat(PipelineProposal.isOfTheOther(Funnel.SECONDARY, first)).isTrue();
        assertThat(PipelineProposal.isOfTheOther(Funnel.PRIMARY, first)).isFalse();
    }

    @Test
    void nothing_is_proposed_where_titles_leave_a_doubt() {
        List<JsonNode> pipelines = List.of(
                pipeline(1, "Первичные Север"), pipeline(2, "Первичные Юг"), pipeline(3, "Первичные и повторные"));
        assertThat(PipelineProposal.of(Funnel.PRIMARY, pipelines)).isEmpty();
        assertThat(PipelineProposal.of(Funnel.SECONDARY, pipelines)).isEmpty();
        assertThat(PipelineProposal.isOfTheOther(Funnel.PRIMARY, pipelines.get(2)))
                .isFalse();
        assertThat(PipelineProposal.isOfTheOther(Funnel.SECONDARY, pipelines.get(2)))
                .isFalse();
    }
}
