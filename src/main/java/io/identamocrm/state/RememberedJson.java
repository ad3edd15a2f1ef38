package io.identamocrm.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How what is remembered stands in Redis: short names, as there are very many, and nothing that says nothing. */
final class RememberedJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addMixIn(Delivered.class, DeliveredNames.class)
            .addMixIn(OwnContact.class, OwnContactNames.class)
            .addMixIn(FollowUp.class, FollowUpNames.class)
            .build();

    private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

    private RememberedJson() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface DeliveredNames {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty("d")
        long deal();

        @JsonProperty("s")
        Status status();

        @JsonProperty("p")
        Long pipeline();

        @JsonProperty("g")
        Long stage();

        @JsonProperty("q")
        Long stageIn();

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty("w")
        boolean withheld();

        @JsonProperty("c")
        Long contact();

        @JsonProperty("t")
        String plan();

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty("x")
        boolean gone();

        @JsonProperty("i")
        Long patient();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonProperty("f")
        List<FollowUp> due();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface FollowUpNames {
        @JsonProperty("r")
        long reception();

        @JsonProperty("e")
        FollowUp.Event event();

        @JsonProperty("k")
        FollowUp.Kind kind();

        @JsonProperty("n")
        String news();

        @JsonProperty("u")
        Long user();

        @JsonProperty("t")
        long found();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface OwnContactNames {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty("c")
        long contact();

        @JsonProperty("n")
        String name();

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonProperty("x")
        boolean gone();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonProperty("v")
        Set<String> written();
    }

    static <T> T read(String text, Class<T> type) {
        try {
            return READERS.computeIfAbsent(type, MAPPER::readerFor).readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What Redis remembers (" + type.getSimpleName() + ") is not readable", e);
        }
    }

    static String write(@Nullable Object remembered) {
        try {
            return MAPPER.writeValueAsString(remembered);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
