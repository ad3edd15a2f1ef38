package io.identamocrm.sandbox;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;

/** The clients' connections, which the server may close while nothing is asked on them. */
final class Connections {

    private enum State {
        BUSY,
        IDLE,
        TO_BE_CLOSED
    }

    private final Map<EndPoint, State> all = new IdentityHashMap<>();

    /** A request is being answered. */
    synchronized Wire begin() {
        Wire wire = Wire.current();
        all.keySet().removeIf(endPoint -> !endPoint.isOpen());
        all.put(wire.endPoint(), State.BUSY);
        return wire;
    }

    /** Its answer has gone out. */
    synchronized void end() {
        EndPoint endPoint = Wire.current().endPoint();
        if (all.put(endPoint, State.IDLE) == State.TO_BE_CLOSED) {
            close(endPoint);
        }
    }

    /** Closes every connection, at once or as soon as what is being asked on it is answered. */
    synchronized void closeIdle() {
        for (EndPoint endPoint : new HashSet<>(all.keySet())) {
            if (all.get(endPoint) == State.IDLE) {
                close(endPoint);
            } else {
                all.put(endPoint, State.TO_BE_CLOSED);
            }
        }
    }

    private void close(EndPoint endPoint) {
        all.remove(endPoint);
        endPoint.close();
    }
}
