package io.onex.app;

import com.github.luben.zstd.ZstdInputStream;
import io.onex.log.LogConfig;
import io.onex.log.LogInspection;
import io.onex.log.Position;
import io.onex.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that lies in a data folder as text, the way a thief would look at it: each file as it is,
/// and what comes out wherever something in it looks like a zstd frame.
final class DataFiles {
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private DataFiles() {}

  /// By file, and by file and offset of a frame.
  static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        texts.put(file.toString(), new String(bytes, StandardCharsets.ISO_8859_1));
        for (int at = 0; at + ZSTD.length < bytes.length; at++) {
          if (startsFrame(bytes, at)) {
            texts.put(file + " unpacked at " + at, unpacked(bytes, at));
          }
        }
      }
    }
    return texts;
  }

  /// The bodies of all records, as the log's own inspection shows them.
  static String records(Storage storage) throws IOException {
    StringBuilder all = new StringBuilder();
    try (LogInspection log = LogInspection.open(storage, LogConfig.DEFAULT)) {
      log.records(
          Position.START,
          record -> {
            all.append(record.type()).append(' ').append(record.body().utf8()).append('\n');
            return true;
          });
    }
    return all.toString();
  }

  private static boolean startsFrame(byte[] bytes, int at) {
    for (int i = 0; i < ZSTD.length; i++) {
      if (bytes[at + i] != ZSTD[i]) {
        return false;
      }
    }
    return true;
  }

  private static String unpacked(byte[] bytes, int at) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
      in.transferTo(out);
    } catch (IOException e) {
      // What follows the frame is none, or it was no frame; what came out until then counts.
      return out.toString(StandardCharsets.ISO_8859_1);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
