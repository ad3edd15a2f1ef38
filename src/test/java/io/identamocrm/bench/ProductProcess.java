package io.identamocrm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built product in a process of its own, with the options of the launcher, beside a bench that plays the clinic and amoCRM. */
final class ProductProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOOK_EVERY_MILLISECONDS = 50;
    private static final int LONGEST_STOP_SECONDS = 30;
    private static final Pattern HIGHEST_RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    /** What a full run logs once it knows what it looks at. */
    private static final Pattern BEGUN = Pattern.compile("Found \\d+ receptions to sync");

    private static final Pattern DONE = Pattern.compile("(\\d+) of \\d+ receptions done");
    private static final Pattern AFTER_ASKED_GC = Pattern.compile("Pause Full \\(Diagnostic Command\\) \\d+M->(\\d+)M");

    private final Path scratch;
    private final Process process;
    private final long startedAt = System.nanoTime();
    private long residentKilobytes;
    private Duration processorTime = Duration.ZERO;
    private Duration processorTimeOfStart;
    private double seconds;

    /**
     * Starts it.
     *
     * @param variables what leads it to the clinic and to amoCRM
     * @param arguments the command line
     */
    ProductProcess(Map<String, String> variables, String... arguments) throws IOException {
        scratch = Files.createTempDirectory("ident-amocrm-bench-");
        Path target = Path.of("target").toAbsolutePath();
        Path driver;
        try (Stream<Path> jars = Files.list(target.resolve("demo-lib"))) {
            driver = jars.filter(jar -> jar.getFileName().toString().startsWith("h2-"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> command = new ArrayList<>(List.of(
                javaTool("java"),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:SharedArchiveFile=" + target.resolve("ident-amocrm.jsa"),
                "-Xlog:cds=off",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xlog:gc:file=" + scratch.resolve("gc.log"),
                "-Dident-amocrm.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                target.resolve("ident-amocrm.jar") + System.getProperty("path.separator") + driver,
                "io.identamocrm.App"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectOutput(scratch.resolve("out").toFile())
                .redirectError(scratch.resolve("err").toFile());
        builder.environment().putAll(variables);
        builder.environment().put("LOG_FILE", log().toString());
        process = builder.start();
    }

    private static String javaTool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private Path log() {
        return scratch.resolve("app.log");
    }

    /** Waits for its end; returns its JSON document. */
    JsonNode end() throws IOException, InterruptedException {
        return end(Integer.MAX_VALUE);
    }

    /** The same, collecting its garbage each time so many receptions more are done. */
    JsonNode end(int collectEvery) throws IOException, InterruptedException {
        int next = collectEvery;
        while (process.isAlive()) {
            look();
            if (processorTimeOfStart == null && BEGUN.matcher(logged()).find()) {
                processorTimeOfStart = processorTime;
            }
            if (collectEvery < Integer.MAX_VALUE && done() >= next) {
                new ProcessBuilder(javaTool("jcmd"), Long.toString(process.pid()), "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                next += collectEvery;
            }
            Thread.sleep(LOOK_EVERY_MILLISECONDS);
        }
        seconds = (System.nanoTime() - startedAt) / 1e9;
        if (process.exitValue() > 1) {
            throw ended();
        }
        return JSON.readTree(scratch.resolve("out").toFile());
    }

    /** Throws what it said if it has ended. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw ended();
        }
    }

    private IllegalStateException ended() throws IOException {
        return new IllegalStateException(
                "The product ended with " + process.exitValue() + ": " + Files.readString(scratch.resolve("err")));
    }

    private int done() throws IOException {
        int done = 0;
        Matcher lines = DONE.matcher(logged());
        while (lines.find()) {
            done = Integer.parseInt(lines.group(1));
        }
        return done;
    }

    private String logged() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    private void look() {
        processorTime = process.info().totalCpuDuration().orElse(processorTime);
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            Matcher line = HIGHEST_RESIDENT.matcher(Files.exists(status) ? Files.readString(status) : "");
            residentKilobytes = line.find() ? Long.parseLong(line.group(1)) : residentKilobytes;
        } catch (IOException e) {
            // It ended at this moment.
            return;
        }
    }

    /** Megabytes of memory it had at most; 0 where the system does not tell. */
    long residentMegabytes() {
        return residentKilobytes / 1024;
    }

    /** Processor seconds of all its threads. */
    double processorSeconds() {
        return processorTime.toMillis() / 1000.0;
    }

    /** False of a run that ended within a look, or tells no beginning. */
    boolean knowsTheRunsBegin() {
        return processorTimeOfStart != null;
    }

    /** The same without those before its run of receptions had begun, if that is known; else all. */
    double processorSecondsOfRun() {
        return processorTimeOfStart == null
                ? processorSeconds()
                : processorTime.minus(processorTimeOfStart).toMillis() / 1000.0;
    }

    /** Processor time of all its threads so far. */
    Duration processorTime() {
        look();
        return processorTime;
    }

    /** Seconds from its start to its end. */
    double seconds() {
        return seconds;
    }

    /** Megabytes of heap that were in use after each asked collection. */
    List<String> heapAfterCollections() throws IOException {
        return AFTER_ASKED_GC
                .matcher(Files.readString(scratch.resolve("gc.log")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public void close() throws IOException {
        // Politely, so that it gives its locks back.
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(scratch);
    }
}
