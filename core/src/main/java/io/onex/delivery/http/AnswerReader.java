package io.onex.delivery.http;

import io.onex.bytes.Slice;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Reads the answers that come over one connection, one after the other (RFC 9112, sections 4 to
/// 7). One thread at a time.
final class AnswerReader {
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_CHUNK_LINE_BYTES = 1 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[16 << 10];
  private int at;
  private int end;
  private boolean keepsOpen;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /// Whether the last answer was read to its end and another may follow.
  boolean keepsOpen() {
    return keepsOpen && at == end;
  }

  /// @param method of the request
  /// @param maxBytes longest body that is read
  /// @throws IOException when the connection breaks, the answer is no HTTP or longer than that
  HttpAnswer read(String method, int maxBytes) throws IOException {
    keepsOpen = false;
    while (true) {
      Budget budget = new Budget(MAX_HEAD_BYTES);
      String statusLine = line(budget);
      int status = status(statusLine);
      Map<String, String> headers = headers(budget);
      // 1xx only says that the answer is on its way; nobody asked to change the protocol.
      if (status >= 200) {
        boolean stays = stays(statusLine, headers);
        Slice body = body(method, status, headers, maxBytes);
        keepsOpen &= stays;
        return new HttpAnswer(status, headers, body);
      }
    }
  }

  private static int status(String line) throws IOException {
    boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
    int status = http ? number(line.substring(9, 12), 10) : -1;
    if (status < 100) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    return status;
  }

  private Map<String, String> headers(Budget budget) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(budget); !line.isEmpty(); line = line(budget)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("the answer has a malformed header");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static boolean stays(String statusLine, Map<String, String> headers) {
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    return statusLine.startsWith("HTTP/1.0")
        ? connection.contains("keep-alive")
        : !connection.contains("close");
  }

  private Slice body(String method, int status, Map<String, String> headers, int maxBytes)
      throws IOException {
    if (method.equals("HEAD") || status == 204 || status == 304) {
      keepsOpen = true;
      return Slice.EMPTY;
    }
    String coding = headers.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("the answer comes in a transfer coding that was not asked for");
      }
      Slice body = chunks(maxBytes);
      keepsOpen = true;
      return body;
    }
    String length = headers.get("content-length");
    if (length == null) {
      return untilEnd(maxBytes);
    }
    int bytes = number(length, 10);
    if (bytes < 0) {
      throw new IOException("the answer has a malformed length");
    }
    Slice body = Slice.of(exactly(checked(bytes, maxBytes)));
    keepsOpen = true;
    return body;
  }

  private Slice chunks(int maxBytes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = line(new Budget(MAX_CHUNK_LINE_BYTES));
      int extension = line.indexOf(';');
      int size = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size < 0) {
        throw new IOException("the answer has a malformed chunk");
      }
      if (size == 0) {
        // Trailers say nothing that is used.
        headers(new Budget(MAX_HEAD_BYTES));
        return Slice.of(body.toByteArray());
      }
      checked((long) body.size() + size, maxBytes);
      body.writeBytes(exactly(size));
      if (!line(new Budget(2)).isEmpty()) {
        throw new IOException("the answer has a malformed chunk");
      }
    }
  }

  private Slice untilEnd(int maxBytes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (at < end || fill()) {
      checked((long) body.size() + end - at, maxBytes);
      body.write(buffer, at, end - at);
      at = end;
    }
    return Slice.of(body.toByteArray());
  }

  private static int checked(long bytes, int maxBytes) throws IOException {
    if (bytes > maxBytes) {
      throw new IOException("the answer is longer than " + maxBytes + " bytes");
    }
    return (int) bytes;
  }

  private byte[] exactly(int bytes) throws IOException {
    byte[] all = new byte[bytes];
    int have = Math.min(bytes, end - at);
    System.arraycopy(buffer, at, all, 0, have);
    at += have;
    if (in.readNBytes(all, have, bytes - have) < bytes - have) {
      throw ended();
    }
    return all;
  }

  /// Bytes that lines may still take.
  private static final class Budget {
    private int left;

    Budget(int bytes) {
      left = bytes;
    }
  }

  /// The next line without its end.
  private String line(Budget budget) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (at == end && !fill()) {
        throw ended();
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      budget.left -= at - from + 1;
      if (budget.left < 0) {
        throw new IOException("the answer has a line or headers that are too long");
      }
      line.append(new String(buffer, from, at - from, StandardCharsets.ISO_8859_1));
      if (at < end) {
        at++;
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
          line.setLength(length - 1);
        }
        return line.toString();
      }
    }
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, read);
    return read > 0;
  }

  private static EOFException ended() {
    return new EOFException("the connection was closed before the answer was complete");
  }

  private static int number(String text, int radix) {
    if (text.isEmpty() || Character.digit(text.charAt(0), radix) < 0) {
      return -1;
    }
    try {
      return Integer.parseInt(text, radix);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
