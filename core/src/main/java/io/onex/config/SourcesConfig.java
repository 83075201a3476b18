package io.onex.config;

import java.util.List;

/// Where records come from, besides HTTP, which the server always offers.
///
/// @param files NDJSON files that are followed as they grow
public record SourcesConfig(List<FileSource> files) {
  static final Field<List<FileSource>> FILES =
      Field.of(
          "files",
          Types.list(Types.section(FileSource.FIELDS, FileSource::from)),
          List.of(),
          "NDJSON files to follow.");
  static final Fields FIELDS = Fields.of(FILES).dead("kafka", Availability.NOT_YET);

  static final SourcesConfig DEFAULT = new SourcesConfig(List.of());

  public SourcesConfig {
    files = List.copyOf(files);
  }

  static SourcesConfig from(Section section) {
    return new SourcesConfig(section.get(FILES));
  }

  /// Files that are followed.
  ///
  /// @param paths files, or patterns as in a shell; `**` is any number of folders
  /// @param fromBeginning whether a file seen for the first time at the start is read from its
  ///   beginning; later ones always are
  public record FileSource(List<String> paths, boolean fromBeginning) {
    /// Where in a file that is seen for the first time.
    enum FileStart {
      BEGINNING,
      END
    }

    static final Field<List<String>> PATHS =
        Field.required(
            "paths",
            Types.list(Types.TEXT),
            "Files, or patterns of files as in a shell; `**` is any number of folders, none included.");
    static final Field<FileStart> FROM =
        Field.of(
            "from",
            Types.oneOf(FileStart.class),
            FileStart.BEGINNING,
            "Where to begin in a file that is there at the first start; later ones are new as a whole.");
    static final Fields FIELDS = Fields.of(PATHS, FROM);

    public FileSource {
      paths = List.copyOf(paths);
    }

    static FileSource from(Section section) {
      return new FileSource(section.get(PATHS), section.get(FROM) == FileStart.BEGINNING);
    }
  }
}
