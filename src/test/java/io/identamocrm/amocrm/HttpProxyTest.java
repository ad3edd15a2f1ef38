package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the proxy is written, and which hosts it is not for. */
class HttpProxyTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.clinic:3128", "proxy.clinic:3128", "HTTP://proxy.clinic:3128/"})
    void a_proxy_is_a_host_and_a_port(String text) {
        assertThat(HttpProxy.of(text)).isEqualTo(new HttpProxy("proxy.clinic", 3128, null, null));
    }

    @Test
    void user_and_password_are_written_with_percent_signs_and_never_shown() {
        HttpProxy proxy = HttpProxy.of("http://CLINIC%5Creader:p%40ss+word@10.0.0.1:8080");
        assertThat(proxy)
                .isEqualTo(new HttpProxy("10.0.0.1", 8080, "CLINIC\\reader", "p@ss+word"))
                .hasToString("10.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.clinic",
                "https://proxy.clinic:3128",
                "socks5://proxy.clinic:1080",
                "http://proxy.clinic:0",
                "http://proxy.clinic:65536",
                "http://user:p@ss@proxy.clinic:3128",
                "http://user@proxy.clinic:3128",
                "http://user:p%@proxy:3128",
                "http://proxy.clinic:3128/path",
                "http://a b:3128"
            })
    void what_is_none_is_not_taken_for_one(String text) {
        assertThat(HttpProxy.of(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "myclinic.amocrm.ru | amocrm.ru            | true",
                "myclinic.amocrm.ru | .amocrm.ru           | true",
                "myclinic.amocrm.ru | *.AmoCRM.ru          | true",
                "MyClinic.amocrm.ru | myclinic.amocrm.ru   | true",
                "myclinic.amocrm.ru | amocrm.ru:443        | true",
                "myclinic.amocrm.ru | *                    | true",
                "myclinic.amocrm.ru | localhost            | false",
                "myclinic.amocrm.ru | crm.ru               | false",
                "myclinic.amocrm.ru | other.amocrm.ru      | false",
                "myclinic.amocrm.ru | ''                   | false"
            })
    void a_host_is_left_aside_by_its_name_or_that_of_its_domain(String host, String without, boolean aside) {
        assertThat(HttpProxy.leavesAside(host, List.of("10.0.0.1", without))).isEqualTo(aside);
    }
}
