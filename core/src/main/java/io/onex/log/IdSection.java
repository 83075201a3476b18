package io.onex.log;

/// The pages in an [IdIndexFile] that hold the ids of one role.
///
/// @param first number of the first of them in the file
/// @param size ids
record IdSection(int first, int size) {
  static final int ENTRY_BYTES = 24;
  static final int PAGE_BYTES = 4096;
  static final int PAGE_ENTRIES = 170;

  /// Those of the causes follow those of the records; last are the ids that conflicting ones came
  /// with.
  static IdSection of(SegmentIds.Extent extent, IdRole role) {
    IdSection own = new IdSection(1, extent.records());
    IdSection causes = new IdSection(1 + own.pages(), extent.causes());
    return switch (role) {
      case OWN, CONCLUSION -> own;
      case CAUSE -> causes;
      case SENT -> new IdSection(causes.first() + causes.pages(), extent.sent());
    };
  }

  int pages() {
    return (size + PAGE_ENTRIES - 1) / PAGE_ENTRIES;
  }

  /// Ids in its page of this number, counted from 0.
  int entries(int page) {
    return Math.min(PAGE_ENTRIES, size - page * PAGE_ENTRIES);
  }

  /// Where its page of this number begins in the file.
  long offset(int page) {
    return ((long) first + page) * PAGE_BYTES;
  }
}
