package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.identamocrm.delivery.AccountInRedis;
import org.junit.jupiter.api.Test;

/** A run's write buffer. */
class WriteBuffersTest {

    private final AccountInRedis account = new AccountInRedis();
    private final WriteBuffers buffers = new WriteBuffers(account.rows, 50);

    @Test
    void a_buffer_is_empty_when_it_is_opened() {
        Run run = RunFixtures.full();
        assertThatIllegalStateException().as("before").isThrownBy(run::writeBuffer);
        buffers.open(run);
        assertThat(run.writeBuffer().isEmpty()).isTrue();
        assertThat(run.isUnfinished()).isFalse();
    }

    @Test
    void each_run_has_its_own() {
        Run run = RunFixtures.full();
        Run other = RunFixtures.full();
        buffers.open(run);
        buffers.open(other);
        assertThat(run.writeBuffer()).isNotSameAs(other.writeBuffer());
    }
}
