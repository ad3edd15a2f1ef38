package io.identamocrm.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** A message of Telegram's Bot API, and what its answer means. The bot's token is in the address, which is not known here. */
public final class TelegramChannel {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 4096;
    private static final int SUCCESS = 200;

    private final String chat;

    /**
     * Messages to one chat.
     *
     * @param chat its id, or the {@code @name} of a channel
     */
    public TelegramChannel(String chat) {
        this.chat = chat;
    }

    /** What is sent. */
    public String request(@Body AlertMessage message) {
        String text = message.text();
        var request = JsonNodeFactory.instance.objectNode();
        request.put("chat_id", chat).put("text", text.substring(0, Math.min(LONGEST_TEXT, text.length())));
        request.putObject("link_preview_options").put("is_disabled", true);
        return request.toString();
    }

    /**
     * Looks at the answer.
     *
     * @throws ChannelException if the message was not taken
     */
    public void check(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Body String body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            answer = JsonNodeFactory.instance.missingNode();
        }
        if (status == SUCCESS && answer.path("ok").asBoolean()) {
            return;
        }
        int seconds = answer.path("parameters").path("retry_after").asInt();
        throw new ChannelException(Undelivered.ofTelegram(status, seconds > 0 ? Duration.ofSeconds(seconds) : null));
    }
}
