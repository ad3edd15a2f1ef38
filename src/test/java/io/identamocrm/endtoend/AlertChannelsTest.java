package io.identamocrm.endtoend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code alerts --test} beside real peers: an HTTP server as Telegram and as webhook, a mail server. No IDENT, no Redis, no amoCRM. */
class AlertChannelsTest {

    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String SECRET = "AAsecret-of-the-bot-1234567890";
    private static final String TOKEN = "123456:" + SECRET;
    private static final String PATH = "/bot" + TOKEN + "/sendMessage";
    private static final String HOOK = "/hooks/secret-of-the-hook?key=value";

    @TempDir
    private Path scratch;

    private final WireMockServer http =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, String> variables = new HashMap<>();
    private final Terminal terminal = new Terminal(() -> variables);

    @BeforeEach
    void start() {
        http.start();
        mail.start();
        mail.setUser("robot@clinic.invalid", "robot", "mail-pass-1");
    }

    @AfterEach
    void stop() {
        http.stop();
        mail.stop();
    }

    private void telegram() {
        variables.put("ALERT_TELEGRAM_TOKEN", TOKEN);
        variables.put("ALERT_TELEGRAM_CHAT", "-100200300");
        variables.put("ALERT_TELEGRAM_URL", "http://127.0.0.1:" + http.port());
    }

    private void webhook() {
        variables.put("ALERT_WEBHOOK_URL", "http://127.0.0.1:" + http.port() + HOOK);
    }

    private void mail(String encryption) {
        variables.put("ALERT_MAIL_SERVER", "127.0.0.1");
        variables.put("ALERT_MAIL_PORT", Integer.toString(mail.getSmtp().getPort()));
        variables.put("ALERT_MAIL_ENCRYPTION", encryption);
        variables.put("ALERT_MAIL_USERNAME", "robot");
        variables.put("ALERT_MAIL_PASSWORD", "mail-pass-1");
        variables.put("ALERT_MAIL_FROM", "robot@clinic.invalid");
        variables.put("ALERT_MAIL_TO", "admin@clinic.invalid, owner@clinic.invalid");
    }

    private void answer(ResponseDefinitionBuilder answer) {
        http.stubFor(post(anyUrl()).willReturn(answer));
    }

    private int test(String... more) {
        String[] command = new String[more.length + 2];
        command[0] = "alerts";
        command[1] = "--test";
        System.arraycopy(more, 0, command, 2, more.length);
        return terminal.run(command);
    }

    @Test
    void every_channel_that_is_set_gets_a_message() throws Exception {
        telegram();
        webhook();
        mail("none");
        variables.put("ALERT_WEBHOOK_TOKEN", "secret-for-the-hook");
        variables.put("ALERT_LANGUAGE", "ru");
        answer(okJson("{\"ok\":true,\"result\":{\"message_id\":1}}"));
        assertThat(test()).as(terminal.output()).isZero();
        assertThat(terminal.output()).contains("Telegram", "e-mail", "webhook", "has taken the test alert");

        http.verify(
                1,
                postRequestedFor(urlEqualTo(PATH))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(matchingJsonPath("$.chat_id", equalTo("-100200300")))
                        .withRequestBody(matchingJsonPath("$.text")));
        http.verify(
                1,
                postRequestedFor(urlEqualTo(HOOK))
                        .withHeader("Authorization", equalTo("Bearer secret-for-the-hook"))
                        .withRequestBody(matchingJsonPath("$.kind", equalTo("test"))));
        assertThat(http.getAllServeEvents()).hasSize(2);
        assertThat(mail.getReceivedMessages()).hasSize(2);
        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).contains("проверочное оповещение");
        assertThat((String) message.getContent()).contains("Доходят");
        assertThat(message.getFrom()[0].toString()).isEqualTo("robot@clinic.invalid");
        assertThat(message.getAllRecipients()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"ok":false,"error_code":401,"description":"Unauthorized"}                                              | 2 | BotFather
            404 | {"ok":false,"error_code":404,"description":"Not Found"}                                                 | 2 | BotFather
            400 | {"ok":false,"error_code":400,"description":"Bad Request: chat not found"}                               | 2 | ALERT_TELEGRAM_CHAT
            403 | {"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}                    | 2 | ALERT_TELEGRAM_CHAT
            429 | {"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":35}}         | 3 | 429
            502 | <html>Bad Gateway</html>                                                                                | 3 | 502
            200 | <html>Log in to this hotel's network</html>                                                             | 2 | 200
            """)
    void what_telegram_answers_is_told_with_its_remedy(int status, String body, int exit, String words) {
        telegram();
        answer(aResponse().withStatus(status).withBody(body));
        assertThat(test()).as(terminal.output()).isEqualTo(exit);
        assertThat(terminal.output()).contains("PROBLEM", "Telegram", words).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            204, 0, has taken
            500, 3, ALERT_WEBHOOK_URL
            301, 2, ALERT_WEBHOOK_URL
            401, 2, ALERT_WEBHOOK_TOKEN
            404, 2, no webhook at this address
            """)
    void what_a_webhook_answers_is_told_with_its_remedy(int status, int exit, String words) {
        webhook();
        answer(aResponse().withStatus(status).withHeader("Location", "http://127.0.0.1:1/elsewhere"));
        assertThat(test()).as(terminal.output()).isEqualTo(exit);
        assertThat(terminal.output()).contains("webhook", words).doesNotContain("secret-of-the-hook");
        assertThat(http.getAllServeEvents()).as("sent once").hasSize(1);
    }

    @Test
    void a_channel_that_breaks_off_or_is_not_there_does_not_keep_the_others_from_theirs() {
        telegram();
        webhook();
        mail("none");
        http.stubFor(post(urlEqualTo(PATH)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        http.stubFor(post(urlEqualTo(HOOK)).willReturn(aResponse().withStatus(200)));
        mail.stop();
        assertThat(test()).isEqualTo(3);
        assertThat(terminal.output())
                .contains("ALERT_TELEGRAM_URL", "ALERT_MAIL_SERVER", "webhook   has taken the test alert")
                .doesNotContain(SECRET, "secret-of-the-hook", "mail-pass-1");
    }

    @Test
    void a_wrong_password_at_the_mail_server_is_told() {
        mail("none");
        variables.put("ALERT_MAIL_PASSWORD", "mail-pass-2");
        assertThat(test()).isEqualTo(2);
        assertThat(terminal.output())
                .contains("ALERT_MAIL_USERNAME", "ALERT_MAIL_PASSWORD")
                .doesNotContain("mail-pass");
    }

    @Test
    void without_encryption_that_was_asked_for_nothing_is_sent() {
        mail("starttls");
        assertThat(test()).isEqualTo(2);
        assertThat(terminal.output()).contains("STARTTLS", "ALERT_MAIL_PORT");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            starttls, localhost, true,  0
            tls,      localhost, true,  0
            starttls, localhost, false, 3
            tls,      localhost, false, 3
            starttls, elsewhere, true,  3
            tls,      elsewhere, true,  3
            """)
    void mail_goes_encrypted_to_a_server_whose_certificate_is_trusted_and_its_own(
            String encryption, String host, boolean trusted, int exit) throws Exception {
        mail(encryption);
        try (EncryptedMail encrypted = new EncryptedMail(
                TunnelProxy.certificate(scratch, host),
                encryption.equals("tls"),
                mail.getSmtp().getPort())) {
            variables.put("ALERT_MAIL_SERVER", "localhost");
            variables.put("ALERT_MAIL_PORT", Integer.toString(encrypted.port()));
            if (trusted) {
                // As if the JVM knew who has signed it.
                System.setProperty("mail.smtp.ssl.trust", "*");
            }
            assertThat(test()).as(terminal.output()).isEqualTo(exit);
            assertThat(mail.getReceivedMessages()).hasSize(exit == 0 ? 2 : 0);
            if (exit != 0) {
                assertThat(terminal.output()).contains("certificate");
            }
            assertThat(encrypted.saidOpenly()).allMatch(said -> said.startsWith("EHLO") || said.equals("STARTTLS"));
        } finally {
            System.clearProperty("mail.smtp.ssl.trust");
        }
    }

    @Test
    void telegram_is_reached_through_the_proxy_with_its_password() throws Exception {
        telegram();
        Path store = TunnelProxy.certificate(scratch, "api.telegram.invalid");
        System.setProperty(TRUST, store.toString());
        System.setProperty(TRUST + "Password", TunnelProxy.STORE_PASSWORD);
        TunnelProxy proxy = new TunnelProxy(store, http.port(), null);
        try {
            answer(okJson("{\"ok\":true}"));
            variables.put("ALERT_TELEGRAM_URL", "https://api.telegram.invalid");
            variables.put("HTTPS_PROXY", address(proxy, TunnelProxy.PASSWORD));
            assertThat(test()).as(terminal.output()).isZero();
            assertThat(proxy.asked()).allMatch(asked -> asked.equals("CONNECT api.telegram.invalid:443 HTTP/1.1"));
            http.verify(1, postRequestedFor(urlEqualTo(PATH)));

            variables.put("HTTPS_PROXY", address(proxy, "wrong-one"));
            assertThat(test()).isEqualTo(3);
            assertThat(terminal.output()).contains("HTTPS_PROXY").doesNotContain("wrong-one", SECRET);
        } finally {
            proxy.close();
            System.clearProperty(TRUST);
            System.clearProperty(TRUST + "Password");
        }
    }

    private static String address(TunnelProxy proxy, String password) {
        return "http://" + URLEncoder.encode(TunnelProxy.USER, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@127.0.0.1:" + proxy.port();
    }

    @Test
    void no_log_line_at_any_level_names_a_secret() {
        telegram();
        webhook();
        mail("none");
        answer(aResponse().withStatus(500));
        try (LoggedLines http = new LoggedLines("org.apache.camel.component.http", Level.TRACE);
                LoggedLines mail = new LoggedLines("org.apache.camel.component.mail", Level.TRACE);
                LoggedLines steps = new LoggedLines("org.apache.camel.processor", Level.TRACE);
                LoggedLines ours = new LoggedLines("io.identamocrm", Level.TRACE)) {
            test();
            assertThat(http.lines()).isNotEmpty();
            assertThat(mail.lines()).isNotEmpty();
            assertThat(http.lines().toString() + mail.lines() + steps.lines() + ours.lines())
                    .doesNotContain(SECRET, "secret-of-the-hook", "mail-pass-1");
        }
    }

    @Test
    void with_nothing_set_it_says_what_to_set() {
        assertThat(test()).isEqualTo(2);
        assertThat(terminal.output())
                .contains("no channel is set", "ALERT_TELEGRAM_TOKEN", "ALERT_MAIL_SERVER", "ALERT_WEBHOOK_URL");
        assertThat(terminal.run("alerts")).isZero();
        assertThat(terminal.output()).contains("Telegram", "not set");
    }

    @Test
    void the_findings_are_one_json_document_too() throws Exception {
        webhook();
        answer(aResponse().withStatus(200));
        assertThat(test("--json")).isZero();
        JsonNode findings = new ObjectMapper().readTree(terminal.output());
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).path("level").asText()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALERT_TELEGRAM_TOKEN=123456:AAAAAAAAAAAAAAAAAAAAAAAA                             | ALERT_TELEGRAM_CHAT
            ALERT_TELEGRAM_TOKEN=my-token, ALERT_TELEGRAM_CHAT=42                            | ALERT_TELEGRAM_TOKEN
            ALERT_TELEGRAM_TOKEN=123456:AAAAAAAAAAAAAAAAAAAAAAAA, ALERT_TELEGRAM_CHAT=Anna   | ALERT_TELEGRAM_CHAT
            ALERT_MAIL_SERVER=smtp.clinic.invalid                                            | ALERT_MAIL_TO
            ALERT_MAIL_SERVER=smtp.clinic.invalid, ALERT_MAIL_TO=admin                       | ALERT_MAIL_TO
            ALERT_MAIL_SERVER=smtp.clinic.invalid, ALERT_MAIL_TO=a@b.invalid                 | ALERT_MAIL_FROM
            ALERT_MAIL_SERVER=s.invalid, ALERT_MAIL_TO=a@b.invalid, ALERT_MAIL_USERNAME=u@b.invalid | ALERT_MAIL_PASSWORD
            ALERT_WEBHOOK_URL=hooks.invalid                                                  | ALERT_WEBHOOK_URL
            ALERT_WEBHOOK_URL=https://user:word@hooks.invalid/x                              | ALERT_WEBHOOK_URL
            ALERT_WEBHOOK_TOKEN=secret                                                       | ALERT_WEBHOOK_URL
            ALERT_WEBHOOK_URL=https://hooks.invalid, ALERT_QUIET_HOURS=night                 | 22:00-07:00
            ALERT_WEBHOOK_URL=https://hooks.invalid, ALERT_URGENT=everything                 | dead-letters-growing
            ALERT_WEBHOOK_URL=https://hooks.invalid, ALERT_LANGUAGE=de                       | ALERT_LANGUAGE
            """)
    void what_is_set_wrongly_is_named_before_anything_is_sent(String settings, String named) {
        for (String setting : settings.split(", ")) {
            variables.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        assertThat(test()).isEqualTo(2);
        assertThat(terminal.output()).contains("PROBLEM", named);
    }

    @Test
    void doctor_names_what_is_set_wrongly_too_and_sends_nothing() {
        webhook();
        variables.put("ALERT_QUIET_HOURS", "night");
        assertThat(terminal.run("doctor")).isEqualTo(2);
        assertThat(terminal.output()).contains("ALERT_QUIET_HOURS", "22:00-07:00");
        assertThat(http.getAllServeEvents()).isEmpty();
    }
}
