package io.identamocrm.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server on a free local port, empty at first and gone when closed. */
public final class EmbeddedRedis implements AutoCloseable {

    private static File program;

    private final RedisServer server;
    private final Path scratch;
    private final int port;

    /** Starts it. */
    public EmbeddedRedis() {
        try {
            port = freePort();
            scratch = Files.createTempDirectory("ident-amocrm-");
            scratch.toFile().deleteOnExit();
            server = RedisServer.newRedisServer()
                    .executableProvider(EmbeddedRedis::program)
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("dir " + scratch)
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Redis did not start", e);
        }
    }

    /** Taken out of its jar once for all servers of this process: it is ten megabytes, and unpacking takes longer than starting. */
    public static synchronized File program() throws IOException {
        if (program == null) {
            program = ExecutableProvider.newJarResourceProvider().get();
        }
        return program;
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** It falls over, and with it all that it held. */
    public void fail() throws IOException {
        server.stop();
    }

    /** It comes back on its port, empty. */
    public void comeBack() throws IOException {
        server.start();
    }

    @Override
    public void close() throws IOException {
        server.stop();
        Files.deleteIfExists(scratch);
    }

    /** Deletes the program, which would otherwise stay until the JVM ends of itself; there must be no server any more. */
    static synchronized void forgetProgram() throws IOException {
        if (program != null) {
            Files.deleteIfExists(program.toPath());
            Files.deleteIfExists(program.toPath().getParent());
            program = null;
        }
    }
}
