package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.SampleClinic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.apache.shardingsphere.sql.parser.autogen.SQLServerStatementLexer;
import org.apache.shardingsphere.sql.parser.autogen.SQLServerStatementParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Is it T-SQL, as SQL Server 2012 to 2022 takes it? A grammar of SQL Server says whether it is T-SQL at all; what it lets pass, and what
 * only younger servers know, is asked for below. Both must refuse what is wrong, which is shown too.
 */
class SqlGrammarTest {

    private static final Path FOLDER = Path.of("config", "sql");
    private static final Path SCHEMA = Path.of("src", "test", "resources", "clinic");

    /** Functions and clauses that came after 2012, and what other dialects have. */
    private static final Set<String> FORBIDDEN = Set.of(
            "STRING_AGG",
            "TRIM",
            "CONCAT_WS",
            "TRANSLATE",
            "STRING_SPLIT",
            "STRING_ESCAPE",
            "GREATEST",
            "LEAST",
            "DATETRUNC",
            "DATE_BUCKET",
            "GENERATE_SERIES",
            "OPENJSON",
            "ISJSON",
            "JSON_VALUE",
            "JSON_QUERY",
            "JSON_OBJECT",
            "JSON_ARRAY",
            "APPROX_COUNT_DISTINCT",
            "DATEDIFF_BIG",
            "BIT_COUNT",
            "COMPRESS",
            "DISTINCT_FROM",
            "WINDOW",
            "IGNORE",
            "LIMIT",
            "ILIKE",
            "TRUE",
            "FALSE",
            "UNKNOWN",
            "BOOLEAN",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "NOW",
            "EXTRACT",
            "INTERVAL",
            "NATURAL",
            "USING",
            "NULLS",
            "FILTER",
            "LENGTH",
            "CHAR_LENGTH",
            "SUBSTR",
            "NVL",
            "IFNULL",
            "LPAD",
            "RPAD",
            "DUAL",
            "ROWNUM",
            "VARCHAR2",
            "INTEGER",
            "FETCH",
            "OFFSET",
            "TOP",
            "NOLOCK",
            "EXCEPT_ALL");

    /** Microsoft's list of reserved keywords, as far as a name might fall on them. */
    private static final Set<String> RESERVED = Set.of(
            "ADD",
            "ALL",
            "ALTER",
            "AND",
            "ANY",
            "AS",
            "ASC",
            "AUTHORIZATION",
            "BACKUP",
            "BEGIN",
            "BETWEEN",
            "BREAK",
            "BROWSE",
            "BULK",
            "BY",
            "CASCADE",
            "CASE",
            "CHECK",
            "CHECKPOINT",
            "CLOSE",
            "CLUSTERED",
            "COALESCE",
            "COLLATE",
            "COLUMN",
            "COMMIT",
            "COMPUTE",
            "CONSTRAINT",
            "CONTAINS",
            "CONTINUE",
            "CONVERT",
            "CREATE",
            "CROSS",
            "CURRENT",
            "CURSOR",
            "DATABASE",
            "DEFAULT",
            "DELETE",
            "DENY",
            "DESC",
            "DISK",
            "DISTINCT",
            "DISTRIBUTED",
            "DOUBLE",
            "DROP",
            "DUMP",
            "ELSE",
            "END",
            "ESCAPE",
            "EXCEPT",
            "EXEC",
            "EXISTS",
            "EXIT",
            "EXTERNAL",
            "FETCH",
            "FILE",
            "FOR",
            "FOREIGN",
            "FREETEXT",
            "FROM",
            "FULL",
            "FUNCTION",
            "GOTO",
            "GRANT",
            "GROUP",
            "HAVING",
            "HOLDLOCK",
            "IDENTITY",
            "IF",
            "IN",
            "INDEX",
            "INNER",
            "INSERT",
            "INTERSECT",
            "INTO",
            "IS",
            "JOIN",
            "KEY",
            "KILL",
            "LEFT",
            "LIKE",
            "LINENO",
            "LOAD",
            "MERGE",
            "NATIONAL",
            "NOT",
            "NULL",
            "NULLIF",
            "OF",
            "OFF",
            "OFFSETS",
            "ON",
            "OPEN",
            "OPTION",
            "OR",
            "ORDER",
            "OUTER",
            "OVER",
            "PERCENT",
            "PIVOT",
            "PLAN",
            "PRECISION",
            "PRIMARY",
            "PRINT",
            "PROC",
            "PROCEDURE",
            "PUBLIC",
            "READ",
            "REFERENCES",
            "REPLICATION",
            "RESTORE",
            "RETURN",
            "REVERT",
            "REVOKE",
            "RIGHT",
            "ROLLBACK",
            "ROWCOUNT",
            "RULE",
            "SAVE",
            "SCHEMA",
            "SELECT",
            "SET",
            "SETUSER",
            "SHUTDOWN",
            "SOME",
            "STATISTICS",
            "TABLE",
            "THEN",
            "TO",
            "TOP",
            "TRAN",
            "TRANSACTION",
            "TRIGGER",
            "TRUNCATE",
            "UNION",
            "UNIQUE",
            "UPDATE",
            "USE",
            "USER",
            "VALUES",
            "VARYING",
            "VIEW",
            "WAITFOR",
            "WHEN",
            "WHERE",
            "WHILE",
            "WITH");

    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern PARAMETER = Pattern.compile(":#(in:)?\\w+");
    private static final Pattern TYPED =
            Pattern.compile("CAST\\(:#\\w+ AS (datetime|int|binary\\(8\\))\\)|IN \\(:#in:\\w+\\)");

    /** One form of a file: with all its optional lines, without any, or without those that need one column. */
    record Form(Path file, String left, String sql) {
        @Override
        public String toString() {
            return file.getFileName() + left;
        }
    }

    static Stream<Form> forms() throws IOException {
        List<Form> forms = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                IdentSql sql = new IdentSql(FOLDER, null);
                Set<String> optional = text.lines()
                        .filter(line -> line.startsWith("-- optional "))
                        .flatMap(line -> Arrays.stream(
                                line.substring("-- optional ".length()).split("\\s+")))
                        .map(column -> column.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new));
                forms.add(new Form(file, "", sql.fitting(text, optional)));
                if (!optional.isEmpty()) {
                    forms.add(new Form(file, " without optional lines", sql.fitting(text, Set.of())));
                }
                for (String column : optional) {
                    Set<String> others = new HashSet<>(optional);
                    others.remove(column);
                    forms.add(new Form(file, " without " + column, sql.fitting(text, others)));
                }
            }
        }
        return forms.stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void every_form_of_every_file_is_t_sql(Form form) {
        assertThat(complaints(form.sql())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void every_form_of_every_file_is_understood_by_the_sample_clinic_too(Form form) throws Exception {
        try (SampleClinic clinic = SampleClinic.inMemory();
                var connection = clinic.dataSource().getConnection();
                var statement = connection.prepareStatement(
                        PARAMETER.matcher(form.sql()).replaceAll("?"))) {
            assertThat(statement.getMetaData().getColumnCount()).isPositive();
        }
    }

    /** On a server with a case-sensitive collation a name in other letters is another name. */
    @ParameterizedTest
    @MethodSource("forms")
    void names_are_written_in_the_letters_of_the_schema(Form form) throws IOException {
        Set<String> known = Pattern.compile("\\w+")
                .matcher(Files.readString(SCHEMA.resolve("schema.sql")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        known.add("RowVersion");
        Set<String> aliases = Pattern.compile("\\bAS (\\w+)")
                .matcher(form.sql())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Pattern.compile("(?<![\\w.])(\\w+)\\.(\\w+)")
                .matcher(form.sql())
                .results()
                .forEach(name -> {
                    assertThat(aliases.contains(name.group(1)) || name.group(1).equals("dbo"))
                            .as(name.group())
                            .isTrue();
                    assertThat(known.contains(name.group(2)) || aliases.contains(name.group(2)))
                            .as(name.group())
                            .isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema.sql", "catalogue.sql"})
    void the_sample_clinics_own_script_is_t_sql_statement_by_statement(String script) throws IOException {
        String text = Files.readString(SCHEMA.resolve(script))
                .lines()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        String[] statements = text.split(";\\s*(\n|$)");
        assertThat(statements.length).isGreaterThan(5);
        for (String statement : statements) {
            assertThat(grammar(statement)).as(statement).isEmpty();
            assertThat(TEXT.matcher(statement).replaceAll("''")).as(statement).doesNotContainPattern("(?<!N)''");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a.x FORM dbo.T AS a",
                "SELECT a.x, FROM dbo.T AS a",
                "SELECT a.x FROM dbo.T AS a WHERE",
                "SELECT a.x y z FROM dbo.T AS a",
                "SELECT a.x FROM dbo.T AS a LIMIT 5",
                "SELECT a.x FROM dbo.T AS a FETCH FIRST 3 ROWS ONLY",
                "SELECT TOP 3 a.x FROM dbo.T AS a",
                "SELECT a.x FROM dbo.T AS a WHERE a.x ILIKE N'b'",
                "SELECT a.x || a.y FROM dbo.T AS a",
                "SELECT a.x::int FROM dbo.T AS a",
                "SELECT a.x FROM dbo.T AS a WHERE a.y = TRUE",
                "SELECT a.x FROM dbo.T AS a WHERE a.y IS TRUE",
                "SELECT CURRENT_DATE AS today",
                "SELECT EXTRACT(YEAR FROM a.x) FROM dbo.T AS a",
                "SELECT DATE '2020-01-01' AS d",
                "SELECT a.x FROM dbo.T AS a NATURAL JOIN dbo.U AS b",
                "SELECT a.x FROM dbo.T AS a JOIN dbo.U AS b USING (id)",
                "SELECT TRIM(a.x) FROM dbo.T AS a",
                "SELECT STRING_AGG(a.x, N',') FROM dbo.T AS a",
                "SELECT CONCAT_WS(N',', a.x, a.y) FROM dbo.T AS a",
                "SELECT GREATEST(a.x, a.y) FROM dbo.T AS a",
                "SELECT a.x FROM dbo.T AS a WHERE a.y = 'б'",
                "SELECT a.x FROM (SELECT b.x FROM dbo.T AS b) WHERE a.x = 1",
                "SELECT a.x FROM (SELECT b.x FROM dbo.T AS b ORDER BY b.x) AS a",
                "SELECT a.x FROM dbo.T AS a WHERE (a.x, a.y) IN (SELECT b.x, b.y FROM dbo.U AS b)",
                "SELECT a.x AS plan FROM dbo.T AS a",
                "SELECT a.x FROM dbo.T AS a WHERE a.y >= :#since",
                "SELECT a.x FROM dbo.T AS a WHERE a.x = CAST(:#since AS datetime2)",
                "SELECT a.x FROM dbo.T AS a WHERE CAST(a.y AS date) >= CAST(:#since AS datetime)",
                "SELECT a.x FROM dbo.T a WHERE a.x <> ALL (",
                "SELECT a.x FROM dbo.T AS a ORDER BY a.x NULLS FIRST",
                "SELECT a.x FROM dbo.T AS a FOR UPDATE",
                "SELECT a.x FROM clinic..T AS a; DROP TABLE b"
            })
    void what_a_sql_server_of_2012_would_refuse_or_read_slowly_is_refused_here(String sql) {
        assertThat(complaints(sql)).isNotEmpty();
    }

    @Test
    void there_are_as_many_forms_as_files_with_and_without_their_optional_lines() throws IOException {
        assertThat(forms().map(Form::toString))
                .contains(
                        "patients.sql",
                        "patients.sql without optional lines",
                        "patients.sql without persons.city",
                        "patient-balances.sql without paymentsout.payment");
    }

    private static List<String> complaints(String sql) {
        List<String> complaints = grammar(PARAMETER.matcher(sql).replaceAll("?"));
        String plain = TEXT.matcher(sql).replaceAll("''");
        words(plain).stream().filter(FORBIDDEN::contains).forEach(complaints::add);
        find("(?<!N)''", plain, complaints);
        find("\\|\\||::|;|\\bDATE ''|\\bIS (NOT )?DISTINCT\\b|\\([\\w.]+, [\\w.]+\\) IN\\b", plain, complaints);
        find(
                "(?i)(WHERE|AND|OR|ON)\\s+\\(?(CAST|CONVERT|ISNULL|DATEADD|DATEDIFF|YEAR|UPPER|LOWER)\\((?!:#)",
                plain,
                complaints);
        Pattern.compile("\\bAS (\\w+)")
                .matcher(plain)
                .results()
                .map(match -> match.group(1).toUpperCase(Locale.ROOT))
                .filter(RESERVED::contains)
                .forEach(word -> complaints.add(word + " is reserved"));
        if (PARAMETER.matcher(TYPED.matcher(plain).replaceAll("")).find()) {
            complaints.add("a parameter without a type, or of a type that costs an index");
        }
        for (Matcher derived = Pattern.compile("(?i)(FROM|JOIN)\\s+\\(").matcher(plain); derived.find(); ) {
            int end = closing(plain, derived.end());
            if (!plain.substring(end).matches("(?s)\\)\\s+AS \\w+.*")) {
                complaints.add("a derived table without a name");
            }
        }
        for (Matcher query = Pattern.compile("(?i)\\(\\s*SELECT\\b").matcher(plain); query.find(); ) {
            String inside = plain.substring(query.start() + 1, closing(plain, query.start() + 1))
                    .replaceAll("(?i)OVER \\([^)]*\\)", "");
            find("(?i)\\bORDER BY\\b", inside, complaints);
        }
        return complaints;
    }

    private static void find(String pattern, String sql, List<String> complaints) {
        Pattern.compile(pattern).matcher(sql).results().forEach(match -> complaints.add(match.group()));
    }

    private static Set<String> words(String sql) {
        return Pattern.compile("\\w+")
                .matcher(sql)
                .results()
                .map(match -> match.group().toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where the parenthesis closes whose inside begins at a place. */
    private static int closing(String sql, int inside) {
        int open = 1;
        int at = inside;
        for (; at < sql.length() && open > 0; at++) {
            open += sql.charAt(at) == '(' ? 1 : sql.charAt(at) == ')' ? -1 : 0;
        }
        return Math.max(inside, at - 1);
    }

    private static List<String> grammar(String sql) {
        List<String> errors = new ArrayList<>();
        BaseErrorListener listener = new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object symbol,
                    int line,
                    int column,
                    String message,
                    RecognitionException e) {
                errors.add(line + ":" + column + " " + message);
            }
        };
        SQLServerStatementLexer lexer = new SQLServerStatementLexer(CharStreams.fromString(sql));
        SQLServerStatementParser parser = new SQLServerStatementParser(new CommonTokenStream(lexer));
        for (Recognizer<?, ?> recognizer : List.of(lexer, parser)) {
            recognizer.removeErrorListeners();
            recognizer.addErrorListener(listener);
        }
        parser.execute();
        return errors;
    }
}
