package io.onex.log.fold;

import io.onex.log.Record;

/// A record that a fold passed over: it is not part of the fold's state and never will be.
///
/// @param fold its name
/// @param record as it stands in the log; shares the array it was read into
/// @param reason a code: [#FAILED] or [#FATAL]
/// @param sentence what happened, for people; says nothing of what the record holds
public record FoldFailure(String fold, Record record, String reason, String sentence) {
  /// The fold threw.
  public static final String FAILED = "fold_failed";

  /// The process ended at it, twice in a row.
  public static final String FATAL = "fold_fatal";

  private static final int MOST_CAUSES = 8;

  static FoldFailure thrown(String fold, Record record, Throwable failure) {
    return new FoldFailure(
        fold,
        record,
        FAILED,
        "fold %s failed with %s; the record is not part of its state, destinations get it all the same"
            .formatted(fold, where(failure)));
  }

  static FoldFailure fatal(String fold, Record record) {
    return new FoldFailure(
        fold,
        record,
        FATAL,
        "the process ended twice in a row while fold %s took this record in; it is not part of its state, destinations get it all the same"
            .formatted(fold));
  }

  /// Class and place of the innermost cause. Never its message, which may quote the record.
  static String where(Throwable failure) {
    Throwable inner = failure;
    for (int i = 0; i < MOST_CAUSES && inner.getCause() != null; i++) {
      inner = inner.getCause();
    }
    StackTraceElement[] trace = inner.getStackTrace();
    String name = inner.getClass().getSimpleName();
    return trace.length == 0
        ? name
        : name + " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
  }
}
