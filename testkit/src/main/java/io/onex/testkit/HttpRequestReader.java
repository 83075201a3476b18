package io.onex.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 requests (RFC 9112) from one connection and takes nothing that a strict server
/// would not.
final class HttpRequestReader {
  private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (/\\S*) HTTP/1\\.1");
  private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
  private static final int MAX_BODY_BYTES = 256 << 20;

  private final InputStream in;
  private final int maxHeadBytes;

  HttpRequestReader(InputStream in, int maxHeadBytes) {
    this.in = in;
    this.maxHeadBytes = maxHeadBytes;
  }

  /// A request that breaks the rules.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /// The next request, or null when the client closed the connection between two.
  FakeBackend.@Nullable Request read() throws IOException, Malformed {
    String first = line(true);
    if (first == null) {
      return null;
    }
    var request = REQUEST_LINE.matcher(first);
    if (!request.matches()) {
      throw new Malformed("request line: " + first);
    }
    Map<String, String> headers = headers();
    if (!headers.containsKey("host")) {
      throw new Malformed("no Host header");
    }
    return new FakeBackend.Request(
        request.group(1), request.group(2), headers, body(request.group(1), headers));
  }

  private Map<String, String> headers() throws IOException, Malformed {
    Map<String, String> headers = new TreeMap<>();
    for (String line = needed(); !line.isEmpty(); line = needed()) {
      var header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new Malformed("header: " + line);
      }
      String name = header.group(1).toLowerCase(Locale.ROOT);
      if (headers.put(name, header.group(2).trim()) != null) {
        throw new Malformed("header twice: " + name);
      }
    }
    return headers;
  }

  private byte[] body(String method, Map<String, String> headers) throws IOException, Malformed {
    String length = headers.get("content-length");
    String coding = headers.get("transfer-encoding");
    if (length != null && coding != null) {
      throw new Malformed("both Content-Length and Transfer-Encoding");
    }
    if (coding != null) {
      if (!coding.equals("chunked")) {
        throw new Malformed("Transfer-Encoding: " + coding);
      }
      return chunks();
    }
    if (length == null) {
      if (method.equals("POST") || method.equals("PUT")) {
        throw new Malformed(method + " without Content-Length");
      }
      return new byte[0];
    }
    if (!length.matches("\\d{1,9}") || Integer.parseInt(length) > MAX_BODY_BYTES) {
      throw new Malformed("Content-Length: " + length);
    }
    return bytes(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException, Malformed {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = needed();
      if (!size.matches("[0-9a-fA-F]{1,7}")) {
        throw new Malformed("chunk size: " + size);
      }
      byte[] chunk = bytes(Integer.parseInt(size, 16));
      if (!needed().isEmpty()) {
        throw new Malformed("a chunk is longer than it says");
      }
      if (chunk.length == 0) {
        return body.toByteArray();
      }
      body.writeBytes(chunk);
    }
  }

  private byte[] bytes(int count) throws IOException, Malformed {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new Malformed("the body ends after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  private String needed() throws IOException, Malformed {
    String line = line(false);
    if (line == null) {
      throw new Malformed("the request ends within its head");
    }
    return line;
  }

  private @Nullable String line(boolean mayEnd) throws IOException, Malformed {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); ; c = in.read()) {
      if (c < 0) {
        if (mayEnd && line.size() == 0) {
          return null;
        }
        throw new Malformed("the request ends within a line");
      }
      if (c == '\n') {
        throw new Malformed("a line ends without CR");
      }
      if (c == '\r') {
        if (in.read() != '\n') {
          throw new Malformed("a CR without LF");
        }
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      line.write(c);
      if (line.size() > maxHeadBytes) {
        throw new Malformed("a line of more than " + maxHeadBytes + " bytes");
      }
    }
  }
}
