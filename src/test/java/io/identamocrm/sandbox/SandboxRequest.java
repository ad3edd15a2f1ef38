package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.Journal.Kind;

/**
 * A request as hooks and plans of faults see it.
 *
 * @param number    how many requests there have been, with this one
 * @param ofKind    how many of them had this method and path, ids left out
 * @param kind      what it is about
 * @param method    HTTP method
 * @param path      without query
 * @param query     decoded, or null
 * @param page      page of a list asked for, else 1
 * @param body      as sent, empty without one; holds people's data, therefore left out of {@link #toString}
 * @param keptAlive true if its connection carried another request before
 * @param status    HTTP status of the answer; 0 before it is known, and if the connection is closed instead
 */
public record SandboxRequest(
        int number,
        int ofKind,
        Kind kind,
        String method,
        String path,
        String query,
        int page,
        String body,
        boolean keptAlive,
        int status) {

    /** The path with {@code {id}} for every id in it. */
    public String shape() {
        return shape(path);
    }

    static String shape(String path) {
        return path.replaceAll("/\\d+(?=/|$)", "/{id}");
    }

    /** True if it asks for a list, of whatever. */
    public boolean isList() {
        return "GET".equals(method)
                && kind != Kind.READ
                && kind != Kind.ACCOUNT
                && kind != Kind.UNKNOWN
                && !shape().endsWith("{id}");
    }

    Scope scope() {
        return kind == Kind.TOKENS ? Scope.TOKENS : "GET".equals(method) ? Scope.READS : Scope.WRITES;
    }

    SandboxRequest answered(int byStatus) {
        return new SandboxRequest(number, ofKind, kind, method, path, query, page, body, keptAlive, byStatus);
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + number + ")";
    }
}
