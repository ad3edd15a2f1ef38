package io.identamocrm.sync;

import io.identamocrm.amocrm.Answer;
import io.identamocrm.amocrm.Conversation;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Hands amoCRM's answers to the conversation under way: the step after each request in route {@code crm-conversation}. */
public final class Conversations {

    /** Takes the answer. */
    public void absorb(@Body Answer answer, @ExchangeProperty("conversation") Conversation conversation) {
        conversation.absorb(answer);
    }
}
