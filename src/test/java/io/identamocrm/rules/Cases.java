package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRIMARY_STAGE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.WON;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;

import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.DealBuilder;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Patient;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Generated clinics, small enough that everything meets everything: four receptions of two patients who may share numbers and phones,
 * a handful of deals and contacts in every state.
 */
public final class Cases extends DomainContextBase {

    private static final List<Long> STAGES_BY_HAND = List.of(118L, 119L);
    private static final String OUR_NAME = "Прежнее Имя";
    private static final List<String> PHONES = List.of("+79123456789", "+79130001122");
    private static final List<String> PHONE_TEXTS =
            List.of("8 (912) 345-67-89", "8 913 000 11 22, 8 912 345 67 89", "нет");

    /** A case to decide. The policy never sends a finished deal's reception to a new deal that is finished from its first day. */
    record Case(SyncPolicy policy, Reception reception, CrmSnapshotOfLists snapshot, Delivered last, OwnContact own) {

        /** The same in which nothing is remembered that Redis alone can know. */
        Case withoutMemory() {
            return new Case(
                    policy,
                    reception,
                    snapshot,
                    last == null
                            ? null
                            : new Delivered(
                                    0,
                                    last.status(),
                                    last.pipeline(),
                                    last.stage(),
                                    last.stageIn(),
                                    last.withheld(),
                                    null,
                                    null,
                                    false,
                                    null),
                    null);
        }

        @Override
        public String toString() {
            return policy + "\n" + reception + " " + reception.patient().phones() + ", moved from "
                    + reception.transferredFrom()
                    + ", cancelled " + reception.cancelled() + ", ended " + reception.endedAt() + ", completed "
                    + reception.completedBefore() + "\n" + snapshot + "\nremembered " + last + ", " + own;
        }
    }

    /** A case with hundreds of candidates for each key. */
    record Crowd(Case one) {}

    /** Several receptions of one run, each with another id. */
    record Run(SyncPolicy policy, List<Reception> receptions, CrmSnapshotOfLists snapshot) {}

    @Provide
    Arbitrary<Case> aCase() {
        return Combinators.combine(
                        policies(),
                        receptions(patients(Arbitraries.of(11L, 12L))),
                        snapshots(),
                        delivered().injectNull(0.4),
                        own().injectNull(0.4))
                .as(Case::new);
    }

    private static Arbitrary<Delivered> delivered() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 5),
                        Arbitraries.of(Status.class),
                        Arbitraries.of(PRIMARY_PIPELINE, SECONDARY_PIPELINE).injectNull(0.3),
                        stagesPut(),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(51, 53).injectNull(0.5),
                        Arbitraries.of(reception(1).build().planStart(), NOW)
                                .map(start -> PRINT.of(start.toString()))
                                .injectNull(0.3),
                        Arbitraries.of(false, false, true))
                .as((deal, status, pipeline, put, withheld, contact, plan, gone) -> new Delivered(
                        deal, status, pipeline, put.stage(), put.in(), withheld, contact, plan, gone, null));
    }

    private record Put(Long stage, Long in) {}

    private static Arbitrary<Put> stagesPut() {
        return Combinators.combine(
                        Arbitraries.of(PRIMARY_STAGE, SECONDARY_STAGE, 118L).injectNull(0.5),
                        Arbitraries.of(PRIMARY_PIPELINE, SECONDARY_PIPELINE).injectNull(0.6))
                .as((stage, in) -> new Put(stage, stage == null ? null : in));
    }

    private static Arbitrary<OwnContact> own() {
        return Combinators.combine(
                        Arbitraries.longs().between(51, 53),
                        Arbitraries.of(PRINT.of(OUR_NAME), PRINT.of("Другое")).injectNull(0.3),
                        Arbitraries.of(false, false, true))
                .as(OwnContact::new);
    }

    @Provide
    Arbitrary<Run> aRun() {
        Arbitrary<List<Reception>> receptions = Combinators.combine(
                        patients(Arbitraries.just(11L)), patients(Arbitraries.just(12L)))
                .flatAs((one, other) -> receptions(Arbitraries.of(one, other))
                        .list()
                        .ofMinSize(2)
                        .ofMaxSize(4)
                        .uniqueElements(Reception::id));
        return Combinators.combine(policies(), receptions, snapshots()).as(Run::new);
    }

    private static Arbitrary<SyncPolicy> policies() {
        Arbitrary<Map<Tuple.Tuple2<Funnel, Status>, Integer>> stages = Arbitraries.maps(
                        Combinators.combine(Arbitraries.of(Funnel.class), Arbitraries.of(Status.class))
                                .as(Tuple::of),
                        Arbitraries.integers().between(0, 3))
                .ofMaxSize(4);
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(
                        stages, flag, flag, flag, flag, flag, flag, Arbitraries.of(List.of(), STAGES_BY_HAND))
                .as((byStatus, own, move, recreate, attach, firstStages, createOnly, guarded) -> {
                    PolicyBuilder policy = policy().countOwnVisit(own)
                            .movePipelines(move)
                            .recreateClosed(recreate)
                            .attachSharedPhone(attach)
                            .protectedStages(guarded.toArray(Long[]::new));
                    byStatus.forEach(
                            (key, stage) -> policy.stage(key.get1(), key.get2(), stage(key.get1(), stage, recreate)));
                    if (firstStages) {
                        policy.target(Funnel.PRIMARY, PRIMARY_PIPELINE, null)
                                .target(Funnel.SECONDARY, SECONDARY_PIPELINE, null);
                    }
                    return (createOnly ? policy.createOnly(DealField.DOCTOR_NAME, ContactField.COMMENT) : policy)
                            .build();
                });
    }

    private static long stage(Funnel funnel, int choice, boolean recreate) {
        long first = funnel == Funnel.PRIMARY ? PRIMARY_STAGE : SECONDARY_STAGE;
        return choice == 3 && !recreate ? WON : first + choice;
    }

    private static Arbitrary<Patient> patients(Arbitrary<Long> ids) {
        return Combinators.combine(
                        ids,
                        Arbitraries.of("N1", "N2", " ").injectNull(0.2),
                        Arbitraries.of(PHONE_TEXTS).injectNull(0.2),
                        Arbitraries.of("боится уколов", "").injectNull(0.2))
                .as((id, number, phones, comment) -> patient(id)
                        .number(number)
                        .phones(phones)
                        .comment(comment)
                        .build());
    }

    private static Arbitrary<Reception> receptions(Arbitrary<Patient> patients) {
        return receptions(Arbitraries.longs().between(1, 4), patients);
    }

    private static Arbitrary<Reception> receptions(Arbitrary<Long> ids, Arbitrary<Patient> patients) {
        return Combinators.combine(
                        ids,
                        patients,
                        Arbitraries.of(Status.class),
                        Arbitraries.longs().between(1, 5).injectNull(0.6),
                        Arbitraries.of(true, false),
                        Arbitraries.of("0.00", "1500", "1500.50").injectNull(0.3))
                .as((id, patient, status, from, completed, cost) -> reception(id)
                        .of(patient)
                        .completedBefore(completed)
                        .with(status)
                        .movedFrom(id.equals(from) ? null : from)
                        .cost(cost)
                        .build());
    }

    /** One technical patient with hundreds of deals, one phone in hundreds of contacts. */
    @Provide
    Arbitrary<Crowd> aCrowd() {
        return Combinators.combine(
                        policies(),
                        receptions(Arbitraries.longs().between(4, 6), patients(Arbitraries.of(11L, 12L))),
                        snapshots(
                                deals(Arbitraries.longs().between(1, 3_000))
                                        .list()
                                        .ofMinSize(300)
                                        .ofMaxSize(600),
                                contacts(Arbitraries.longs().between(5_001, 7_000))
                                        .list()
                                        .ofMinSize(200)
                                        .ofMaxSize(400)),
                        delivered().injectNull(0.4),
                        own().injectNull(0.4))
                .as(Case::new)
                .map(Crowd::new);
    }

    private static Arbitrary<CrmSnapshotOfLists> snapshots() {
        return snapshots(
                deals(Arbitraries.longs().between(1, 5)).list().ofMaxSize(5),
                contacts(Arbitraries.longs().between(51, 53)).list().ofMaxSize(3));
    }

    private static Arbitrary<CrmSnapshotOfLists> snapshots(
            Arbitrary<List<DealBuilder>> someDeals, Arbitrary<List<ContactBuilder>> someContacts) {
        return Combinators.combine(
                        someDeals,
                        someContacts,
                        Arbitraries.maps(
                                        Arbitraries.longs().between(1, 5),
                                        Arbitraries.longs().between(1, 5))
                                .ofMaxSize(1))
                .as((deals, contacts, claims) -> {
                    CrmSnapshotOfLists snapshot = new CrmSnapshotOfLists()
                            .with(deals.toArray(DealBuilder[]::new))
                            .with(contacts.toArray(ContactBuilder[]::new));
                    // Who claims a deal has also written itself into it, or is about to: the deal never holds a third
                    // reception.
                    snapshot.deals().forEach(deal -> {
                        Long claimant = claims.get(deal.id());
                        if (claimant != null && (deal.isFree() || claimant.equals(deal.receptionId()))) {
                            snapshot.claimed(deal.id(), claimant);
                        }
                    });
                    return snapshot;
                });
    }

    private static Arbitrary<DealBuilder> deals(Arbitrary<Long> ids) {
        Arbitrary<List<Long>> places = Arbitraries.of(
                List.of(PRIMARY_PIPELINE, PRIMARY_STAGE),
                List.of(PRIMARY_PIPELINE, 118L),
                List.of(SECONDARY_PIPELINE, SECONDARY_STAGE),
                List.of(SECONDARY_PIPELINE, 203L),
                List.of(PRIMARY_PIPELINE, WON),
                List.of(SECONDARY_PIPELINE, LOST),
                List.of(FOREIGN_PIPELINE, FOREIGN_STAGE));
        // Reception 0 stands for an empty field, -1 for one that cannot be read.
        return Combinators.combine(
                        ids,
                        places,
                        Arbitraries.of(0L, 0L, 0L, -1L, 1L, 2L, 3L, 4L),
                        Arbitraries.of("N1", "N2").injectNull(0.4),
                        Arbitraries.longs().between(51, 53).injectNull(0.4),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.of("1500", "0").injectNull(0.5))
                .as((id, place, held, number, contact, updated, cost) -> {
                    DealBuilder deal = deal(id).in(place.get(0), place.get(1))
                            .ofNumber(number)
                            .updatedAt(updated);
                    if (held != 0) {
                        deal = held < 0 ? deal.holdingUnreadableRow() : deal.holding(held);
                    }
                    deal = cost == null ? deal : deal.holding(DealField.RECEPTION_COST, cost);
                    return contact == null ? deal : deal.linkedTo(contact);
                });
    }

    private static Arbitrary<ContactBuilder> contacts(Arbitrary<Long> ids) {
        Arbitrary<Set<String>> phones = Arbitraries.of(PHONES).set().ofMaxSize(2);
        // Patient 0 stands for an empty field, -1 for one that cannot be read.
        return Combinators.combine(
                        ids,
                        Arbitraries.of(0L, 0L, -1L, 11L, 12L, 13L),
                        phones,
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.of(true, false))
                .as((id, patient, carried, updated, ours) -> {
                    ContactBuilder contact = contact(id)
                            .withPhones(carried.toArray(String[]::new))
                            .updatedAt(updated);
                    contact = ours ? contact.named(OUR_NAME) : contact;
                    return patient == 0
                            ? contact
                            : patient < 0 ? contact.ofUnreadablePatient() : contact.ofPatient(patient);
                });
    }
}
