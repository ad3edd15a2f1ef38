package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the zone in which amoCRM shows days and times, and warns when its clocks show another time than the clinic's: managers would
 * read visits at the wrong hour.
 */
public final class AccountZone implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(AccountZone.class);

    private final ZoneId clinic;
    private final Instant now;
    private boolean asked;

    /**
     * One comparison.
     *
     * @param clinic the clinic's zone
     * @param now    the present: zones may differ in summer only
     */
    public AccountZone(ZoneId clinic, Instant now) {
        this.clinic = clinic;
        this.now = now;
    }

    @Override
    public boolean hasNext() {
        return !asked;
    }

    @Override
    public AmocrmRequest next() {
        return AmocrmRequest.account();
    }

    @Override
    public void aggregate(Response.Usable answer) {
        asked = true;
        String name = nameIn(answer.body());
        ZoneId zone = of(name);
        if (zone != null
                && !zone.getRules().getOffset(now).equals(clinic.getRules().getOffset(now))) {
            LOG.warn(
                    "amoCRM's account is set to {}, the clinic to {} (TIMEZONE): managers see visits at another hour than the clinic; "
                            + "set the same zone on both sides",
                    name,
                    clinic);
        } else if (zone == null && !name.isEmpty()) {
            LOG.warn("amoCRM's account names a time zone that is not known here: {}", name.replaceAll("[^\\w/+-]", ""));
        }
    }

    /** The name of the account's zone in the answer to {@code GET /account}; empty if it does not tell. */
    static String nameIn(JsonNode account) {
        return account.path("_embedded")
                .path("datetime_settings")
                .path("timezone")
                .asText("");
    }

    /** The zone of this name, or null if none is known by it. */
    static @Nullable ZoneId of(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
