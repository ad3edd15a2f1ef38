package io.identamocrm.amocrm;

import java.io.IOException;
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
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

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
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(new ByteArrayEntity(EntityUtils.toByteArray(entity), ContentType.parseLenient(entity.getContentType())));
            }
            return response;
        } catch (IOException | RuntimeException e) {
            // What a cancelled request breaks with depends on how far it was; some of it looks like a fault of ours.
            if (ended.isCompletedExceptionally()) {
                throw (IOException) new SocketTimeoutException("The whole answer did not come in time").initCause(e);
            }
            throw e;
        } finally {
            ended.complete(null);
        }
    }
}
