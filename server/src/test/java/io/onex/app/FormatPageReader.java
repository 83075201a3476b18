package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Reads the segments of a log by `docs/reference/format/segment.md` and `log.md` alone: it shares
/// no code with the log, so that a byte that moves is noticed.
final class FormatPageReader {
  private static final int HEADER = 64;

  /// A record as the pages draw it.
  record Entry(
      long position,
      int kind,
      int flags,
      long ingestMicros,
      long eventMicros,
      int source,
      int typeId,
      int principal,
      String eventId,
      String typeName,
      String nodeId,
      String correlationId,
      String metadata,
      String cause,
      String body) {}

  private final List<Entry> entries = new ArrayList<>();
  private int tornBytes;

  private FormatPageReader() {}

  /// All records of the log in a data folder, in order.
  static FormatPageReader read(Path data) throws IOException {
    FormatPageReader reader = new FormatPageReader();
    List<Path> files;
    try (Stream<Path> all = Files.list(data.resolve("log"))) {
      files = all.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
    for (Path file : files) {
      reader.segment(file);
    }
    return reader;
  }

  List<Entry> entries() {
    return entries;
  }

  /// Bytes behind the last whole block of a segment.
  int tornBytes() {
    return tornBytes;
  }

  private void segment(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    String name = file.getFileName().toString();
    assertThat(text(bytes, 0, 4)).isEqualTo("OXSG");
    assertThat(bytes.get(4)).isEqualTo((byte) 1);
    assertThat(crc(bytes, 0, 60)).as("header of %s", name).isEqualTo(bytes.getInt(60));
    assertThat(bytes.getInt(8)).as("partition").isZero();
    assertThat(name)
        .isEqualTo("%010d-%019d.segment".formatted(bytes.getLong(16), bytes.getLong(24)));
    assertThat(bytes.getLong(32)).as("previous end").isLessThanOrEqualTo(bytes.getLong(24));
    int epoch = bytes.getInt(12);
    long position = bytes.getLong(24);
    int at = HEADER;
    while (at + HEADER <= bytes.limit() && text(bytes, at, 4).equals("OXBK")) {
      int stored = bytes.getInt(at + 44);
      if (crc(bytes, at, 60) != bytes.getInt(at + 60)
          || at + HEADER + stored > bytes.limit()
          || crc(bytes, at + HEADER, stored) != bytes.getInt(at + 48)) {
        break;
      }
      assertThat(bytes.get(at + 4)).as("version of a block").isEqualTo((byte) 1);
      assertThat(bytes.get(at + 6)).as("cipher").isZero();
      assertThat(bytes.getInt(at + 8)).as("key id").isZero();
      assertThat(bytes.getLong(at + 16)).as("first position").isEqualTo(position);
      assertThat(bytes.getLong(at + 24)).as("durable position").isLessThanOrEqualTo(position);
      assertThat(bytes.getInt(at + 52)).as("epoch").isEqualTo(epoch);
      block(bytes, at, stored, position);
      position += bytes.getInt(at + 12);
      at += HEADER + stored;
    }
    tornBytes += bytes.limit() - at;
  }

  private void block(ByteBuffer bytes, int at, int stored, long first) {
    int raw = bytes.getInt(at + 40);
    byte[] content = new byte[stored];
    bytes.get(at + HEADER, content);
    byte codec = bytes.get(at + 5);
    assertThat(codec).isIn((byte) 0, (byte) 1);
    byte[] plain = codec == 0 ? content : Zstd.decompress(content, raw);
    assertThat(plain).hasSize(raw);
    ByteBuffer records = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    long newest = Long.MIN_VALUE;
    int count = 0;
    for (int record = 0; record < raw; record += 4 + records.getInt(record)) {
      Entry entry = entry(records, record, first + count);
      newest = Math.max(newest, entry.ingestMicros());
      entries.add(entry);
      count++;
    }
    assertThat(bytes.getInt(at + 12)).as("count").isEqualTo(count);
    assertThat(bytes.getLong(at + 32)).as("newest").isEqualTo(newest);
  }

  private static Entry entry(ByteBuffer b, int at, long position) {
    int idAt = at + (b.get(at + 5) & 0xff);
    int idLength = b.getShort(at + 32) & 0xffff;
    int typeLength = b.getShort(at + 34) & 0xffff;
    int bodyLength = b.getInt(at + 56);
    int body = idAt + idLength + typeLength;
    assertThat(body + bodyLength).as("end of a record").isEqualTo(at + 4 + b.getInt(at));
    int causeLength = b.getShort(at + 60) & 0xffff;
    int causeAt = body + bodyLength - (b.getShort(at + 62) & 0xffff);
    return new Entry(
        position,
        b.get(at + 4),
        b.getShort(at + 6) & 0xffff,
        b.getLong(at + 8),
        b.getLong(at + 16),
        b.getShort(at + 24),
        b.getShort(at + 26),
        b.getInt(at + 28),
        text(b, idAt, idLength),
        text(b, idAt + idLength, typeLength),
        part(b, body, b.getInt(at + 36), b.getShort(at + 44) & 0xffff),
        part(b, body, b.getInt(at + 40), b.getShort(at + 46) & 0xffff),
        part(b, body, b.getInt(at + 48), b.getInt(at + 52)),
        causeLength == 0 ? "" : text(b, causeAt, causeLength),
        text(b, body, bodyLength));
  }

  private static String part(ByteBuffer bytes, int body, int offset, int length) {
    return offset < 0 ? "" : text(bytes, body + offset, length);
  }

  private static String text(ByteBuffer bytes, int at, int length) {
    byte[] text = new byte[length];
    bytes.get(at, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int crc(ByteBuffer bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at, length));
    return (int) crc.getValue();
  }
}
