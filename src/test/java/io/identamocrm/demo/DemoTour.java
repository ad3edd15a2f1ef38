package io.identamocrm.demo;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.cli.Environment;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.Text;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;

/** The guided tour of {@code demo --stay}: what to type in a second terminal, and what becomes of it. */
public final class DemoTour {

    /** Tells a second terminal's demo that it is one. */
    private static final String MARK = "SAMPLE_CLINIC_DEMO";

    private static final long RECEPTION_ID = 26;

    private final EmbeddedSetUp setUp;
    private final CamelRuntime service;

    /** The tour of a demo that stays. */
    public DemoTour(EmbeddedSetUp setUp, CamelRuntime service) {
        this.setUp = setUp;
        this.service = service;
    }

    /** Writes the variables that lead a second terminal here, and prints the tour. */
    public void print(Map<String, String> variables, Path scratch, PrintWriter out) throws IOException {
        Map<String, String> exported = new TreeMap<>(variables);
        exported.put(MARK, "yes");
        // H2 takes its clock from whoever asks: the clinic's, not that of the second terminal's machine.
        exported.put("JAVA_OPTS", "-Duser.timezone=" + ZoneId.systemDefault());
        Path file = scratch.resolve("env");
        Files.writeString(
                file,
                exported.entrySet().stream()
                        .map(variable -> "export " + variable.getKey() + "='" + variable.getValue() + "'")
                        .collect(Collectors.joining("\n", "", "\n")));
        String sandbox = setUp.sandbox().baseUrl();
        long scheduled = aReception();
        long patient = setUp.clinic().count("SELECT ID_Patients FROM dbo.Receptions WHERE ID = ?", scheduled);
        EntityView deal = setUp.sandbox().account().leads().stream()
                .filter(lead -> lead.fields().containsValue(Long.toString(scheduled)))
                .findFirst()
                .orElseThrow();
        String health = service.managementAddress().orElseThrow() + "/observe/";
        out.println();
        out.println(DemoText.TOUR);
        out.println();
        out.println(DemoText.CONSOLE.with(service.managementAddress().orElseThrow()));
        out.println(DemoText.BOARD.with(sandbox));
        out.println(DemoText.CONTACTS.with(sandbox, sandbox));
        out.println(DemoText.TAKE_OVER);
        type(out, ". " + file);
        out.println(DemoText.WHY.with(deal.id(), scheduled));
        type(out, "./ident-amocrm explain reception " + scheduled);
        out.println(DemoText.COMES);
        type(
                out,
                "./ident-amocrm demo --sql \"UPDATE dbo.Receptions SET PatientAppeared = CURRENT_TIMESTAMP, "
                        + "ReceptionEnded = CURRENT_TIMESTAMP WHERE ID = " + scheduled + "\"");
        out.println(DemoText.GOES_WRONG);
        type(out, "./ident-amocrm demo --faults write-then-504:2");
        type(
                out,
                "./ident-amocrm demo --sql \"INSERT INTO dbo.Receptions (ID_Patients, ID_Staffs, ID_Armchairs, PlanStart, PlanEnd, "
                        + "DateTimeAdded) VALUES (" + patient
                        + ", 1, 1, DATEADD(DAY, 2, CURRENT_TIMESTAMP), DATEADD(DAY, 2, CURRENT_TIMESTAMP), "
                        + "CURRENT_TIMESTAMP)\"");
        type(out, "./ident-amocrm demo --faults none");
        out.println(DemoText.WITHOUT_PATIENT);
        type(
                out,
                "./ident-amocrm demo --sql \"INSERT INTO dbo.Receptions (ID_Staffs, ID_Armchairs, PlanStart, PlanEnd, DateTimeAdded) "
                        + "VALUES (1, 1, DATEADD(DAY, 3, CURRENT_TIMESTAMP), DATEADD(DAY, 3, CURRENT_TIMESTAMP), CURRENT_TIMESTAMP)\"");
        type(out, "./ident-amocrm dead-letters list");
        out.println(DemoText.GIVES_PATIENT);
        type(
                out,
                "./ident-amocrm demo --sql \"UPDATE dbo.Receptions SET ID_Patients = " + patient
                        + " WHERE ID = (SELECT MAX(ID) FROM dbo.Receptions)\"");
        type(out, "./ident-amocrm dead-letters retry --all");
        type(out, "./ident-amocrm stats");
        out.println(DemoText.HEALTH.with(health));
        out.println(DemoText.METRICS.with(health));
        out.println(DemoText.HAWTIO.with(health));
    }

    private static void type(PrintWriter out, String command) {
        out.println("       " + command);
    }

    /** A visit to come whose patient has come before. */
    private long aReception() {
        return setUp.clinic()
                .count(
                        "SELECT MIN(ID) FROM dbo.Receptions WHERE PlanStart > CURRENT_TIMESTAMP AND PatientAppeared IS NULL "
                                + "AND ReceptionCanceled IS NULL AND ID_ReceptionCancelReasons IS NULL AND ID_Patients IS NOT NULL "
                                + "AND ID IN ("
                                + setUp.sandbox().account().leads().stream()
                                        .map(lead -> lead.fields().get(RECEPTION_ID))
                                        .filter(id -> id != null && id.matches("\\d+"))
                                        .collect(Collectors.joining(", "))
                                + ")");
    }

    static boolean isIn(Environment environment) {
        return environment.variables().containsKey(MARK);
    }

    private static void require(Environment environment) {
        if (!isIn(environment)) {
            throw new IllegalArgumentException(DemoText.NO_DEMO.in(environment.language()));
        }
    }

    /** Changes something in the clinic of the demo that stays. */
    static void change(Environment environment, String sql, PrintWriter out) {
        require(environment);
        try (Connection connection = clinic(environment);
                Statement statement = connection.createStatement()) {
            out.println(DemoText.CHANGED.with(statement.executeUpdate(sql)));
        } catch (SQLException e) {
            Text why = e.getErrorCode() == ErrorCode.METHOD_NOT_ALLOWED_FOR_QUERY
                    ? DemoText.ONLY_CHANGES
                    : DemoText.NOT_TAKEN.with(inItsWords(e));
            throw new IllegalArgumentException(why.in(environment.language()), e);
        }
    }

    private static Connection clinic(Environment environment) {
        try {
            return DriverManager.getConnection(environment.variables().get("IDENT_JDBC_URL"), SampleClinic.OWNER, "");
        } catch (SQLException e) {
            throw new IllegalArgumentException(DemoText.NO_CLINIC.in(environment.language()), e);
        }
    }

    /** H2 adds the whole statement, which stands in the line above, and its own number. */
    private static String inItsWords(SQLException e) {
        return e instanceof JdbcException h2 ? h2.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    /** Lets other things go wrong in the sandbox of the demo that stays. */
    static void spoil(Environment environment, String faults, PrintWriter out) {
        require(environment);
        if (!"none".equals(faults)) {
            new Faults().inject(faults);
        }
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create(environment.variables().get("AMOCRM_BASE_URL")
                                                    + AmoSandbox.FAULTS
                                                    + faults))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            out.println("none".equals(faults) ? DemoText.WORKS_AGAIN : DemoText.FROM_NOW_ON.with(faults));
        } catch (IOException e) {
            throw new IllegalArgumentException(DemoText.NO_ANSWER.in(environment.language()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
