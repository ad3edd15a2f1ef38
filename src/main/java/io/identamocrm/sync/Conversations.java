package io.identamocrm.sync;

import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Hands amoCRM's answers to the conversation under way: the step after each request in route {@code crm-conversation}. */
public final class Conversations {

    /** Takes the answer. */
    public void aggregate(@Body Response.Usable answer, @ExchangeProperty("conversation") RequestSequence conversation) {
        conversation.aggregate(answer);
    }
}
