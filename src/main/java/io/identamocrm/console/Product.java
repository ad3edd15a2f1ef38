package io.identamocrm.console;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Status;
import io.identamocrm.settings.Settings;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.RunHistory;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands and console ask of the running product, by its routes and of its memory. */
public interface Product {

    /** One run of receptions through the routes; throws the exception that tells the reason. */
    RunReport receptions(RunRequest request);

    /** One run of patients through the routes; throws the exception that tells the reason. */
    RunReport patients(RunRequest request);

    /** The completed receptions of a patient, those behind the number that decides the funnel; oldest first. */
    List<Long> completedReceptions(long patient);

    /** The status last sent for a reception, or null if none is remembered. */
    @Nullable
    Status lastSentStatus(long reception);

    /** What is on record of a reception's follow-ups: open, or done within the last month. */
    List<FollowUps.Recorded> followUps(long reception);

    /** What is known of the account's deals and contacts, as of the last run. */
    Mirror mirror();

    /** What is remembered of these receptions, their deals above all; unknown ones are absent. */
    Map<Long, Delivered> remembered(Collection<Long> receptions);

    /** What the runs have done. */
    RunHistory history();

    /** The figures of {@code stats}. */
    Map<String, Object> statistics();

    /** What failed in runs of a kind. */
    DeadLetters deadLetters(Run.Kind kind);

    /** Its version. */
    static String version() {
        String version = Product.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    /** The settings in force. */
    Settings settings();
}
