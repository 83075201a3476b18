package io.onex.delivery.http;

import io.onex.bytes.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as it goes over the wire (RFC 9112).
///
/// @param method such as `POST`
/// @param head request line and header fields, with the empty line behind them
/// @param pieces sent in chunks (section 7.1) behind the body
record Request(String method, byte[] head, List<Slice> body, Optional<Pieces> pieces) {
  /// Parts from this size on are sent as they stand; smaller ones are gathered, because each write
  /// to a socket is dearer than copying a few kilobytes.
  private static final int DIRECT_FROM_BYTES = 16 << 10;

  /// What one write takes at most: it is copied out of the heap once more by the JDK.
  private static final int PIECE_BYTES = 64 << 10;

  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// @throws IllegalArgumentException when a header would end its line; the message does not repeat
  ///   it, for it may be a secret
  static Request of(HttpCall call, String userAgent) {
    StringBuilder head = new StringBuilder(256);
    String path = call.uri().getRawPath();
    head.append(call.method()).append(' ').append(path == null || path.isEmpty() ? "/" : path);
    if (call.uri().getRawQuery() != null) {
      head.append('?').append(call.uri().getRawQuery());
    }
    head.append(" HTTP/1.1\r\n");
    header(head, "Host", host(call));
    boolean named = false;
    for (Map.Entry<String, String> each : call.headers().entrySet()) {
      header(head, each.getKey(), each.getValue());
      named |= each.getKey().equalsIgnoreCase("User-Agent");
    }
    if (!named) {
      header(head, "User-Agent", userAgent);
    }
    long length = length(call.body());
    if (call.pieces().isPresent()) {
      header(head, "Transfer-Encoding", "chunked");
    } else if (length > 0 || call.method().equals("POST") || call.method().equals("PUT")) {
      header(head, "Content-Length", String.valueOf(length));
    }
    head.append("\r\n");
    return new Request(
        call.method(),
        head.toString().getBytes(StandardCharsets.ISO_8859_1),
        call.body(),
        call.pieces());
  }

  private static String host(HttpCall call) {
    int port = call.uri().getPort();
    return port < 0 ? call.uri().getHost() : call.uri().getHost() + ":" + port;
  }

  private static void header(StringBuilder head, String name, String value) {
    if (name.isEmpty() || !isPrintable(name) || !isPrintable(value)) {
      throw new IllegalArgumentException("header " + name.strip() + " cannot be sent as it is");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static boolean isPrintable(String text) {
    return text.chars()
        .allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t' || (c > 0x9f && c < 0x100));
  }

  private static long length(List<Slice> body) {
    long length = 0;
    for (Slice part : body) {
      length += part.length();
    }
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    byte[] gathered = new byte[(int) Math.min(PIECE_BYTES, head.length + length(body) + 1)];
    int filled = 0;
    for (int i = -1; i < body.size(); i++) {
      Slice part = i < 0 ? Slice.of(head) : body.get(i);
      boolean direct = part.length() >= DIRECT_FROM_BYTES;
      if (direct || part.length() > gathered.length - filled) {
        out.write(gathered, 0, filled);
        filled = 0;
      }
      if (direct) {
        for (int at = 0; at < part.length(); at += PIECE_BYTES) {
          out.write(part.array(), part.offset() + at, Math.min(PIECE_BYTES, part.length() - at));
        }
      } else {
        System.arraycopy(part.array(), part.offset(), gathered, filled, part.length());
        filled += part.length();
      }
    }
    out.write(gathered, 0, filled);
    if (pieces.isPresent()) {
      writeChunks(pieces.get(), out);
    }
    out.flush();
  }

  private static void writeChunks(Pieces pieces, OutputStream out) throws IOException {
    for (Slice piece = pieces.next(); piece != null; piece = pieces.next()) {
      for (int at = 0; at < piece.length(); at += PIECE_BYTES) {
        Slice chunk = piece.part(at, Math.min(PIECE_BYTES, piece.length() - at));
        out.write(
            (Integer.toHexString(chunk.length()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(chunk.array(), chunk.offset(), chunk.length());
        out.write(CRLF);
      }
    }
    out.write(LAST_CHUNK);
  }
}
