package io.identamocrm.app;

import io.identamocrm.settings.Settings;
import java.util.Properties;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;

/** Camel's {@code smtp}; apart from the other beans, so that where no mail is set none of its classes is loaded. */
public final class MailBeans {

    private static final int LONGEST_WAIT = 10_000;

    private final Settings.Alerts.Mail mail;

    /** For this mail server. */
    MailBeans(Settings.Alerts.Mail mail) {
        this.mail = mail;
    }

    /** The component that knows the login, so that no endpoint names it. */
    @BindToRegistry
    public MailComponent smtp(CamelContext context) {
        MailConfiguration configuration = new MailConfiguration(context);
        configuration.setTo(String.join(",", mail.to()));
        configuration.setFrom(mail.from());
        if (mail.username() != null) {
            configuration.setUsername(mail.username());
            configuration.setPassword(mail.password());
        }
        configuration.setConnectionTimeout(LONGEST_WAIT);
        configuration.setContentType("text/plain; charset=UTF-8");
        Properties more = configuration.getAdditionalJavaMailProperties();
        more.setProperty("mail.smtp.writetimeout", Integer.toString(LONGEST_WAIT));
        more.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (mail.encryption()) {
            case STARTTLS -> {
                more.setProperty("mail.smtp.starttls.enable", "true");
                more.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> more.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> more.setProperty("mail.smtp.starttls.enable", "false");
        }
        MailComponent component = new MailComponent();
        component.setConfiguration(configuration);
        return component;
    }
}
