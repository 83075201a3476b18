package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.log.Record;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperationBoundsTest {
  private static final OperationSettings SMALL =
      new OperationSettings(
          Duration.ofMinutes(30), Duration.ofHours(24), Duration.ofSeconds(5), 3, 2);

  private static Record event(String type, int number) {
    return Events.record(
        """
        {"event_id":"%s-%d","timestamp":"2026-11-22T09:44:10","node_id":"n%d","event_type":"%s",\
        "correlation_id":null,"metadata":{}}\
        """
            .formatted(type, number, number, type));
  }

  @Test
  void exactly_as_many_operations_as_allowed_stay_open() {
    FoldRun run = new FoldRun(SMALL);
    for (int i = 1; i <= 3; i++) {
      run.take(event("NODE_START", i));
    }

    assertThat(run.fold().running()).isEqualTo(3);
    assertThat(run.fold().counts().evicted()).isZero();
  }

  @Test
  void one_more_makes_the_oldest_go_and_is_counted() {
    FoldRun run = new FoldRun(SMALL);
    for (int i = 1; i <= 4; i++) {
      run.take(event("NODE_START", i));
    }

    assertThat(run.fold().running()).isEqualTo(3);
    assertThat(run.fold().counts().evicted()).isEqualTo(1);
    run.take(event("NODE_SUCCESS", 2));
    assertThat(run.only().path("start_event_id").asText()).isEqualTo("NODE_START-2");
  }

  @Test
  void one_end_too_many_concludes_the_oldest_alone_at_once() {
    FoldRun run = new FoldRun(SMALL);
    run.take(event("NODE_SUCCESS", 1)).take(event("NODE_SUCCESS", 2));
    assertThat(run.bodies()).isEmpty();

    run.take(event("NODE_SUCCESS", 3));

    assertThat(run.only().path("end_event_id").asText()).isEqualTo("NODE_SUCCESS-1");
    assertThat(run.fold().held()).isEqualTo(2);
  }

  @Test
  void a_hundred_thousand_starts_of_one_node_pair_in_order_without_slowing_down() {
    FoldRun run = FoldRun.withDefaults();
    Record start = event("NODE_START", 1);
    Record end = event("NODE_SUCCESS", 1);
    for (int i = 0; i < 100_000; i++) {
      run.take(start);
    }
    for (int i = 0; i < 100_000; i++) {
      run.take(end);
    }

    assertThat(run.records()).hasSize(100_000);
    assertThat(run.fold().running()).isZero();
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThatThrownBy(() ->
            new OperationSettings(
                Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ZERO, 1, 1))
        .hasMessageContaining("stuck_after");
    assertThatThrownBy(() ->
            new OperationSettings(
                Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO, 0, 1))
        .hasMessageContaining("max_open 0");
  }
}
