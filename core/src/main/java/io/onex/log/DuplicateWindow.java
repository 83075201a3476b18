package io.onex.log;

import java.util.Arrays;

/// The event ids of the last records, by which duplicates are known. Owned by one thread.
///
/// Keys stand in rings of primitive arrays in the order they came, oldest first out. An open
/// addressing table with linear probing, at most half full, leads from a key to its place: 22 bits
/// of a cell are the place, 6 are bits of the key's fingerprint that save most comparisons, 4 say
/// how far the cell stands from its home. A removal closes its gap by moving later cells back
/// (Knuth, TAOCP vol. 3, 6.4, algorithm R), so nothing degrades with age; thanks to the distances
/// it need not look at the keys of those cells. A full window of 4 million ids takes 112 MiB; a
/// small one is small. Where a key stands follows from a secret of the data folder, so that nobody
/// can make ids that meet in one place. A conclusion is another key than an event of the same bits.
///
/// Each look-up and each removal meets memory that is in no cache. Whoever has many to do calls
/// [#prefetch] for some of them first: the loads of one loop are under way at the same time.
final class DuplicateWindow {
  /// Most ids that can be remembered: they need 22 bits, and a commit's worth of room beyond.
  static final int MAX_IDS = 4_000_000;

  private static final int PLACE_BITS = 22;
  private static final int MAX_PLACES = 1 << PLACE_BITS;
  private static final int PLACE_MASK = MAX_PLACES - 1;
  private static final int SLACK = 1 << 17;
  private static final int FIRST_PLACES = 1 << 14;
  private static final int EMPTY = -1;
  private static final int STAMP_SHIFT = 10;

  private static final int DISTANCE_SHIFT = 28;

  /// The distance of cells that are this far from home or further.
  private static final int FAR = 15;

  private static final int TAGS = 63;
  private static final int TAG_MASK = (1 << (DISTANCE_SHIFT - PLACE_BITS)) - 1;

  /// Keys that are worth prefetching together.
  static final int STRIDE = 32;

  private final int capacity;
  private final IdSeeds seeds;
  private final int mostPlaces;
  private long[] high;
  private long[] low;
  private int[] digest;
  private long[] stamps;
  private int[] table;
  private int oldest;
  private int size;

  /// Written so that the compiler does not drop the loads of [#prefetch].
  @SuppressWarnings("UnusedVariable")
  private int prefetched;

  private volatile int settledSize;
  private volatile long oldestMicros;

  /// @param capacity ids that are remembered, 1 to [#MAX_IDS]
  /// @param expected ids that will soon be added, to have room for them from the start
  DuplicateWindow(int capacity, int expected, IdSeeds seeds) {
    this.capacity = capacity;
    this.seeds = seeds;
    this.mostPlaces =
        Math.min(MAX_PLACES, Integer.highestOneBit(Math.max(capacity + SLACK, 2) - 1) << 1);
    int places = Math.min(FIRST_PLACES, mostPlaces);
    while (places < mostPlaces && places < expected) {
      places *= 2;
    }
    high = new long[places];
    low = new long[places];
    digest = new int[places];
    stamps = new long[Math.max(1, places >> STAMP_SHIFT)];
    table = emptyTable(places);
  }

  private static int[] emptyTable(int places) {
    int[] cells = new int[places * 2];
    Arrays.fill(cells, EMPTY);
    return cells;
  }

  /// Ids remembered at the last [#settle]. Any thread.
  int size() {
    return settledSize;
  }

  /// Log time at which the oldest id came, to within a thousand ids; 0 when there is none. Any
  /// thread.
  long oldestMicros() {
    return oldestMicros;
  }

  /// The place of a key, or -1 when it is not remembered.
  ///
  /// @param wanted a digest that says whether it is a conclusion's
  int find(long keyHigh, long keyLow, int wanted) {
    long fingerprint = seeds.fingerprint(keyHigh, keyLow);
    int tag = tag(fingerprint);
    int mask = table.length - 1;
    for (int cell = (int) fingerprint & mask; table[cell] != EMPTY; cell = (cell + 1) & mask) {
      int place = table[cell] & PLACE_MASK;
      if (((table[cell] >>> PLACE_BITS) & TAG_MASK) == tag
          && high[place] == keyHigh
          && low[place] == keyLow
          && ((digest[place] ^ wanted) & RecordKeys.CONCLUSION_BIT) == 0) {
        return place;
      }
    }
    return -1;
  }

  /// The furthest that any cell stands from its home: what a look-up may have to walk.
  int longestWalk() {
    int longest = 0;
    int mask = table.length - 1;
    for (int cell = 0; cell < table.length; cell++) {
      if (table[cell] != EMPTY) {
        longest = Math.max(longest, (cell - home(table[cell] & PLACE_MASK)) & mask);
      }
    }
    return longest;
  }

  /// Brings what [#find] and [#add] need of the keys from `from` up to `to` into the caches.
  void prefetch(RecordKeys keys, int from, int to) {
    int mask = table.length - 1;
    int met = 0;
    for (int i = from; i < to; i++) {
      met ^= table[(int) seeds.fingerprint(keys.high(i), keys.low(i)) & mask];
    }
    prefetched = met;
  }

  private void prefetchPlaces(int from, int count) {
    int met = 0;
    for (int i = 0; i < count; i++) {
      met ^= table[home((from + i) & (high.length - 1))];
    }
    prefetched = met;
  }

  /// The digest of what came with the id at `place`.
  int digestAt(int place) {
    return digest[place];
  }

  /// Remembers a key that is not remembered yet.
  ///
  /// @param micros log time
  void add(long keyHigh, long keyLow, int bodyDigest, long micros) {
    if (size == high.length) {
      if (high.length < mostPlaces) {
        grow();
      } else {
        removeOldest();
      }
    }
    int place = (oldest + size) & (high.length - 1);
    high[place] = keyHigh;
    low[place] = keyLow;
    digest[place] = bodyDigest;
    if ((place & ((1 << STAMP_SHIFT) - 1)) == 0 || size == 0) {
      stamps[place >> STAMP_SHIFT] = micros;
    }
    insert(place);
    size++;
  }

  /// Remembers those keys that are not remembered yet, in their order.
  ///
  /// @param micros log time of all of them
  void addNew(RecordKeys keys, long micros) {
    for (int i = 0; i < keys.count(); i++) {
      if (i % STRIDE == 0) {
        prefetch(keys, i, Math.min(keys.count(), i + STRIDE));
      }
      if (find(keys.high(i), keys.low(i), keys.digests()[i]) < 0) {
        add(keys.high(i), keys.low(i), keys.digests()[i], micros);
      }
    }
  }

  /// Forgets the `count` keys that came last.
  void rollBack(int count) {
    for (int i = 0; i < count && size > 0; i++) {
      size--;
      remove((oldest + size) & (high.length - 1));
    }
  }

  /// Forgets the oldest keys that are too many.
  void settle() {
    while (size > capacity) {
      int count = Math.min(size - capacity, STRIDE);
      prefetchPlaces(oldest, count);
      for (int i = 0; i < count; i++) {
        removeOldest();
      }
    }
    settledSize = size;
    oldestMicros = size == 0 ? 0 : stamps[oldest >> STAMP_SHIFT];
  }

  private void removeOldest() {
    remove(oldest);
    oldest = (oldest + 1) & (high.length - 1);
    size--;
  }

  private void insert(int place) {
    long fingerprint = seeds.fingerprint(high[place], low[place]);
    int mask = table.length - 1;
    int home = (int) fingerprint & mask;
    int cell = home;
    while (table[cell] != EMPTY) {
      cell = (cell + 1) & mask;
    }
    table[cell] = distance((cell - home) & mask) | (tag(fingerprint) << PLACE_BITS) | place;
  }

  private void remove(int place) {
    int mask = table.length - 1;
    int gap = home(place);
    while ((table[gap] & PLACE_MASK) != place || table[gap] == EMPTY) {
      gap = (gap + 1) & mask;
    }
    for (int cell = (gap + 1) & mask; table[cell] != EMPTY; cell = (cell + 1) & mask) {
      int content = table[cell];
      int known = content >>> DISTANCE_SHIFT;
      int distance = known < FAR ? known : (cell - home(content & PLACE_MASK)) & mask;
      int shift = (cell - gap) & mask;
      // A cell may move back to the gap unless its home lies cyclically behind the gap.
      if (distance >= shift) {
        table[gap] = (content & ((1 << DISTANCE_SHIFT) - 1)) | distance(distance - shift);
        gap = cell;
      }
    }
    table[gap] = EMPTY;
  }

  private int home(int place) {
    return (int) seeds.fingerprint(high[place], low[place]) & (table.length - 1);
  }

  private static int distance(int cells) {
    return Math.min(cells, FAR) << DISTANCE_SHIFT;
  }

  /// Never all ones, so that no cell looks empty.
  private static int tag(long fingerprint) {
    return (int) ((fingerprint >>> 40) % TAGS);
  }

  private void grow() {
    int places = high.length * 2;
    high = unrolled(high, places);
    low = unrolled(low, places);
    int[] digests = new int[places];
    System.arraycopy(digest, oldest, digests, 0, digest.length - oldest);
    System.arraycopy(digest, 0, digests, digest.length - oldest, oldest);
    digest = digests;
    // The ring is full and starts on a stamp's boundary only by chance: stamps are approximate.
    long[] times = new long[Math.max(1, places >> STAMP_SHIFT)];
    int first = oldest >> STAMP_SHIFT;
    for (int i = 0; i < stamps.length; i++) {
      times[i] = stamps[(first + i) % stamps.length];
    }
    stamps = times;
    oldest = 0;
    table = emptyTable(places);
    for (int place = 0; place < size; place++) {
      if (place % STRIDE == 0) {
        prefetchPlaces(place, Math.min(STRIDE, size - place));
      }
      insert(place);
    }
  }

  private long[] unrolled(long[] ring, int places) {
    long[] straight = new long[places];
    System.arraycopy(ring, oldest, straight, 0, ring.length - oldest);
    System.arraycopy(ring, 0, straight, ring.length - oldest, oldest);
    return straight;
  }
}
