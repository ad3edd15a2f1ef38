package io.identamocrm.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal values have equal fingerprints, in one account, for ever. */
class KeyedFingerprintTest {

    private final KeyedFingerprint fingerprint = new KeyedFingerprint("a secret", "smile");

    /** Calculated by another program; a change of the construction would make every row of every mirror differ from IDENT's. */
    @ParameterizedTest
    @CsvSource({"+79123456789, -38_2CGXHRYMOCeM", "Анна, LGc16pfR3dFhIZU5"})
    void a_value_has_the_fingerprint_that_it_always_had(String value, String expected) {
        assertThat(fingerprint.of(value)).isEqualTo(expected);
    }

    @Test
    void every_process_of_the_account_makes_the_same() {
        assertThat(new KeyedFingerprint("a secret", "smile").of("42")).isEqualTo(fingerprint.of("42"));
    }

    @Test
    void another_secret_or_another_account_makes_others() {
        assertThat(Stream.of(
                                fingerprint,
                                new KeyedFingerprint("another secret", "smile"),
                                new KeyedFingerprint("a secret", "dent"))
                        .map(one -> one.of("42")))
                .doesNotHaveDuplicates();
    }

    @Test
    void different_values_have_different_ones_without_a_trace_of_the_value() {
        List<String> prints = IntStream.range(0, 10_000)
                .mapToObj(i -> fingerprint.of("+7912" + (1_000_000 + i)))
                .toList();
        assertThat(prints).doesNotHaveDuplicates().allMatch(print -> print.matches("[A-Za-z0-9_-]{16}"));
    }

    @Test
    void it_is_the_same_at_every_asking_also_after_thousands_of_others() {
        List<String> first = IntStream.range(0, 5_000)
                .mapToObj(i -> fingerprint.of("value " + i))
                .toList();
        assertThat(IntStream.range(0, 5_000).mapToObj(i -> fingerprint.of("value " + i)))
                .isEqualTo(first);
        KeyedFingerprint fresh = new KeyedFingerprint("a secret", "smile");
        assertThat(first.get(4_999)).isEqualTo(fresh.of("value 4999"));
    }

    @ParameterizedTest
    @CsvSource({"99", "100", "101", "60000"})
    void texts_of_every_length_have_their_own(int length) {
        String text = "я".repeat(length);
        assertThat(fingerprint.of(text))
                .isEqualTo(fingerprint.of(text))
                .hasSize(16)
                .isNotEqualTo(fingerprint.of(text + "я"))
                .isNotEqualTo(fingerprint.of("ю" + text.substring(1)));
    }

    @Test
    void threads_do_not_mix_up_their_values() {
        List<String> alone = IntStream.range(0, 20_000)
                .mapToObj(i -> fingerprint.of("value " + i))
                .toList();
        KeyedFingerprint shared = new KeyedFingerprint("a secret", "smile");
        List<CompletableFuture<List<String>>> threads = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> IntStream.range(0, 20_000)
                                .mapToObj(i -> shared.of("value " + i))
                                .toList()))
                .limit(4)
                .toList();
        assertThat(threads).allSatisfy(thread -> assertThat(thread.join()).isEqualTo(alone));
    }
}
