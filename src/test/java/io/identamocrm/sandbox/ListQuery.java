package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Faults.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a list request asks for: which rows, in which order, which page (amoCRM facts, sections 4.1 and 4.2). */
final class ListQuery {

    private static final Pattern FIELD_FILTER =
            Pattern.compile("filter\\[custom_fields_values]\\[(\\d+)](\\[(\\d*|from|to)])?");
    private static final Pattern STAGE_FILTER =
            Pattern.compile("filter\\[statuses]\\[(\\d+)]\\[(pipeline_id|status_id)]");

    private static final int USUAL_LIMIT = 50;

    private final AccountContent account;
    private final boolean leads;
    private final QueryParameters query;
    private final Call call;
    private final boolean filtered;
    private final long hiddenSince;

    /**
     * A list request.
     *
     * @param lagSeconds what was written in these last seconds is hidden from lists, or from searches, that lag
     */
    ListQuery(AccountContent account, boolean leads, Call call, long lagSeconds) {
        this.account = account;
        this.leads = leads;
        this.call = call;
        this.query = call.query();
        this.filtered = !call.suffers(Fault.FILTERS_IGNORED);
        this.hiddenSince = account.now() - lagSeconds;
    }

    int page() {
        return query.number("page", 1);
    }

    int limit() {
        return call.suffers(Fault.LIMIT_IGNORED) ? USUAL_LIMIT : query.number("limit", USUAL_LIMIT);
    }

    /** True if pages stay the same while rows are changed. */
    boolean isOrderedById() {
        return query.first("order[id]") != null;
    }

    /** So many of the rows that fit, in order. */
    List<Entity> rows(long skip, int most) {
        Set<String> ids = filtered ? query.values("filter[id]") : Set.of();
        Collection<Entity> candidates = ids.isEmpty() ? ordered() : named(ids);
        List<Predicate<Entity>> conditions = conditions();
        if (conditions.isEmpty() && candidates instanceof List<Entity> list) {
            return list.subList((int) Math.min(skip, list.size()), (int) Math.min(skip + most, list.size()));
        }
        Predicate<Entity> fits = conditions.stream().reduce(entity -> true, Predicate::and);
        return candidates.stream().filter(fits).skip(skip).limit(most).toList();
    }

    private Collection<Entity> ordered() {
        String byChange = query.first("order[updated_at]");
        if (call.suffers(Fault.ORDER_IGNORED)) {
            // Whatever was not asked for.
            return byChange == null
                    ? account.all(leads).byChange(true)
                    : account.all(leads).ascending();
        }
        if (byChange != null) {
            return account.all(leads).byChange("desc".equals(byChange));
        }
        // Ids rise with the time of creation.
        boolean descending = "desc".equals(query.first("order[id]")) || "desc".equals(query.first("order[created_at]"));
        return descending ? account.all(leads).descending() : account.all(leads).ascending();
    }

    /** Looked up instead of searched for: among 100,000 rows that makes the difference. */
    private Collection<Entity> named(Set<String> ids) {
        List<Entity> found = new ArrayList<>();
        new TreeSet<>(ids.stream()
                        .filter(id -> id.matches("\\d{1,18}"))
                        .map(Long::valueOf)
                        .toList())
                .forEach(id -> found.add(account.find(leads, id, call)));
        found.removeIf(Objects::isNull);
        return found;
    }

    private List<Predicate<Entity>> conditions() {
        List<Predicate<Entity>> conditions = new ArrayList<>();
        String text = query.first("query");
        if (text != null && !text.isBlank()) {
            conditions.add(contains(text.strip()));
        }
        if (filtered) {
            addFilters(conditions);
        }
        if (call.suffers(Fault.LIST_LAG) || call.suffers(Fault.SEARCH_LAG) && !conditions.isEmpty()) {
            conditions.add(entity -> entity.updatedAt <= hiddenSince);
        }
        return conditions;
    }

    private void addFilters(List<Predicate<Entity>> conditions) {
        addChoice(conditions, "name", entity -> entity.name);
        addChoice(conditions, "pipeline_id", entity -> Long.toString(entity.pipelineId));
        addChoice(conditions, "responsible_user_id", entity -> Long.toString(entity.responsibleUserId));
        addChoice(conditions, "created_by", entity -> Long.toString(entity.createdBy));
        addRange(conditions, "price", entity -> entity.price);
        addRange(conditions, "created_at", entity -> entity.createdAt);
        addRange(conditions, "updated_at", entity -> entity.updatedAt);
        addRange(conditions, "closed_at", entity -> entity.closedAt);
        addStages(conditions);
        addFields(conditions);
    }

    private void addChoice(List<Predicate<Entity>> conditions, String member, Function<Entity, String> held) {
        Set<String> wanted = query.values("filter[" + member + "]");
        if (!wanted.isEmpty()) {
            conditions.add(entity -> wanted.contains(held.apply(entity)));
        }
    }

    private void addRange(List<Predicate<Entity>> conditions, String member, Function<Entity, Long> held) {
        OptionalLong from = query.bound("filter[" + member + "][from]");
        OptionalLong to = query.bound("filter[" + member + "][to]");
        if (from.isPresent() || to.isPresent()) {
            conditions.add(entity -> held.apply(entity) != null
                    && held.apply(entity) >= from.orElse(Long.MIN_VALUE)
                    && held.apply(entity) <= to.orElse(Long.MAX_VALUE));
        }
    }

    private void addStages(List<Predicate<Entity>> conditions) {
        Map<String, Map<String, String>> wanted = new HashMap<>();
        query.all().forEach(parameter -> {
            Matcher key = STAGE_FILTER.matcher(parameter.getKey());
            if (key.matches()) {
                wanted.computeIfAbsent(key.group(1), unseen -> new HashMap<>()).put(key.group(2), parameter.getValue());
            }
        });
        if (!wanted.isEmpty()) {
            conditions.add(entity -> wanted.values().stream()
                    .anyMatch(place -> Long.toString(entity.pipelineId).equals(place.get("pipeline_id"))
                            && Long.toString(entity.stageId).equals(place.get("status_id"))));
        }
    }

    /** A key that is no number of a field, such as PHONE, is no filter. */
    private void addFields(List<Predicate<Entity>> conditions) {
        query.all().stream()
                .map(parameter -> FIELD_FILTER.matcher(parameter.getKey()))
                .filter(Matcher::matches)
                .map(key -> Long.valueOf(key.group(1)))
                .distinct()
                .forEach(field -> {
                    String name = "custom_fields_values][" + field;
                    Set<String> wanted = query.values("filter[" + name + "]");
                    if (!wanted.isEmpty()) {
                        conditions.add(entity -> holdsOneOf(wanted, entity.fields.getOrDefault(field, List.of())));
                    }
                    addRange(conditions, name, entity -> wholeNumber(entity.fields.get(field)));
                });
    }

    private static boolean holdsOneOf(Set<String> wanted, List<FieldValue> values) {
        for (FieldValue held : values) {
            if (wanted.contains(held.text())
                    || held.option() != null
                            && wanted.contains(Long.toString(held.option().id()))) {
                return true;
            }
        }
        return false;
    }

    private static Long wholeNumber(List<FieldValue> values) {
        return values != null && values.get(0).text().matches("-?\\d{1,15}(\\.\\d+)?")
                ? Long.valueOf(values.get(0).text().replaceAll("\\..*", ""))
                : null;
    }

    /** Anywhere in the name or in a field; digits are also looked for among a value's digits, whatever stands between. */
    private static Predicate<Entity> contains(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String digits = text.matches("[-+() \\d]+") ? digits(text) : "";
        return entity -> {
            if (entity.name.toLowerCase(Locale.ROOT).contains(lower)) {
                return true;
            }
            for (List<FieldValue> values : entity.fields.values()) {
                for (FieldValue value : values) {
                    String held = value.text();
                    if (held.toLowerCase(Locale.ROOT).contains(lower)
                            || !digits.isEmpty() && digits(held).contains(digits)) {
                        return true;
                    }
                }
            }
            return false;
        };
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.chars().filter(Character::isDigit).forEach(digit -> digits.append((char) digit));
        return digits.toString();
    }
}
