package io.identamocrm.tds;

import io.identamocrm.tds.TdsFault.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection of a client: its login and its statements, one after the other. */
final class TdsSession {

    private static final int DONE = 0xFD;
    private static final int DONE_IN_PROCEDURE = 0xFF;
    private static final int DONE_PROCEDURE = 0xFE;
    private static final int MORE = 1;
    private static final int FAILED = 2;
    private static final int COUNTED = 0x10;
    private static final int CANCELLED = 0x20;
    private static final String METADATA_ONLY = "set fmtonly on ";
    private static final String METADATA_END = "\nset fmtonly off";
    private static final int NO_PROCEDURE = 2812;
    /** Of what H2 refuses, the numbers under which SQL Server does. */
    private static final Map<Integer, Integer> NUMBERS =
            Map.of(42102, 208, 42103, 208, 42104, 208, 42122, 207, 90096, 229);

    private static final int SYNTAX = 102;

    private final TdsServer server;
    private final TdsChannel channel;
    private final Map<Long, String> prepared = new HashMap<>();
    private Connection database;
    private boolean metadataOnly;

    TdsSession(TdsServer server, TdsChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    /** Serves until the client goes or the session is ended. */
    void run() throws IOException, SQLException {
        try (Connection ofSession = server.connect()) {
            database = ofSession;
            boolean on = true;
            while (on) {
                TdsChannel.Message message = channel.read();
                if (message.type() == TdsChannel.BATCH || message.type() == TdsChannel.CALL) {
                    server.requested();
                }
                on = switch (message.type()) {
                    case TdsChannel.PRELOGIN -> prelogin();
                    case TdsChannel.LOGIN -> login();
                    case TdsChannel.BATCH, TdsChannel.CALL -> answer(TdsRequest.of(message));
                    default -> cancelled();
                };
            }
        }
    }

    private boolean prelogin() throws IOException {
        TdsServer.Tls tls = server.tls();
        ByteBuffer reply = ByteBuffer.allocate(18);
        reply.put(new byte[] {0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF, 11, 0, 0x1B, 0x58, 0, 0});
        // Not supported, so that the login goes in the open; or required.
        reply.put((byte) (tls == null ? 2 : 3));
        channel.reply(reply.array());
        if (tls != null) {
            channel.encrypt(tls.sockets(), tls.protocols(), tls.suites());
        }
        return true;
    }

    private boolean login() throws IOException {
        TdsFault fault = server.faultOf(TdsServer.LOGIN);
        if (fault != null) {
            return fail(fault, DONE);
        }
        channel.reply(new TdsTokens().loggedIn("IDENT").bytes());
        return true;
    }

    private boolean cancelled() throws IOException {
        channel.reply(new TdsTokens().done(DONE, CANCELLED, 0).bytes());
        return true;
    }

    private boolean answer(TdsRequest request) throws IOException {
        if (request.batch() != null) {
            return statement(request.batch(), List.of(), null, DONE);
        }
        List<Object> values = request.values();
        switch (request.procedure()) {
            case TdsRequest.EXECUTE_SQL -> {
                return statement(
                        (String) values.get(0),
                        values.subList(Math.min(2, values.size()), values.size()),
                        null,
                        DONE_PROCEDURE);
            }
            case TdsRequest.PREPARE_AND_EXECUTE -> {
                long handle = prepared.size() + 1L;
                prepared.put(handle, (String) values.get(2));
                return statement((String) values.get(2), values.subList(3, values.size()), handle, DONE_PROCEDURE);
            }
            case TdsRequest.EXECUTE -> {
                return statement(
                        prepared.get((Long) values.get(0)), values.subList(1, values.size()), null, DONE_PROCEDURE);
            }
            case TdsRequest.UNPREPARE -> {
                channel.reply(new TdsTokens()
                        .returnStatus()
                        .done(DONE_PROCEDURE, 0, 0)
                        .bytes());
                return true;
            }
            default -> {
                return refuse(NO_PROCEDURE, "No procedure " + request.procedure(), DONE_PROCEDURE);
            }
        }
    }

    private boolean statement(String text, List<Object> values, Long handle, int end) throws IOException {
        server.asked(text);
        TdsFault fault = server.faultOf(text);
        if (text.startsWith(METADATA_ONLY)) {
            metadataOnly = true;
        }
        if (fault != null && !fault.isAmongRows()) {
            // What has been switched on stays on: the batch does not get to its end.
            return fail(fault, end);
        }
        boolean inProcedure = end == DONE_PROCEDURE;
        TdsTokens reply = new TdsTokens();
        String query = text.startsWith(METADATA_ONLY)
                ? text.substring(METADATA_ONLY.length(), text.length() - METADATA_END.length())
                : text;
        if (query.strip().toLowerCase(Locale.ROOT).startsWith("set ")) {
            metadataOnly &= !query.equalsIgnoreCase(METADATA_END.strip());
            channel.reply(reply.done(end, 0, 0).bytes());
            return true;
        }
        try (PreparedStatement statement =
                database.prepareStatement(server.inDialect(query).replaceAll("@P\\d+", "?"))) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            long rows = 0;
            if (metadataOnly) {
                reply.columns(statement.getMetaData());
            } else {
                try (ResultSet result = statement.executeQuery()) {
                    reply.columns(result.getMetaData());
                    for (; result.next(); rows++) {
                        reply.row(result);
                        if (fault != null) {
                            break;
                        }
                    }
                    if (fault != null) {
                        channel.beginReply(reply.bytes());
                        return failAmongRows(fault, end);
                    }
                }
            }
            reply.done(inProcedure ? DONE_IN_PROCEDURE : end, COUNTED | (inProcedure ? MORE : 0), rows);
        } catch (SQLException e) {
            return refuse(NUMBERS.getOrDefault(e.getErrorCode(), SYNTAX), e.getMessage(), end);
        }
        if (inProcedure) {
            reply.returnStatus();
            if (handle != null) {
                reply.handle(handle.intValue());
            }
            reply.done(end, 0, 0);
        }
        if (text.endsWith(METADATA_END)) {
            metadataOnly = false;
        }
        channel.reply(reply.bytes());
        return true;
    }

    private boolean refuse(int number, String text, int end) throws IOException {
        channel.reply(
                new TdsTokens().error(number, 16, text).done(end, FAILED, 0).bytes());
        return true;
    }

    private boolean fail(TdsFault fault, int end) throws IOException {
        switch (fault.kind()) {
            case SILENCE -> {
                while (true) {
                    channel.read();
                }
            }
            case CUT -> {
                channel.cut();
                return false;
            }
            default -> {
                channel.reply(new TdsTokens()
                        .error(fault.number(), fault.severity(), TdsServer.IN_SERVERS_LANGUAGE)
                        .done(end, FAILED, 0)
                        .bytes());
                return fault.severity() < TdsFault.FATAL;
            }
        }
    }

    private boolean failAmongRows(TdsFault fault, int end) throws IOException {
        return fail(
                fault.kind() == Kind.CUT_AMONG_ROWS
                        ? TdsFault.of(Kind.CUT)
                        : new TdsFault(Kind.ERROR, fault.number(), fault.severity()),
                end);
    }
}
