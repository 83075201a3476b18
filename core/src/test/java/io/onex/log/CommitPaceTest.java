package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
  @Test
  void a_few_appenders_never_wait_for_each_other() {
    CommitPace pace = CommitPace.START.after(1).after(CommitPace.FEW - 1);

    assertThat(pace.isMet(1)).isTrue();
  }

  @Test
  void many_appenders_are_waited_for_until_as_many_are_there_as_came_together() {
    CommitPace pace = CommitPace.START.after(3).after(40);

    assertThat(pace.isMet(39)).isFalse();
    assertThat(pace.isMet(40)).isTrue();
  }

  @Test
  void a_burst_is_remembered_for_a_while_and_then_forgotten() {
    CommitPace pace = CommitPace.START.after(64);
    int commits = 0;
    for (; !pace.isMet(1); commits++) {
      pace = pace.after(1);
    }

    assertThat(commits).isBetween(8, 20);
  }
}
