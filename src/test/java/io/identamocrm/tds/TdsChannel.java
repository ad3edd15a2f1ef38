package io.identamocrm.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Messages of TDS on a line, in packets; the handshake of TLS goes in packets of its own, what follows it in TLS. */
final class TdsChannel {

    static final int BATCH = 1;
    static final int CALL = 3;
    static final int REPLY = 4;
    static final int ATTENTION = 6;
    static final int LOGIN = 16;
    static final int PRELOGIN = 18;
    static final int PACKET = 4096;

    private static final int HEADER = 8;

    private final Socket line;
    private DataInputStream in;
    private OutputStream out;

    /** A whole message. */
    record Message(int type, byte[] content) {}

    TdsChannel(Socket line) throws IOException {
        this.line = line;
        this.in = new DataInputStream(line.getInputStream());
        this.out = line.getOutputStream();
    }

    /** Waits for a message; {@link java.io.EOFException} if the caller has gone. */
    Message read() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            int type = in.readUnsignedByte();
            boolean last = (in.readUnsignedByte() & 1) != 0;
            int length = in.readUnsignedShort();
            in.readInt();
            content.write(in.readNBytes(length - HEADER));
            if (last) {
                return new Message(type, content.toByteArray());
            }
        }
    }

    void reply(byte[] content) throws IOException {
        write(REPLY, content, true);
    }

    /** A message that goes on, though nothing of it follows. */
    void beginReply(byte[] content) throws IOException {
        write(REPLY, content, false);
    }

    private void write(int type, byte[] content, boolean whole) throws IOException {
        int from = 0;
        do {
            int length = Math.min(PACKET - HEADER, content.length - from);
            boolean last = whole && from + length == content.length;
            byte[] packet = new byte[HEADER + length];
            packet[0] = (byte) type;
            packet[1] = (byte) (last ? 1 : 0);
            packet[2] = (byte) (packet.length >> 8);
            packet[3] = (byte) packet.length;
            System.arraycopy(content, from, packet, HEADER, length);
            out.write(packet);
            from += length;
        } while (from < content.length);
        out.flush();
    }

    /** Shakes hands as a TLS server, inside of packets, and goes on in TLS. */
    void encrypt(SSLSocketFactory tls, String[] protocols, String[] suites) throws IOException {
        InPackets inPackets = new InPackets();
        SSLSocket socket = (SSLSocket) tls.createSocket(inPackets, null, line.getPort(), false);
        socket.setUseClientMode(false);
        socket.setEnabledProtocols(protocols);
        if (suites != null) {
            socket.setEnabledCipherSuites(suites);
        }
        socket.startHandshake();
        inPackets.raw = true;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Ends the line without a farewell. */
    void cut() throws IOException {
        line.setSoLinger(true, 0);
        line.close();
    }

    /** What TLS takes for its line while hands are shaken; afterwards it is the line. */
    private final class InPackets extends Socket {

        private final DataInputStream lineIn = in;
        private final OutputStream lineOut = out;
        private byte[] packet = new byte[0];
        private int read;
        private volatile boolean raw;

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] target, int from, int length) throws IOException {
                    if (read == packet.length && raw) {
                        return lineIn.read(target, from, length);
                    }
                    if (read == packet.length) {
                        packet = TdsChannel.this.read().content();
                        read = 0;
                    }
                    int some = Math.min(length, packet.length - read);
                    System.arraycopy(packet, read, target, from, some);
                    read += some;
                    return some;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] source, int from, int length) throws IOException {
                    if (raw) {
                        lineOut.write(source, from, length);
                    } else {
                        byte[] part = new byte[length];
                        System.arraycopy(source, from, part, 0, length);
                        TdsChannel.this.write(PRELOGIN, part, true);
                    }
                }
            };
        }
    }
}
