package io.onex.delivery;

/// What the rules say about one record and one destination.
///
/// Filters return shared instances, so that judging a record allocates nothing.
public sealed interface Verdict {
  /// The record goes there.
  record Deliver() implements Verdict {}

  /// It does not.
  ///
  /// @param reason which rule kept it away, or that no rule sends it here; a few words that are the
  ///   same for many records
  /// @param unmatched whether no rule sent the record anywhere at all
  record Filtered(String reason, boolean unmatched) implements Verdict {}

  /// The sampling policy left it out.
  record Sampled() implements Verdict {}

  /// The rules broke on the record, which is a bug: it becomes a dead letter.
  ///
  /// @param reason names the exception, without payload
  record Unjudged(String reason) implements Verdict {}

  /// Shared, because most records get this one.
  Verdict DELIVER = new Deliver();

  /// The integration takes no records of this kind.
  Verdict NOT_TAKEN = new Filtered("not taken by this kind of destination", false);
}
