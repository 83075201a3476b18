package io.onex.enrichment;

import io.onex.config.IoReason;
import io.onex.config.TextFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A node catalogue in a file that is read again when it changes. One thread at a time.
///
/// The owner asks from time to time; a file that cannot be read is reported once per change and
/// leaves the catalogue as it was.
public final class CatalogueFile {
  /// Larger files are no catalogue.
  private static final int MAX_BYTES = 64 << 20;

  private final Path file;
  private String seen = "never";

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

  /// Reads the file; it is new when its content is not that of the last look, whatever its size and
  /// time.
  public Look look() {
    String text;
    try {
      text = TextFiles.REGULAR.read(file, MAX_BYTES);
    } catch (CharacterCodingException e) {
      return broken("the catalogue " + file + " is not UTF-8 text");
    } catch (IOException e) {
      return broken("the catalogue " + file + " cannot be read: " + IoReason.of(e));
    }
    String now = digest(text);
    if (now.equals(seen)) {
      return new Look.Unchanged();
    }
    seen = now;
    return read(text);
  }

  /// What cannot be read is said once.
  private Look broken(String reason) {
    boolean told = seen.equals(reason);
    seen = reason;
    return told ? new Look.Unchanged() : new Look.Broken(reason);
  }

  private Look read(String text) {
    try {
      String name = file.toString().toLowerCase(Locale.ROOT);
      if (name.endsWith(".json")) {
        return new Look.Changed(NodeCatalogue.ofJson(text));
      }
      if (name.endsWith(".csv")) {
        return new Look.Changed(NodeCatalogue.ofCsv(text));
      }
      return new Look.Broken("a catalogue's name ends in .csv or .json");
    } catch (IllegalArgumentException e) {
      return new Look.Broken(String.valueOf(e.getMessage()));
    }
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
