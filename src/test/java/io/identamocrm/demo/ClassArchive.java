package io.identamocrm.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lays out the classes that the program needs in an archive, with which it starts faster: {@link TrainingRun} tells the JVM which they are,
 * a second JVM writes them down. The program works without the archive too, so a failure is told in one line and stops no build.
 */
public final class ClassArchive {

    // Interfaces of picocli are in so old a class format that Java 17 crashes when it archives a lambda that is one of
    // them.
    private static final String CRASHES = "^@lambda-proxy .*Lpicocli/.*";

    private final Path java;
    private final Path home;
    private final Duration limit;
    private final Path target;
    private final Path scratch;
    private final Path archive;

    /**
     * For the program that was built in {@code home}.
     *
     * @param java  what starts a JVM
     * @param home  the directory of {@code target/}, {@code config/} and {@code routes/}
     * @param limit the time that each of the two JVMs may take
     */
    ClassArchive(Path java, Path home, Duration limit) {
        this.java = java;
        this.home = home.toAbsolutePath();
        this.limit = limit;
        target = this.home.resolve("target");
        scratch = target.resolve("class-archive");
        archive = target.resolve("ident-amocrm.jsa");
    }

    /** The only argument is the directory of {@code target/}, {@code config/} and {@code routes/}. */
    public static void main(String[] args) throws InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        new ClassArchive(java, Path.of(args[0]), Duration.ofMinutes(5)).make().ifPresent(System.err::println);
    }

    /** Makes the archive anew; says in one line why there is none, if it could not be made. */
    Optional<String> make() throws InterruptedException {
        try {
            clear();
            String jar = target + "/ident-amocrm.jar";
            Path loaded = scratch.resolve("loaded");
            run(
                    "training.log",
                    loaded,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:DumpLoadedClassList=" + loaded,
                    "-cp",
                    String.join(File.pathSeparator, jar, target + "/ident-amocrm-tests.jar", target + "/demo-lib/*"),
                    "io.identamocrm.demo.TrainingRun",
                    home.toString());
            Path classes = scratch.resolve("classes");
            try (Stream<String> lines = Files.lines(loaded)) {
                Files.write(classes, (Iterable<String>) lines.filter(line -> !line.matches(CRASHES))::iterator);
            }
            // G1, because only it can archive objects besides classes; they serve every collector.
            run(
                    "archive.log",
                    archive,
                    "-XX:+UseG1GC",
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + classes,
                    "-XX:SharedArchiveFile=" + archive,
                    "-cp",
                    jar);
            return Optional.empty();
        } catch (IOException e) {
            // Half an archive is none.
            archive.toFile().delete();
            return Optional.of("The archive of classes could not be made: " + e.getMessage()
                    + ". The program works all the same, it only starts slower.");
        }
    }

    /** Nothing of an earlier build may pass for the result of this one. */
    private void clear() throws IOException {
        Files.deleteIfExists(archive);
        Files.createDirectories(scratch);
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void run(String log, Path result, String... arguments) throws IOException, InterruptedException {
        String where = ", see " + home.relativize(scratch.resolve(log));
        List<String> command = Stream.concat(Stream.of(java.toString(), "-Xmx512m"), Stream.of(arguments))
                .toList();
        // In a directory of its own, because there a JVM that crashes leaves its files.
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve(log).toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            // The training run's Redis too.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new IOException("Java took longer than " + limit.toSeconds() + " s" + where);
        }
        if (process.exitValue() != 0) {
            throw new IOException("Java ended with " + process.exitValue() + where);
        }
        if (!Files.exists(result)) {
            throw new IOException("Java wrote no " + home.relativize(result) + where);
        }
    }
}
