package io.identamocrm.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.util.FutureCallback;

/** The TCP connection of the request that the current thread answers: what WireMock's own faults cannot do. */
final class Wire {

    private final EndPoint endPoint;
    private final boolean keptAlive;

    private Wire(HttpConnection connection) {
        endPoint = connection.getEndPoint();
        keptAlive = connection.getHttpChannel().getRequests() > 1;
    }

    static Wire current() {
        return new Wire(HttpConnection.getCurrentConnection());
    }

    EndPoint endPoint() {
        return endPoint;
    }

    /** True if another request came this way before. */
    boolean isKeptAlive() {
        return keptAlive;
    }

    /** Writes past the server, which knows nothing of it: the connection has to be closed afterwards. */
    void send(byte[] bytes, int from, int to) throws IOException {
        FutureCallback written = new FutureCallback();
        endPoint.write(written, ByteBuffer.wrap(bytes, from, to - from));
        written.block();
    }

    /** True if the client has closed its side. */
    boolean isHungUp() {
        try {
            return endPoint.fill(ByteBuffer.allocate(1).limit(0)) < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
