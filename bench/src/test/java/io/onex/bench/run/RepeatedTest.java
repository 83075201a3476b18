package io.onex.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bench.load.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatedTest {
  @Test
  void a_row_has_the_medians_and_how_far_the_rates_were_apart() {
    Repeated repeated = new Repeated();
    repeated.add(measured(3_000, 0, 9));
    repeated.add(measured(1_000, 0, 7));
    repeated.add(measured(2_000, 0, 8));

    assertThat(repeated.row())
        .isEqualTo("| run | 4 | 1000 | 2,000 (1,000 to 3,000) | - | 2.00 | 3.00 | 8.00 | 100 |");
  }

  @Test
  void one_run_alone_has_no_spread() {
    Repeated repeated = new Repeated();
    repeated.add(measured(1_000, 500, 7));

    assertThat(repeated.row()).startsWith("| run | 4 | 1000 | 1,000 | 500 |");
  }

  @Test
  void threads_stand_by_what_they_took_and_idle_ones_are_left_out() {
    Repeated repeated = new Repeated();
    repeated.add(measured(1_000, 0, 7));
    repeated.add(measured(1_000, 0, 7));

    assertThat(repeated.threads()).isEqualTo("run: onex-folds 2.50, onex-decode 1.25");
  }

  private static Measurement measured(long acknowledged, double delivered, double cpu) {
    return new Measurement(
        "run",
        4,
        1000,
        new Load.Report(
            acknowledged, Duration.ofSeconds(1), new long[] {1_000, 2_000, 3_000}, List.of()),
        delivered,
        cpu,
        Map.of("onex-decode", 1.25, "onex-folds", 2.5, "onex-pulse", 0.01),
        100 << 20);
  }
}
