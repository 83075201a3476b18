package io.onex.telemetry;

/// The keys of log lines, so that the same thing has the same name in every line.
///
/// A key is lower case with underscores and ends in its unit (`_ms`, `_bytes`). Add one here before
/// using it in a second place.
public final class LogKeys {
  /// Name of a destination: its key under `integrations`.
  public static final String DESTINATION = "destination";

  /// Kind of an integration.
  public static final String KIND = "kind";

  /// Name of a source.
  public static final String SOURCE = "source";

  /// The error code, the same as in HTTP answers and metric labels.
  public static final String CODE = "code";

  /// Why, as a sentence without payload.
  public static final String REASON = "reason";

  /// A file, as the operator named it.
  public static final String FILE = "file";

  /// A line within a file, from 1.
  public static final String LINE = "line";

  /// A path within a configuration file, such as `integrations.elk.batch`.
  public static final String PATH = "path";

  /// A position of the log, as `partition/offset`.
  public static final String POSITION = "position";

  /// A number of records.
  public static final String RECORDS = "records";

  /// A number of bytes.
  public static final String BYTES = "bytes";

  /// Which attempt, from 1.
  public static final String ATTEMPT = "attempt";

  /// How long something took or will take, in milliseconds.
  public static final String DURATION_MS = "duration_ms";

  /// Epoch id of a rule set.
  public static final String RULES = "rules";

  /// A part of the gateway, as `/health` names it.
  public static final String PART = "part";

  private LogKeys() {}
}
