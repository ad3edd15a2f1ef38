package io.identamocrm.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.zip.CRC32;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The page and its files: a fixed list, read once from the class path, libraries from their WebJars. */
public final class ConsolePage {

    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final String PAGE = "index.html";

    private final Map<String, StaticFile> files = new LinkedHashMap<>();

    /**
     * A file of the page.
     *
     * @param type  its media type
     * @param bytes its content
     * @param tag   what a browser names to learn whether it is still the same
     */
    record StaticFile(String type, byte[] bytes, String tag) {}

    /** Reads them. */
    public ConsolePage() {
        add(PAGE, "text/html", "console/index.html");
        add("console.css", "text/css", "console/console.css");
        add("console.js", "text/javascript", "console/console.js");
        add("words.js", "text/javascript", "console/words.js");
        add("icon.svg", "image/svg+xml", "console/icon.svg");
        add("pico.css", "text/css", webJar("picocss__pico", "css/pico.classless.min.css"));
        add("preact.js", "text/javascript", webJar("preact", "dist/preact.umd.js"));
    }

    private void add(String name, String type, String resource) {
        byte[] bytes = bytes(resource);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        files.put(name, new StaticFile(type + "; charset=utf-8", bytes, '"' + Long.toHexString(sum.getValue()) + '"'));
    }

    /** WebJars have their version in the path; it stands in what Maven leaves in each. */
    private static String webJar(String name, String file) {
        Properties maven = new Properties();
        try {
            maven.load(new StringReader(new String(
                    bytes("META-INF/maven/org.webjars.npm/" + name + "/pom.properties"), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WEBJARS + name + "/" + maven.getProperty("version") + "/" + file;
    }

    private static byte[] bytes(String resource) {
        try (InputStream file = ConsolePage.class.getClassLoader().getResourceAsStream(resource)) {
            return Objects.requireNonNull(file, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A file of the page.
     *
     * @param name null for the page itself
     * @throws RequestException if there is none of this name
     */
    StaticFile named(@Nullable String name) {
        StaticFile file = files.get(name == null ? PAGE : name);
        if (file == null) {
            throw RequestException.unknown(ConsoleText.NO_FILE);
        }
        return file;
    }

    /**
     * A file of the page, with its headers.
     *
     * @param name null for the page itself
     */
    public byte[] file(@Header("file") String name, @Header("If-None-Match") String known, Exchange exchange) {
        StaticFile file = named(name);
        Message answer = exchange.getMessage();
        answer.setHeader("ETag", file.tag());
        answer.setHeader("Cache-Control", "no-cache");
        answer.setHeader(Exchange.CONTENT_TYPE, file.type());
        boolean same = file.tag().equals(known);
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, same ? 304 : 200);
        return same ? new byte[0] : file.bytes();
    }
}
