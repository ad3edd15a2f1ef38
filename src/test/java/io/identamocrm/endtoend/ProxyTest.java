package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clinic whose way out is an HTTP proxy, with amoCRM's own address behind it that nobody here can reach otherwise. */
class ProxyTest {

    private static final String HOST = "clinic.amocrm.invalid";
    private static final String TRUST = "javax.net.ssl.trustStore";

    @TempDir
    private static Path scratch;

    private static Path store;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();
    private TunnelProxy proxy;

    @BeforeEach
    void amocrm_is_trusted_and_far() throws Exception {
        if (store == null) {
            store = TunnelProxy.certificate(scratch, HOST);
        }
        System.setProperty(TRUST, store.toString());
        System.setProperty(TRUST + "Password", "changeit");
        proxy = new TunnelProxy(store, sandboxPort(), null);
        installation.with("AMOCRM_BASE_URL", "https://" + HOST);
    }

    private int sandboxPort() {
        return URI.create(installation.sandbox().baseUrl()).getPort();
    }

    @AfterEach
    void as_it_was() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST + "Password");
        proxy.close();
    }

    private static String address(int port, String password) {
        return "http://" + URLEncoder.encode(TunnelProxy.USER, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@127.0.0.1:" + port;
    }

    private int run(String... command) {
        int code = terminal.run(command);
        assertThat(terminal.output() + terminal.errors())
                .doesNotContain(TunnelProxy.PASSWORD, "keep%40quiet", "wrong-one", "Exception");
        return code;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void everything_goes_through_the_proxy_with_its_password(String variable) {
        installation.with(variable, address(proxy.port(), TunnelProxy.PASSWORD));
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(run("reception-sync")).as(terminal.errors()).isZero();
        assertThat(installation.dealsOf(reception)).hasSize(1);
        assertThat(proxy.asked()).isNotEmpty().allMatch(asked -> asked.equals("CONNECT " + HOST + ":443 HTTP/1.1"));
        assertThat(proxy.asked().size())
                .as("the tunnel is kept")
                .isLessThan(installation.sandbox().journal().count());
    }

    @Test
    void an_authorisation_code_goes_the_same_way() {
        installation.withOAuth().with("HTTPS_PROXY", address(proxy.port(), TunnelProxy.PASSWORD));
        assertThat(run("authorize", installation.sandbox().tokens().newCode()))
                .as(terminal.errors())
                .isZero();
        assertThat(proxy.asked()).isNotEmpty();
    }

    @Test
    void a_refused_password_is_said_at_once_and_not_tried_again() {
        installation.with("HTTPS_PROXY", address(proxy.port(), "wrong-one"));
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(terminal.errors())
                .contains(
                        "The proxy 127.0.0.1:" + proxy.port() + " does not accept user and password",
                        "407",
                        "HTTPS_PROXY=http://USER:PASSWORD@127.0.0.1:" + proxy.port());
        assertThat(proxy.asked()).hasSizeLessThanOrEqualTo(2);
        assertThat(installation.sandbox().journal().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "407 Login, please ~ Proxy-Authenticate: NTLM ~ Proxy-Authenticate: Negotiate | asks for a login of kind ntlm or negotiate",
                "403 Forbidden ~ Server: strict                                               | does not let us through to amoCRM (status 403)",
                "502 Bad Gateway ~ Server: lost                                               | does not get through to amoCRM (status 502)"
            })
    void what_the_proxy_answers_is_said_of_the_proxy(String answer, String words) throws Exception {
        proxy.close();
        proxy = new TunnelProxy(
                store,
                sandboxPort(),
                "HTTP/1.1 " + answer.replace(" ~ ", "\r\n") + "\r\nContent-Length: 5\r\n\r\nsorry");
        installation.with("HTTPS_PROXY", address(proxy.port(), TunnelProxy.PASSWORD));
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(terminal.errors()).containsIgnoringCase("the proxy 127.0.0.1:" + proxy.port() + " " + words);
    }

    @Test
    void a_proxy_that_cannot_be_reached_is_named_with_its_setting() {
        proxy.close();
        installation.with("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(terminal.errors())
                .contains(
                        "the proxy 127.0.0.1:" + proxy.port() + " cannot be reached: nothing answers",
                        "check HTTPS_PROXY")
                .doesNotContain("amoCRM cannot be reached");
    }

    @Test
    void a_certificate_that_is_not_trusted_is_not_the_proxys_fault() {
        System.clearProperty(TRUST);
        installation.with("HTTPS_PROXY", address(proxy.port(), TunnelProxy.PASSWORD));
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(terminal.errors()).contains("amoCRM cannot be reached: its certificate is not trusted here");
    }

    @Test
    void hosts_that_are_left_aside_are_asked_directly() {
        installation
                .with("HTTPS_PROXY", address(proxy.port(), TunnelProxy.PASSWORD))
                .with("no_proxy", "10.0.0.1, .amocrm.invalid");
        assertThat(run("reception-sync")).isEqualTo(3);
        assertThat(terminal.errors()).contains("amoCRM cannot be reached: no host of its name is known");
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void this_machine_is_never_asked_through_the_proxy() {
        installation
                .with("AMOCRM_BASE_URL", installation.sandbox().baseUrl())
                .with("HTTPS_PROXY", "http://127.0.0.1:1");
        assertThat(run("reception-sync")).isZero();
    }

    @Test
    void operators_do_not_see_the_password() {
        installation.asService().with("HTTPS_PROXY", address(proxy.port(), TunnelProxy.PASSWORD));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> installation.runtime().history().lastEnd("receptions") != null);
        String login = TunnelProxy.USER + ":" + TunnelProxy.PASSWORD;
        assertThat(PersonalDataTest.jmxContent())
                .contains("wayToAmocrm")
                .doesNotContain(
                        TunnelProxy.PASSWORD,
                        "keep%40quiet",
                        Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_doctor_names_the_proxy() {
        installation.with("HTTPS_PROXY", address(proxy.port(), TunnelProxy.PASSWORD));
        assertThat(run("doctor")).isZero();
        assertThat(terminal.output()).contains("amoCRM is asked through the proxy 127.0.0.1:" + proxy.port());
    }
}
