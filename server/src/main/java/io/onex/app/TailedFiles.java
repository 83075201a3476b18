package io.onex.app;

import io.onex.config.SourcesConfig;
import io.onex.ingest.BodyForm;
import io.onex.ingest.Intake;
import io.onex.ingest.Provenance;
import io.onex.source.file.FileSettings;
import io.onex.source.file.FileSource;
import io.onex.source.file.PathPattern;
import io.onex.storage.Storage;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Opens the sources of tailed files as they are configured.
///
/// @param storage keeps how far each file was read
/// @param random makes what hashes of contents are seeded with
record TailedFiles(
    Intake intake, Storage storage, Telemetry telemetry, Clock clock, RandomGenerator random) {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration ROTATION_GRACE = Duration.ofSeconds(5);

  /// @param index of the source in the configuration
  /// @throws IOException when what is known of its files cannot be read
  FileSource open(int index, SourcesConfig.FileSource source) throws IOException {
    String name = "files-" + index;
    intake.counters().begin(name);
    FileSettings settings =
        new FileSettings(
            name,
            source.paths().stream().map(PathPattern::new).toList(),
            source.fromBeginning() ? FileSettings.Start.BEGINNING : FileSettings.Start.END,
            POLL,
            ROTATION_GRACE,
            intake.settings().limits().maxBytes());
    return new FileSource(
        settings,
        (lines, file, ids) -> {
          Provenance from = new Provenance(name, file, ids.start());
          var _ = intake.take(lines, BodyForm.FILE_LINES, from, ids::idOf);
        },
        storage,
        telemetry,
        clock,
        random);
  }
}
