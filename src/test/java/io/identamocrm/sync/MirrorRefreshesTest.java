package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.delivery.AccountInRedis;
import io.identamocrm.delivery.UnconfirmedCreations;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.state.Intents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a run's look at amoCRM begins. */
class MirrorRefreshesTest {

    private final AccountInRedis account = new AccountInRedis();

    private RequestSequence begin(Run run) {
        return new MirrorRefreshes(account.mirror, account.setup, account.intents, Duration.ofSeconds(3)).begin(run);
    }

    private static String firstRequest(RequestSequence sequence) {
        return sequence.next().query();
    }

    private static Run deep() {
        Run run = RunFixtures.receptions(RunRequest.deep());
        run.reads(RunFixtures.full().range());
        return run;
    }

    private void listedBefore() {
        RequestSequence first = begin(RunFixtures.incremental());
        while (first.hasNext()) {
            String list = first.next().path().contains("leads") ? "leads" : "contacts";
            first.aggregate(AccountInRedis.success("{'_embedded': {'" + list + "': []}}"));
        }
    }

    @Test
    void a_run_lists_what_has_changed_since_the_last_one() {
        listedBefore();
        RequestSequence refresh = begin(RunFixtures.incremental());
        assertThat(refresh).isInstanceOf(MirrorRefresh.class);
        assertThat(firstRequest(refresh)).contains("order[updated_at]");
    }

    @Test
    void a_deep_run_lists_everything_once_and_then_what_has_changed() {
        listedBefore();
        Run deep = deep();
        assertThat(firstRequest(begin(deep))).contains("order[id]");
        assertThat(firstRequest(begin(deep))).as("after it has yielded to another run").contains("order[updated_at]");
    }

    @Test
    void what_another_process_was_about_to_create_is_looked_for_first() {
        listedBefore();
        account.intents.record(new Intents.Open(Map.of(7L, 0L), Set.of()));
        assertThat(begin(RunFixtures.incremental())).isInstanceOf(UnconfirmedCreations.class);
    }

    @Test
    void a_mirror_made_with_other_settings_is_listed_anew() {
        listedBefore();
        account.mirror.store(List.of(deal(500).build()), List.of());
        account.mirror.ensureMadeWith("other settings");
        account.mirror.store(List.of(deal(501).build()), List.of());
        assertThat(firstRequest(begin(RunFixtures.incremental()))).contains("order[id]");
        assertThat(account.mirror.dealCount()).isZero();
    }
}
