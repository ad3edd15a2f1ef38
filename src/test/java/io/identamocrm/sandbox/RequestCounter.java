package io.identamocrm.sandbox;

import java.util.HashMap;
import java.util.Map;

/** Numbers requests in the order of their arrival, all together and by method and path. */
final class RequestCounter {

    private final Map<String, Integer> ofKind = new HashMap<>();
    private int all;

    synchronized SandboxRequest number(SandboxRequest unnumbered) {
        return new SandboxRequest(
                ++all,
                ofKind.merge(unnumbered.method() + " " + unnumbered.shape(), 1, Integer::sum),
                unnumbered.kind(),
                unnumbered.method(),
                unnumbered.path(),
                unnumbered.query(),
                unnumbered.page(),
                unnumbered.body(),
                unnumbered.keptAlive(),
                0);
    }
}
