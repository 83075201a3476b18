package io.onex.enrichment;

import io.onex.config.IoReason;
import io.onex.config.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A node catalogue in a file that is read again when it changes. One thread at a time.
///
/// The owner asks from time to time; a file that cannot be read is reported once per change and
/// leaves the catalogue as it was.
public final class CatalogueFile {
  /// Larger files are no catalogue.
  private static final int MAX_BYTES = 64 << 20;

  private final Path file;
  private @Nullable Stamp seen;

  /// What tells one content of the file from another without reading it.
  private record Stamp(FileTime changed, long bytes) {}

  /// What a look at the file gave.
  public sealed interface Look {
    /// As it was at the last look.
    record Unchanged() implements Look {}

    /// New content.
    record Changed(NodeCatalogue catalogue) implements Look {}

    /// It cannot be used; the catalogue stays as it was.
    ///
    /// @param reason what is wrong with it, and where
    record Broken(String reason) implements Look {}
  }

  /// @param file its name ends in `.csv` or `.json`
  public CatalogueFile(Path file) {
    this.file = file;
  }

  /// Reads the file if it is not as it was at the last look.
  public Look look() {
    Stamp now;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      now = new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      now = new Stamp(FileTime.fromMillis(0), -1);
    }
    if (now.equals(seen)) {
      return new Look.Unchanged();
    }
    seen = now;
    return read();
  }

  private Look read() {
    try {
      String text = TextFiles.REGULAR.read(file, MAX_BYTES);
      String name = file.toString().toLowerCase(Locale.ROOT);
      if (name.endsWith(".json")) {
        return new Look.Changed(NodeCatalogue.ofJson(text));
      }
      if (name.endsWith(".csv")) {
        return new Look.Changed(NodeCatalogue.ofCsv(text));
      }
      return new Look.Broken("a catalogue's name ends in .csv or .json");
    } catch (IOException e) {
      return new Look.Broken("the catalogue " + file + " cannot be read: " + IoReason.of(e));
    } catch (IllegalArgumentException e) {
      return new Look.Broken(String.valueOf(e.getMessage()));
    }
  }
}
