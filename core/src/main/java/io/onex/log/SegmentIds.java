package io.onex.log;

import java.util.OptionalLong;

/// The event ids of one segment in the order of their positions: of its records, of their causes,
/// and those that conflicting records came with. One thread adds, any thread finds.
///
/// At most [#MAX_IDS] of each, so that a sort key and an ordinal fit one long in [IdIndexFile].
final class SegmentIds {
  static final int ORDINAL_BITS = 20;

  /// Records after which a segment is closed, whatever its size.
  static final int MAX_IDS = 1 << ORDINAL_BITS;

  private final long firstPosition;
  private final PlacedKeys own = new PlacedKeys();
  private final PlacedKeys causes = new PlacedKeys();
  private final PlacedKeys sent = new PlacedKeys();
  private long end;

  /// @param firstPosition of the segment
  SegmentIds(long firstPosition) {
    this.firstPosition = firstPosition;
    this.end = firstPosition;
  }

  long firstPosition() {
    return firstPosition;
  }

  /// How many records there are.
  synchronized int size() {
    return own.size();
  }

  /// All records of the segment before this position are in it, unless they are lost.
  synchronized long end() {
    return end;
  }

  /// What is there, unchanged by what is added later.
  synchronized Extent extent() {
    return new Extent(own.size(), causes.size(), sent.size(), end);
  }

  /// How much there is.
  ///
  /// @param records how many
  /// @param causes how many of the records name one
  /// @param sent how many of them came with an id that another record had
  /// @param end as [SegmentIds#end]
  record Extent(int records, int causes, int sent, long end) {}

  /// There is nothing more to be added before `position`.
  synchronized void reaches(long position) {
    end = Math.max(end, position);
  }

  /// Adds the keys of consecutive records.
  ///
  /// @param position of the first of them
  synchronized void add(RecordKeys keys, long position) {
    int delta = (int) (position - firstPosition);
    for (int i = 0; i < keys.count(); i++) {
      own.add(keys.high(i), keys.low(i), keys.digests()[i], delta + i);
    }
    add(causes, keys.causes(), delta);
    add(sent, keys.sent(), delta);
    reaches(position + keys.count());
  }

  /// Adds keys that are in any order.
  ///
  /// @param places for each distance from the first position the number of its key, counted from 1;
  ///   0 when no key has it
  synchronized void add(RecordKeys keys, int[] places) {
    for (int delta = 0; delta < places.length; delta++) {
      int i = places[delta] - 1;
      if (i >= 0) {
        own.add(keys.high(i), keys.low(i), keys.digests()[i], delta);
        reaches(firstPosition + delta + 1);
      }
    }
  }

  /// Adds the keys of causes of records that are there, whose distances from the first position
  /// stand in the place of indexes, in any order; and the ids that conflicting ones came with.
  synchronized void add(CauseKeys causesOfRecords, CauseKeys sentIds) {
    add(causes, causesOfRecords, 0);
    add(sent, sentIds, 0);
  }

  private static void add(PlacedKeys to, CauseKeys keys, int delta) {
    for (int i = 0; i < keys.count(); i++) {
      to.add(keys.high(i), keys.low(i), 0, delta + keys.records()[i]);
    }
  }

  /// The keys from number `from` up to `to`, copied.
  RecordKeys keys(int from, int to) {
    long[] halves = new long[(to - from) * 2];
    int[] digests = new int[to - from];
    for (int i = from; i < to; i++) {
      halves[(i - from) * 2] = own.high(i);
      halves[(i - from) * 2 + 1] = own.low(i);
      digests[i - from] = own.digest(i);
    }
    return new RecordKeys(halves, digests);
  }

  /// The keys of one kind, to be read as far as an [#extent] goes.
  PlacedKeys keys(IdRole role) {
    return switch (role) {
      case OWN, CONCLUSION -> own;
      case CAUSE -> causes;
      case SENT -> sent;
    };
  }

  /// The position of the first record for which this is the key of that role.
  OptionalLong find(IdRole role, EventKey key) {
    long[] found = findAll(role, key, 1);
    return found.length > 0 ? OptionalLong.of(found[0]) : OptionalLong.empty();
  }

  /// The positions of the first records for which this is the key of that role.
  long[] findAll(IdRole role, EventKey key, int most) {
    PlacedKeys.View view;
    synchronized (this) {
      view = keys(role).view();
    }
    long[] found = view.find(role, key, most);
    for (int i = 0; i < found.length; i++) {
      found[i] += firstPosition;
    }
    return found;
  }
}
