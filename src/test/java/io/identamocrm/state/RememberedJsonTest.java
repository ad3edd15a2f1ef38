package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Delivered;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.FollowUp.Event;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is remembered comes back as it was, zero and false too. */
class RememberedJsonTest {

    private static final Arbitrary<Long> NUMBERS = Arbitraries.of(0L, 1L, -1L, 100L, Long.MAX_VALUE);

    @Property
    void a_delivery_comes_back_as_it_was_remembered(@ForAll("deliveries") Delivered delivered) {
        assertThat(RememberedJson.read(RememberedJson.write(delivered), Delivered.class))
                .isEqualTo(delivered);
    }

    @Property
    void a_contact_comes_back_as_it_was_remembered(@ForAll("contacts") OwnContact contact) {
        assertThat(RememberedJson.read(RememberedJson.write(contact), OwnContact.class))
                .isEqualTo(contact);
    }

    @Example
    void what_says_nothing_takes_no_room() {
        assertThat(RememberedJson.write(Delivered.ofStatus(Status.ARRIVED))).isEqualTo("{\"s\":\"ARRIVED\"}");
        assertThat(RememberedJson.write(new OwnContact(0, null, false))).isEqualTo("{}");
    }

    @Provide
    Arbitrary<Delivered> deliveries() {
        Arbitrary<Long> ids = NUMBERS.injectNull(0.3);
        return Combinators.combine(
                        NUMBERS,
                        Arbitraries.of(Status.class),
                        ids.array(Long[].class).ofSize(5),
                        Arbitraries.of(true, false),
                        Arbitraries.strings().ofMaxLength(5).injectNull(0.3),
                        Arbitraries.of(true, false))
                .as((deal, status, some, withheld, plan, gone) -> new Delivered(
                                deal, status, some[0], some[1], some[2], withheld, some[3], plan, gone, some[4])
                        .telling(
                                withheld
                                        ? List.of()
                                        : List.of(new FollowUp(
                                                deal, Event.MOVED, Kind.TASK, "#" + plan, some[1], deal))));
    }

    @Provide
    Arbitrary<OwnContact> contacts() {
        return Combinators.combine(
                        NUMBERS,
                        Arbitraries.strings().ofMaxLength(5).injectNull(0.3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Set.<String>of(), Set.of("#a"), Set.of("#a", "")))
                .as(OwnContact::new);
    }
}
