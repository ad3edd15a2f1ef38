package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** amoCRM blocks us or stays away: it is left alone, for longer and longer, and comes back by itself. */
class BreakerTest {

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @BeforeEach
    void start() {
        installation.booked(installation.patient("8 900 111-22-33"));
    }

    private CircuitBreaker breaker() {
        return installation.runtime().camel().getRegistry().lookupByNameAndType("amocrmBreaker", CircuitBreaker.class);
    }

    private int requests() {
        return installation.sandbox().journal().count();
    }

    @Test
    void after_a_block_no_further_request_is_made() {
        installation.sandbox().faults().from(3, Fault.BLOCKED, Scope.ANY);
        assertThat(catchThrowable(installation::full)).isInstanceOf(AmocrmException.Blocked.class);
        int atTheBlock = requests();
        for (int run = 0; run < 3; run++) {
            assertThat(catchThrowable(installation::full)).isInstanceOf(CallNotPermittedException.class);
        }
        assertThat(requests()).isEqualTo(atTheBlock).isEqualTo(3);
    }

    @Test
    void when_amocrm_stays_away_the_next_runs_leave_it_alone() {
        installation.sandbox().faults().always(Fault.HTML_502);
        assertThat(catchThrowable(installation::full)).isInstanceOf(AmocrmException.Transient.class);
        assertThat(catchThrowable(installation::full)).isInstanceOf(CallNotPermittedException.class);
        assertThat(requests()).isEqualTo(7);
    }

    @Test
    void one_request_after_the_pause_finds_amocrm_back() {
        installation.sandbox().faults().next(1, Fault.BLOCKED, Scope.ANY);
        assertThat(catchThrowable(installation::full)).isInstanceOf(AmocrmException.Blocked.class);
        breaker().transitionToHalfOpenState();
        installation.full();
        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(installation.account().leads()).hasSize(1);
    }
}
