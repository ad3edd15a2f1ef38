package io.identamocrm.app;

import io.identamocrm.alerts.SecretAddress;
import io.identamocrm.alerts.TelegramChannel;
import io.identamocrm.settings.Settings;
import java.time.Duration;
import org.apache.camel.BindToRegistry;

/** What the route to Telegram names; made only where that is set. */
public final class TelegramBeans {

    private final Settings.Alerts.Telegram telegram;
    private final Duration deadline;

    /**
     * For this chat.
     *
     * @param deadline how long a request may take as a whole
     */
    TelegramBeans(Settings.Alerts.Telegram telegram, Duration deadline) {
        this.telegram = telegram;
        this.deadline = deadline;
    }

    /** Messages of Telegram. */
    @BindToRegistry
    public TelegramChannel telegramChannel() {
        return new TelegramChannel(telegram.chat());
    }

    /** The way to Telegram. */
    @BindToRegistry
    public SecretAddress wayToTelegram() {
        return new SecretAddress(telegram.address(), null, telegram.proxy(), deadline);
    }
}
