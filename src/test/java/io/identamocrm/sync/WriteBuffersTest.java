package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.delivery.AccountInRedis;
import io.identamocrm.delivery.WriteBuffer;
import org.junit.jupiter.api.Test;

/** A run's write buffer is opened when the mirror is up to date, anew after each refresh. */
class WriteBuffersTest {

    private final AccountInRedis account = new AccountInRedis();
    private final WriteBuffers buffers = new WriteBuffers(account.mirror, account.rows, 50, RunFixtures.CLOCK);

    @Test
    void opening_notes_that_the_mirror_has_followed_the_account() {
        Run run = RunFixtures.full();
        buffers.open(run);
        assertThat(account.mirror.refreshedAt()).isEqualTo(RunFixtures.NOON);
        assertThat(run.writeBuffer().isEmpty()).isTrue();
        assertThat(run.isUnfinished()).isFalse();
    }

    @Test
    void after_a_refresh_the_run_has_another_buffer() {
        Run run = RunFixtures.full();
        buffers.open(run);
        WriteBuffer first = run.writeBuffer();
        buffers.open(run);
        assertThat(run.writeBuffer()).isNotSameAs(first);
    }
}
