package io.onex.config;

import java.time.Duration;
import java.util.Optional;

/// What a destination says about its batches; the rest comes from `buffering` or its kind.
record BatchOverride(
    Optional<Integer> maxSize, Optional<ByteSize> maxBytes, Optional<Duration> maxAge) {
  static final Field<Optional<Integer>> MAX_SIZE =
      Field.optional("max_size", Types.integer(1, 1_000_000), "Most records in one request.");
  static final Field<Optional<ByteSize>> MAX_BYTES =
      Field.optional("max_bytes", Types.SIZE, "Most bytes of event bodies in one request.");
  static final Field<Optional<Duration>> MAX_AGE =
      Field.optional(
          "max_age", Types.DURATION_OR_ZERO, "How long the oldest record waits for company.");
  static final Fields FIELDS = Fields.of(MAX_SIZE, MAX_BYTES, MAX_AGE);

  static final BatchOverride NONE =
      new BatchOverride(Optional.empty(), Optional.empty(), Optional.empty());

  static BatchOverride from(Section section) {
    return new BatchOverride(section.get(MAX_SIZE), section.get(MAX_BYTES), section.get(MAX_AGE));
  }

  BatchConfig over(BatchConfig rest) {
    return new BatchConfig(
        maxSize.orElse(rest.maxSize()),
        maxBytes.orElse(rest.maxBytes()),
        maxAge.orElse(rest.maxAge()));
  }
}
