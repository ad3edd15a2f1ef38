package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.WON;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PlainForm;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code routes/decide.camel.yaml}: which steps a case passes, in which order, and what becomes of it when one of them throws. */
class DecideRouteTest {

    private static final List<String> BEFORE_THE_DEAL =
            List.of("factsCheck", "branchFilter", "statusRule", "movedVisit", "funnelRule", "dealByReceptionId");
    private static final List<String> AFTER_THE_DEAL = List.of(
            "heldBack",
            "contactChoice",
            "stageRule",
            "dealDifference",
            "contactDifference",
            "receptionOutcome",
            "followUpRule");
    private static final List<String> OF_A_PATIENT = List.of("contactChoice", "contactDifference", "patientOutcome");

    private final List<String> passed = new ArrayList<>();
    private String broken;
    private DefaultCamelContext camel;

    @AfterEach
    void stop() throws Exception {
        if (camel != null) {
            camel.close();
        }
    }

    /** The file's routes, telling which beans a case passes; the one named in {@link #broken} throws. */
    private ProducerTemplate start(DefaultCamelContext loaded) {
        camel = loaded;
        camel.getCamelContextExtension().addInterceptStrategy(new InterceptStrategy() {
            @Override
            public Processor wrapProcessorInInterceptors(
                    CamelContext context, NamedNode step, Processor target, Processor next) {
                return !(step instanceof BeanDefinition bean)
                        ? target
                        : exchange -> {
                            passed.add(bean.getRef());
                            if (bean.getRef().equals(broken)) {
                                throw new IllegalStateException("Вымышленная Анна, " + PHONE);
                            }
                            target.process(exchange);
                        };
            }
        });
        camel.start();
        return camel.createProducerTemplate();
    }

    private static ReceptionCase open(PolicyBuilder policy, ReceptionBuilder reception, CrmSnapshot snapshot) {
        return DecideRoute.caseOf(
                policy.build(),
                new PlainForm(),
                PRINT,
                reception.build(),
                snapshot,
                Delivered.ofStatus(Status.SCHEDULED));
    }

    private static ReceptionCase open(ReceptionBuilder reception, CrmSnapshot snapshot) {
        return open(policy(), reception, snapshot);
    }

    private static PatientCase openPatient() {
        SyncPolicy policy = policy().build();
        return new PatientCase(
                patient(11).build(),
                null,
                PatientKeys.of(patient(11).build(), policy, new PlainForm(), PRINT),
                open(reception(7), amocrm()).basis());
    }

    /** The steps of a reception that passes these in {@code find-deal} beside the first. */
    private static List<String> with(String... lookups) {
        List<String> steps = new ArrayList<>(BEFORE_THE_DEAL);
        steps.addAll(List.of(lookups));
        steps.addAll(AFTER_THE_DEAL);
        return steps;
    }

    private List<String> stepsOf(SyncCase one) {
        DecideRoute.decide(start(DecideRoute.loaded()), one);
        return passed;
    }

    @Test
    void a_reception_with_its_own_deal_is_looked_up_by_nothing_else() {
        assertThat(stepsOf(open(reception(7), amocrm().with(deal(1).holding(7)))))
                .isEqualTo(with());
    }

    @Test
    void one_without_is_looked_up_by_number_and_if_that_finds_a_deal_not_by_phone() {
        assertThat(stepsOf(open(reception(7), amocrm().with(deal(1).ofNumber("N11")))))
                .isEqualTo(with("finishedBusiness", "offVisit", "dealByPatientNumber"));
    }

    @Test
    void one_without_deal_by_number_is_looked_up_by_phone() {
        assertThat(stepsOf(open(
                        reception(7),
                        amocrm().with(contact(50).withPhones(PHONE)).with(deal(1).linkedTo(50L)))))
                .isEqualTo(with("finishedBusiness", "offVisit", "dealByPatientNumber", "dealByPhone"));
    }

    @Test
    void one_whose_deal_is_finished_is_looked_up_no_further() {
        assertThat(stepsOf(open(reception(7), amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, WON)))))
                .isEqualTo(with("finishedBusiness", "offVisit"));
    }

    @Test
    void one_that_is_off_takes_no_free_deal() {
        assertThat(stepsOf(open(reception(7).cancelled(), amocrm().with(deal(1).ofNumber("N11")))))
                .isEqualTo(with("finishedBusiness", "offVisit"));
    }

    @Test
    void a_patient_has_three_steps() {
        assertThat(stepsOf(openPatient())).isEqualTo(OF_A_PATIENT);
    }

    static Set<String> stepsOfReceptions() {
        return new TreeSet<>(with("finishedBusiness", "offVisit", "dealByPatientNumber", "dealByPhone"));
    }

    @Test
    void these_are_all_steps_of_the_file() throws Exception {
        Set<String> all = new TreeSet<>(stepsOfReceptions());
        all.addAll(OF_A_PATIENT);
        all.add("brokenRule");
        assertThat(DecideRoute.beans()).isEqualTo(all);
    }

    @ParameterizedTest
    @MethodSource("stepsOfReceptions")
    void a_step_that_throws_fails_the_reception_and_tells_class_and_place_only(String step) {
        broken = step;
        SyncCase failed = DecideRoute.decide(start(DecideRoute.loaded()), open(reception(7), amocrm()));
        assertFailed(failed.decision());
        assertThat(failed.decision().patientId()).isEqualTo(11);
        assertThat(passed)
                .as("the steps left are passed, and pass it by")
                .containsOnlyOnce("brokenRule")
                .contains("receptionOutcome");
    }

    @ParameterizedTest
    @MethodSource("stepsOfPatients")
    void a_step_that_throws_fails_the_patient(String step) {
        broken = step;
        assertFailed(
                DecideRoute.decide(start(DecideRoute.loaded()), openPatient()).decision());
    }

    static List<String> stepsOfPatients() {
        return OF_A_PATIENT;
    }

    private static void assertFailed(Decision decision) {
        assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(decision.failure().code()).isEqualTo(FailureCode.INTERNAL);
        assertThat(decision.failure().detail())
                .startsWith("IllegalStateException at ")
                .contains("DecideRouteTest.java")
                .doesNotContain("Анна", PHONE);
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
        assertThat(decision.reasons()).isEmpty();
    }

    @Test
    void whoever_called_goes_on_after_a_broken_rule_and_so_do_the_others_of_a_split() throws Exception {
        broken = "offVisit";
        DefaultCamelContext loaded = DecideRoute.loaded();
        loaded.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller")
                        .errorHandler(noErrorHandler())
                        .split(body())
                        .stopOnException()
                        .to("direct:decide")
                        .to("mock:next")
                        .end()
                        .to("mock:after");
            }
        });
        List<ReceptionCase> cases = List.of(
                open(reception(1), amocrm().with(deal(1).holding(1))),
                open(reception(2), amocrm()),
                open(reception(3), amocrm().with(deal(3).holding(3))));
        start(loaded).requestBody("direct:caller", cases);
        MockEndpoint next = camel.getEndpoint("mock:next", MockEndpoint.class);
        assertThat(next.getExchanges())
                .extracting(exchange ->
                        exchange.getMessage().getBody(SyncCase.class).outcome())
                .containsExactly(Outcome.UPDATED, Outcome.FAILED, Outcome.UPDATED);
        assertThat(camel.getEndpoint("mock:after", MockEndpoint.class).getReceivedCounter())
                .isEqualTo(1);
    }

    @Test
    void a_step_of_ones_own_that_spoils_the_body_fails_the_reception_without_a_word_of_what_was_in_it()
            throws Exception {
        String own = "        - setBody:\n            expression:\n              simple:\n"
                + "                expression: \"${body.reception().patient().surname()}\"\n";
        String next = "        - bean:\n            ref: funnelRule\n";
        String file = DecideRoute.file();
        assertThat(file).containsOnlyOnce(next);
        SyncCase failed = DecideRoute.decide(
                start(DecideRoute.loaded(file.replace(next, own + next))), open(reception(7), amocrm()));
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.decision().failure().sentence()).doesNotContain("Вымышленная");
    }

    @Test
    void a_case_that_is_settled_passes_all_steps_by() {
        for (Outcome outcome : Outcome.values()) {
            SyncCase concluded = open(reception(7).cancelled(), amocrm().with(deal(1).holding(7)))
                    .leave(outcome, List.of(new Reason("own step", "concluded")));
            assertThat(DecideRoute.decide(concluded)).isSameAs(concluded);
        }
        SyncCase concluded = openPatient().skip("concluded");
        assertThat(DecideRoute.decide(concluded)).isSameAs(concluded);
    }

    @Test
    void a_step_of_ones_own_may_skip_an_open_case_late_and_nothing_is_written() {
        ReceptionCase one = new DealDifference().compare(new StageRule().place((ReceptionCase) new ContactChoice()
                .choose(new FunnelRule().choose(new StatusRule().derive(open(reception(7), amocrm()))))));
        assertThat(one.dealWrite()).isNotNull();
        Decision skipped = ((ReceptionCase) new ContactDifference().compare(one))
                .skip("we do not want it")
                .decision();
        assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(skipped.deal()).isNull();
        assertThat(skipped.contact()).isNull();
        assertThat(skipped.reasons()).last().hasToString("own step: we do not want it");
    }

    @Test
    void a_case_that_no_step_has_settled_is_no_decision() {
        assertThatThrownBy(open(reception(7), amocrm())::decision)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ReceptionCase[7, patient 11] came out of its route without an outcome");
    }

    @Test
    void what_a_case_shows_of_itself_grows_step_by_step() {
        ReceptionCase found = open(
                reception(7),
                amocrm().with(contact(50).ofPatient(11)).with(deal(1).holding(7).linkedTo(50L)));
        assertThat(found).hasToString("ReceptionCase[7, patient 11]");
        assertThat(DecideRoute.decide(found))
                .hasToString("ReceptionCase[7, patient 11, SCHEDULED, PRIMARY, deal 1, contact 50, updated]");
    }
}
