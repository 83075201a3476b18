package io.onex.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleHistoryTest {
  private static final String TO_ELK = "routing: {rules: [{integrations: elk}]}";
  private static final String TO_ZIPKIN = "routing: {rules: [{integrations: zipkin}]}";

  private final RuleHistory history = new RuleHistory(rule -> {});

  private Router router(String destination) {
    return new Router(history, destination, Optional.empty());
  }

  @Test
  void records_are_judged_by_the_rules_of_their_position_also_by_those_that_lag() {
    history.apply(Sample.change(0, Sample.rules(TO_ELK)));
    history.apply(Sample.change(10, Sample.rules(TO_ZIPKIN)));
    Router elk = router("elk");
    Router zipkin = router("zipkin");

    assertThat(elk.route(Sample.event(9, "NODE_START"))).isEqualTo(Router.Route.ROUTED);
    assertThat(zipkin.route(Sample.event(9, "NODE_START"))).isEqualTo(Router.Route.ELSEWHERE);
    assertThat(elk.route(Sample.event(11, "NODE_START"))).isEqualTo(Router.Route.ELSEWHERE);
    assertThat(zipkin.route(Sample.event(11, "NODE_START"))).isEqualTo(Router.Route.ROUTED);
    assertThat(elk.route(Sample.event(5, "NODE_START")))
        .as("a replay goes back")
        .isEqualTo(Router.Route.ROUTED);
  }

  @Test
  void a_router_obeys_a_change_it_reads_before_the_fold_has_seen_it() {
    history.apply(Sample.change(0, Sample.rules(TO_ELK)));
    Router elk = router("elk");
    assertThat(elk.route(Sample.event(1, "NODE_START"))).isEqualTo(Router.Route.ROUTED);

    assertThat(elk.route(Sample.change(2, Sample.rules(TO_ZIPKIN))))
        .isEqualTo(Router.Route.ELSEWHERE);

    assertThat(elk.route(Sample.event(3, "NODE_START"))).isEqualTo(Router.Route.ELSEWHERE);
    assertThat(history.latest().orElseThrow().epoch()).isEqualTo(Sample.rules(TO_ZIPKIN).epoch());
  }

  @Test
  void a_change_counts_once_however_often_and_in_which_order_it_is_seen() {
    history.apply(Sample.change(10, Sample.rules(TO_ZIPKIN)));
    history.apply(Sample.change(0, Sample.rules(TO_ELK)));
    history.apply(Sample.change(10, Sample.rules(TO_ZIPKIN)));

    assertThat(history.epochs()).extracting(RuleHistory.Epoch::from).containsExactly(0L, 10L);
  }

  @Test
  void a_destination_added_later_gets_the_past_by_the_rules_it_came_with() {
    Rules before =
        new Rules(
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of("elk"),
            java.util.List.of());
    history.add(0, before);
    history.add(
        10, Sample.rules("routing: {rules: [{event_types: NODE_*, integrations: zipkin}]}"));
    Router zipkin = router("zipkin");

    assertThat(zipkin.route(Sample.event(3, "NODE_START"))).isEqualTo(Router.Route.ROUTED);
    assertThat(zipkin.route(Sample.event(3, "AUDIT"))).isEqualTo(Router.Route.UNMATCHED);
    assertThat(router("elk").route(Sample.event(3, "NODE_START")))
        .isEqualTo(Router.Route.UNMATCHED);
  }

  @Test
  void a_renamed_destination_is_known_to_old_rules_by_its_former_name() {
    history.add(0, Sample.rules(TO_ELK));
    Router renamed = new Router(history, "search", Optional.of("elk"));

    assertThat(renamed.route(Sample.event(1, "NODE_START"))).isEqualTo(Router.Route.ROUTED);
  }

  @Test
  void a_snapshot_restores_all_epochs() {
    history.add(3, Sample.rules(TO_ELK));
    history.add(10, Sample.rules(TO_ZIPKIN));

    RuleHistory restored = new RuleHistory(rule -> {});
    restored.restore(history.snapshot());

    assertThat(restored.epochs()).extracting(RuleHistory.Epoch::from).containsExactly(3L, 10L);
    assertThat(restored.latest().orElseThrow().rules()).isEqualTo(Sample.rules(TO_ZIPKIN));
    assertThatThrownBy(() -> restored.restore(Slice.utf8("{\"version\":9}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rules_that_judge_nothing_kept_any_more_are_forgotten() {
    history.add(0, Sample.rules(TO_ELK));
    history.add(10, Sample.rules(TO_ZIPKIN));
    history.add(20, Sample.rules(TO_ELK));

    history.trim(new Position(0, 15));

    assertThat(history.epochs()).extracting(RuleHistory.Epoch::from).containsExactly(10L, 20L);
  }

  @Test
  void old_rules_with_an_expression_nobody_can_read_still_judge_by_the_others() {
    Rules old =
        Rules.parse(
            Slice.utf8(
                """
                {"version":1,"known":["elk","zipkin"],"rules":[\
                {"name":"gone","event_types":["*"],"nodes":["*"],"kinds":[],"when":"gone(1)","destinations":["zipkin"]},\
                {"name":"all","event_types":["*"],"nodes":["*"],"kinds":[],"destinations":["elk"]}],"unmatched":[]}\
                """));
    history.add(0, old);

    assertThat(router("elk").route(Sample.event(1, "NODE_START"))).isEqualTo(Router.Route.ROUTED);
    assertThat(router("zipkin").route(Sample.event(1, "NODE_START")))
        .isEqualTo(Router.Route.ELSEWHERE);
  }
}
