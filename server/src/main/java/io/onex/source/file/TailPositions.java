package io.onex.source.file;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/// The positions of all tailed files, in one small file that is replaced as a whole.
///
/// Text, one line per file: identity, offset, generation, check, path, with tabs between; the last
/// line is the CRC32C of all before it. One thread at a time.
final class TailPositions {
  private static final String TITLE = "onex file positions 1";

  private final Storage storage;
  private final String directory;

  /// @param directory where in the storage the file lies
  TailPositions(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /// The saved positions; empty when none were saved.
  ///
  /// @throws IOException when the file cannot be read or is damaged; it names the file
  List<TailPosition> load() throws IOException {
    if (!storage.exists(path("positions"))) {
      return List.of();
    }
    String text = read();
    int checkStart = text.lastIndexOf('\n', text.length() - 2) + 1;
    String body = text.substring(0, checkStart);
    if (!body.startsWith(TITLE + "\n") || !text.substring(checkStart).equals(check(body))) {
      throw new IOException(
          "the saved file positions in "
              + path("positions")
              + " are damaged; remove the file to"
              + " read all tailed files from their beginning");
    }
    List<TailPosition> positions = new ArrayList<>();
    for (String line : body.substring(TITLE.length() + 1).lines().toList()) {
      String[] parts = line.split("\t", 5);
      positions.add(
          new TailPosition(
              parts[0],
              Path.of(parts[4]),
              Long.parseLong(parts[1]),
              Integer.parseInt(parts[2]),
              Integer.parseUnsignedInt(parts[3], 16)));
    }
    return positions;
  }

  /// Replaces what is saved; returns once it survives a power cut.
  void save(Collection<TailPosition> positions) throws IOException {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    for (TailPosition p : positions) {
      text.append(p.identity()).append('\t').append(p.offset()).append('\t');
      text.append(p.generation()).append('\t').append(Integer.toHexString(p.before()));
      text.append('\t').append(p.path()).append('\n');
    }
    text.append(check(text.toString()));
    try (StorageFile file = storage.open(path("positions.new"))) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), 0);
      file.force();
    }
    storage.rename(path("positions.new"), path("positions"));
    storage.forceDirectory(directory);
  }

  private String read() throws IOException {
    try (StorageFile file = storage.openForReading(path("positions"))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
        // Reads on until the buffer is full or the file ends.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }

  private String path(String name) {
    return directory + "/" + name;
  }

  private static String check(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue()) + "\n";
  }
}
