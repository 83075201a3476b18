package io.onex.log;

import io.onex.segment.SegmentProblem;
import java.util.List;
import java.util.Map;

/// The log at one moment, for metrics, status and alerts.
///
/// @param start oldest position that can be read
/// @param durableEnd just past the last durable record
/// @param epoch rises each time positions had to be skipped
/// @param logTimeMicros ingest time of the last durable record
/// @param segments files
/// @param bytes of all segment files
/// @param unreadFraction share of what retention allows, by bytes or age whichever is nearer, that
///   the slowest cursor has not read yet; 0 when there is no cursor
/// @param level `unreadFraction` as a level to warn at
/// @param recentBytes encoded records in memory
/// @param duplicates the window of remembered ids
/// @param appends what was appended since the start
/// @param unavailable why the last append failed; empty when it succeeded
/// @param maintenance why retention or the writing of an index last failed; empty when it did not
/// @param problems how often each kind was found since the start
/// @param positionsLost by problems since the start
/// @param latestProblems the last ones, oldest first
/// @param overtaken the last ranges that cursors lost to retention, oldest first
public record LogState(
    Position start,
    Position durableEnd,
    int epoch,
    long logTimeMicros,
    int segments,
    long bytes,
    double unreadFraction,
    BacklogLevel level,
    long recentBytes,
    Duplicates duplicates,
    Appends appends,
    String unavailable,
    String maintenance,
    Map<SegmentProblem.Kind, Long> problems,
    long positionsLost,
    List<SegmentProblem> latestProblems,
    List<RetentionGuard.Overtaken> overtaken) {
  public LogState {
    problems = Map.copyOf(problems);
    latestProblems = List.copyOf(latestProblems);
    overtaken = List.copyOf(overtaken);
  }

  /// How far back duplicates are known.
  ///
  /// @param ids remembered
  /// @param oldestMicros log time at which the oldest of them came; 0 when there is none
  public record Duplicates(int ids, long oldestMicros) {}

  /// Totals since the start.
  ///
  /// @param records appended
  /// @param rawBytes their encoded size
  /// @param storedBytes what they took up in the files
  /// @param duplicates records not appended because their id was known
  /// @param conflicting records that were appended under another id, because a record of other
  ///   content had theirs
  /// @param commits groups that were forced
  /// @param commitNanos time those took, from the first write to the end of the force
  /// @param failures groups that failed
  /// @param markFailures commits whose high-water mark could not be written
  public record Appends(
      long records,
      long rawBytes,
      long storedBytes,
      long duplicates,
      long conflicting,
      long commits,
      long commitNanos,
      long failures,
      long markFailures) {}
}
