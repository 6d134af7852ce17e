package io.collabcluster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A blocking connection to a Redis, so that tests need not trust the client that they test. */
public final class RespConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    public RespConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @return text, a number as Long, a List of such, or null; an error is thrown */
    public Object command(String... words) throws IOException {
        return command(Stream.of(words).map(word -> word.getBytes(UTF_8)).toList());
    }

    /** @param words any bytes */
    public Object command(List<byte[]> words) throws IOException {
        var request = new ByteArrayOutputStream();
        request.writeBytes(("*" + words.size() + "\r\n").getBytes(UTF_8));
        for (byte[] word : words) {
            request.writeBytes(("$" + word.length + "\r\n").getBytes(UTF_8));
            request.writeBytes(word);
            request.writeBytes("\r\n".getBytes(UTF_8));
        }
        request.writeTo(socket.getOutputStream());
        return read();
    }

    /** The next reply or message. */
    public Object read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '$' -> text(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            case '-' -> throw new IllegalStateException(rest);
            default -> throw new IllegalStateException("not RESP2: " + line);
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String text(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        String text = new String(in.readNBytes(length), UTF_8);
        in.skipNBytes(2);
        return text;
    }

    private List<Object> list(int length) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(read());
        }
        return list;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) next);
        }
        in.skipNBytes(1);
        return line.toString();
    }
}
