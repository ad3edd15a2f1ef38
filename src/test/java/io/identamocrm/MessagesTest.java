package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.identamocrm.cli.Commands;
import io.identamocrm.cli.Environment;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Language;
import io.identamocrm.model.Message;
import io.identamocrm.model.Text;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Everything that is told to people is there in both languages, and says the same in both. */
class MessagesTest {

    /** What must stand in both languages alike: variables, options, properties, files, addresses, statements, commands. */
    private static final Pattern NAMES = Pattern.compile(
            "[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b|--[a-z][a-z-]*|\\b[a-z][a-z-]*(?:\\.[a-z][a-z-]*)+\\b"
                    + "|(?<!\\w)\\.env\\b|https?://|rediss?(?:-\\w+)?://|\\bident-amocrm(?: [a-z-]+)?|\\b(?:doctor|test-db|test-amocrm|full-sync"
                    + "|reception-sync|test-reception|dead-letters list|authorize)\\b|\\b(?:GRANT SELECT|COALESCE|CAST|TRY_CAST)\\b|\\bYES\\b");

    private static final Pattern PLACE = Pattern.compile("%(?:(\\d)\\$)?[sd]");

    private static final List<Message> ALL = read();

    private static List<Message> all() {
        return ALL;
    }

    private static List<Message> read() {
        List<Message> all = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.identamocrm")
                        .stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(Message.class))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .forEach(type -> Arrays.stream(type.reflect().getEnumConstants())
                                .forEach(one -> all.add((Message) one)));
        Stream.of(FailureCode.values()).forEach(code -> all.addAll(List.of(code.meaning(), code.advice())));
        Stream.of(BrakeKind.values()).forEach(kind -> all.add(kind.effect()));
        return all;
    }

    private static List<Integer> places(String text) {
        List<Integer> places = new ArrayList<>();
        int next = 0;
        for (Matcher place = PLACE.matcher(text); place.find(); ) {
            places.add(place.group(1) == null ? ++next : Integer.valueOf(place.group(1)));
        }
        return places.stream().sorted().toList();
    }

    private static TreeSet<String> names(String text) {
        TreeSet<String> names = new TreeSet<>();
        NAMES.matcher(text.replace("README.ru.md", "README")).results().forEach(name -> names.add(name.group()));
        return names;
    }

    @Test
    void there_are_hundreds() {
        assertThat(all())
                .hasSizeGreaterThan(700)
                .allSatisfy(message -> assertThat(
                                isWord(message) || message.toString().equals(message.english()))
                        .isTrue());
    }

    /** A word of ours, such as a status, that is shown to people too. */
    private static boolean isWord(Message message) {
        return message instanceof Enum<?> && !message.getClass().getSimpleName().endsWith("Text");
    }

    @ParameterizedTest
    @MethodSource("all")
    void both_languages_say_the_same_as_far_as_names_and_places_tell(Message message) {
        assertThat(message.english()).isNotBlank();
        assertThat(message.russian()).isNotBlank();
        assertThat(places(message.russian())).as("places").isEqualTo(places(message.english()));
        if (!isWord(message)) {
            assertThat(names(message.russian())).as("names").isEqualTo(names(message.english()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void russian_is_russian(Message message) {
        String russian = message.russian();
        assertThat(RussianProse.lookAlikes(russian))
                .as("letters of two alphabets")
                .isEmpty();
        assertThat(RussianProse.english(russian)).as(russian).isEmpty();
        boolean hasWords = message.english().replaceAll("%[sn]", "").matches("(?s).*\\p{Lower}{2,} \\p{Lower}{2,}.*");
        assertThat(!hasWords || russian.matches("(?s).*\\p{IsCyrillic}{2,}.*"))
                .as("not translated: %s", russian)
                .isTrue();
        assertThat(RussianProse.lookAlikes(message.english())).isEmpty();
    }

    @Test
    void every_command_and_option_is_described_in_russian() {
        CommandLine line = Commands.line(
                new Environment(Path.of("."), Map.of("LANG", "ru_RU.UTF-8")), new PrintWriter(Writer.nullWriter()));
        Map<String, String> english = new LinkedHashMap<>();
        collect(line, english);
        assertThat(english).isEmpty();
    }

    private static void collect(CommandLine line, Map<String, String> english) {
        String name = line.getCommandSpec().qualifiedName();
        List<String> texts =
                new ArrayList<>(List.of(line.getCommandSpec().usageMessage().description()));
        line.getCommandSpec().args().forEach(argument -> texts.addAll(List.of(argument.description())));
        texts.addAll(line.getCommandSpec().usageMessage().exitCodeList().values());
        texts.stream()
                .filter(text -> !text.matches("(?s).*\\p{IsCyrillic}.*"))
                .forEach(text -> english.put(name + ": " + text, text));
        line.getSubcommands().values().forEach(command -> collect(command, english));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ru_RU.UTF-8, , ,            RUSSIAN
            ru,          , ,            RUSSIAN
            en_US.UTF-8, , ,            ENGLISH
            C,           , ,            ENGLISH
            de_DE,       , ,            ENGLISH
            run,         , ,            ENGLISH
            en_US, ru_RU, ,             RUSSIAN
            ru_RU, en_US, ,             ENGLISH
            ru_RU, ru_RU, C.UTF-8,      ENGLISH
            , , ru_RU.KOI8-R,           RUSSIAN
            , , ,                       ENGLISH
            """)
    void the_environment_chooses_the_language(String lang, String messages, String all, Language language) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LANG", lang == null ? "" : lang);
        variables.put("LC_MESSAGES", messages == null ? "" : messages);
        variables.put("LC_ALL", all == null ? "" : all);
        assertThat(Language.of(variables)).isEqualTo(language);
    }

    @Test
    void a_text_within_a_text_is_in_the_same_language_and_a_string_is_english() {
        Text code = FailureCode.PATIENT_NOT_FOUND.meaning();
        Text both = Text.joined(": ", Text.of("17"), code);
        assertThat(both.in(Language.RUSSIAN)).isEqualTo("17: Пациент не найден");
        assertThat(both).hasToString("17: Patient not found").isEqualTo(Text.of("17: Patient not found"));
    }
}
