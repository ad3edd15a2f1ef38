package io.identamocrm.alerts;

import io.identamocrm.model.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where operators hear of something. */
public enum Channel {
    TELEGRAM(AlertText.TELEGRAM),
    MAIL(AlertText.MAIL),
    WEBHOOK(AlertText.WEBHOOK);

    private final Text words;

    Channel(Text words) {
        this.words = words;
    }

    /** The name in routes, keys and log lines. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name for people. */
    public Text words() {
        return words;
    }

    /** The channel of this name, or null if there is none. */
    static @Nullable Channel of(String key) {
        for (Channel channel : values()) {
            if (channel.key().equals(key)) {
                return channel;
            }
        }
        return null;
    }
}
