package io.onex.integration.prometheus;

import java.time.Duration;

/// Waits; given from outside so that a test can drive time.
interface Pause {
  /// Blocks for this long.
  void last(Duration duration) throws InterruptedException;
}
