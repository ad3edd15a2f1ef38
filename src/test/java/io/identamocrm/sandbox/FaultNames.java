package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Faults.Fault;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Faults as they are named on a command line: {@code slow,html-502:2}. */
final class FaultNames {

    private FaultNames() {}

    static void inject(String names, Faults faults) {
        for (String name : names.split(",")) {
            String[] parts = name.strip().split(":", 2);
            Fault fault = Arrays.stream(Fault.values())
                    .filter(known -> known.key().equals(parts[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no fault \"" + parts[0]
                            + "\". Known faults: "
                            + Arrays.stream(Fault.values()).map(Fault::key).collect(Collectors.joining(", "))));
            if (parts.length == 2 && !parts[1].matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException(
                        "\"" + name.strip() + "\": after the colon comes a number, 2 for every second call");
            }
            int number = parts.length == 2 ? Integer.parseInt(parts[1]) : fault.every();
            if (fault == Fault.BLOCKED) {
                faults.from(number, fault, fault.scope());
            } else {
                faults.every(number, fault, fault.scope());
            }
        }
    }
}
