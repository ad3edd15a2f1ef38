package io.identamocrm.sandbox;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which requests a hook or a fault is meant for; to be joined by {@link Predicate#and}, {@link Predicate#or} and conditions in code. */
public final class Requests {

    private Requests() {}

    /** Every one. */
    public static Predicate<SandboxRequest> any() {
        return request -> true;
    }

    /** Those with this method and path; {@code {id}} in the path stands for any id. */
    public static Predicate<SandboxRequest> of(String method, String path) {
        return request ->
                method.equals(request.method()) && (path.equals(request.path()) || path.equals(request.shape()));
    }

    /** Those for this page of a list. */
    public static Predicate<SandboxRequest> page(int page, String path) {
        return of("GET", path).and(request -> request.page() == page);
    }

    /** Those that can change data. */
    public static Predicate<SandboxRequest> writes() {
        return request -> request.scope() == Faults.Scope.WRITES;
    }

    /** Those for any list. */
    public static Predicate<SandboxRequest> lists() {
        return SandboxRequest::isList;
    }

    /** The n-th, from 1, of those that fit and come from now on. */
    public static Predicate<SandboxRequest> nth(int n, Predicate<SandboxRequest> which) {
        AtomicInteger seen = new AtomicInteger();
        return request -> which.test(request) && seen.incrementAndGet() == n;
    }

    /** The first n of those that fit and come from now on. */
    public static Predicate<SandboxRequest> first(int n, Predicate<SandboxRequest> which) {
        AtomicInteger seen = new AtomicInteger();
        return request -> which.test(request) && seen.incrementAndGet() <= n;
    }

    /** The n-th, from 1, of those with this method and path that come from now on. */
    public static Predicate<SandboxRequest> nth(int n, String method, String path) {
        return nth(n, of(method, path));
    }
}
