/// What the program says about itself: counters, gauges, histograms and structured log keys.
@NullMarked
package io.onex.telemetry;

import org.jspecify.annotations.NullMarked;
