package io.identamocrm.amocrm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Ends a request that takes too long, from the wait for a connection to the last byte of the answer: once it is over, nothing of it is on
 * its way from here. The client's own time-outs measure silence, and an answer that comes byte by byte is never silent.
 */
public final class RequestDeadline implements HttpClientConfigurer {

    private final Duration length;

    /** The deadline of every request. */
    public RequestDeadline(Duration length) {
        this.length = length;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("request-deadline", this::execute);
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        ended.orTimeout(length.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            ((Cancellable) scope.originalRequest).cancel();
            return null;
        });
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            // The client has unpacked the body; told of a packed one, Camel would do so once more.
            response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
            if (response.getEntity() == null) {
                ended.complete(null);
            } else {
                response.setEntity(new TimedEntity(response.getEntity(), ended));
            }
            return response;
        } catch (IOException | RuntimeException e) {
            requireInTime(ended, e);
            throw e;
        }
    }

    /** What a cancelled request breaks with depends on how far it was; some of it looks like a fault of ours. */
    private static void requireInTime(CompletableFuture<Void> ended, Exception broken) throws SocketTimeoutException {
        if (!ended.complete(null)) {
            SocketTimeoutException late = new SocketTimeoutException("The whole answer did not come in time");
            late.initCause(broken);
            throw late;
        }
    }

    /** A body that still may come too late: the request ends with its last byte. */
    private static final class TimedEntity extends HttpEntityWrapper {

        private final CompletableFuture<Void> ended;

        TimedEntity(HttpEntity entity, CompletableFuture<Void> ended) {
            super(entity);
            this.ended = ended;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new TimedStream(super.getContent(), ended);
        }

        @Override
        public void writeTo(OutputStream to) throws IOException {
            try (InputStream content = getContent()) {
                content.transferTo(to);
            }
        }
    }

    private static final class TimedStream extends FilterInputStream {

        private final CompletableFuture<Void> ended;

        TimedStream(InputStream content, CompletableFuture<Void> ended) {
            super(content);
            this.ended = ended;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                if (count < 0) {
                    ended.complete(null);
                }
                return count;
            } catch (IOException | RuntimeException e) {
                requireInTime(ended, e);
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            ended.complete(null);
            super.close();
        }
    }
}
