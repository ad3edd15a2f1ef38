package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a sandbox as any client would. Bodies may be written with single quotes, paths with bare brackets. */
final class HttpCaller {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AmoSandbox sandbox;
    private String token = AmoSandbox.TOKEN;

    HttpCaller(AmoSandbox sandbox) {
        this.sandbox = sandbox;
    }

    HttpCaller withToken(String other) {
        HttpCaller caller = new HttpCaller(sandbox);
        caller.token = other;
        return caller;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask("GET", path, null);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return ask("POST", path, body);
    }

    HttpResponse<String> patch(String path, String body) throws IOException, InterruptedException {
        return ask("PATCH", path, body);
    }

    HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(request(method, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(
                        URI.create(sandbox.baseUrl() + path.replace("[", "%5B").replace("]", "%5D")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return MAPPER.readTree(answer.body());
    }

    /** The refresh or code request of the sandbox's OAuth integration. */
    HttpResponse<String> tokens(String grant, String member, String value) throws IOException, InterruptedException {
        return post(
                "/oauth2/access_token",
                "{'client_id':'" + TokenDesk.CLIENT_ID + "','client_secret':'" + TokenDesk.CLIENT_SECRET
                        + "','redirect_uri':'" + TokenDesk.REDIRECT_URI + "','grant_type':'" + grant + "','" + member
                        + "':'" + value + "'}");
    }

    HttpResponse<String> refresh(String refreshToken) throws IOException, InterruptedException {
        return tokens("refresh_token", "refresh_token", refreshToken);
    }
}
