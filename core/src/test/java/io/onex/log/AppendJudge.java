package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Knows what was submitted and what was answered, and judges what is read. It shares nothing with
/// the log but the text of ids and bodies.
final class AppendJudge {
  private final String about;
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, String> writers = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Map<String, Long> acknowledged = new HashMap<>();
  private final Set<String> durable = new HashSet<>();
  private final Map<Long, String> seenAt = new HashMap<>();

  AppendJudge(String about) {
    this.about = about;
  }

  synchronized void submitted(String writer, String id, String body) {
    bodies.put(id, body);
    writers.put(id, writer);
    ordinals.put(id, ordinals.size());
  }

  /// Notes what an append of new ids was answered.
  synchronized void answered(List<String> ids, AppendResult result) {
    durable.addAll(ids);
    long position = result.start().offset();
    Set<Integer> known = new HashSet<>();
    for (AppendResult.Duplicate duplicate : result.duplicates()) {
      known.add(duplicate.index());
      assertThat(duplicate.sameBody()).as(about).isTrue();
    }
    for (int i = 0; i < ids.size(); i++) {
      if (!known.contains(i)) {
        acknowledged.put(ids.get(i), position++);
      }
    }
    assertThat(position).as(about).isEqualTo(result.end().offset());
  }

  synchronized int acknowledged() {
    return durable.size();
  }

  synchronized void judge(List<LogFixture.Seen> seen) {
    Set<String> ids = new HashSet<>();
    Map<String, Integer> lastOfWriter = new HashMap<>();
    long last = -1;
    for (LogFixture.Seen record : seen) {
      assertThat(record.position()).as(about).isGreaterThan(last);
      last = record.position();
      assertThat(ids.add(record.id())).as("%s: %s twice", about, record.id()).isTrue();
      assertThat(record.body()).as(about).isEqualTo(bodies.get(record.id()));
      Long promised = acknowledged.get(record.id());
      if (promised != null) {
        assertThat(record.position()).as("%s: %s", about, record.id()).isEqualTo(promised);
      }
      Integer before =
          lastOfWriter.put(
              String.valueOf(writers.get(record.id())), ordinals.getOrDefault(record.id(), -1));
      if (before != null) {
        assertThat(ordinals.get(record.id())).as("%s: order", about).isGreaterThan(before);
      }
      String earlier = seenAt.put(record.position(), record.id());
      if (earlier != null) {
        assertThat(record.id()).as("%s: position reused", about).isEqualTo(earlier);
      }
    }
    assertThat(ids).as("%s: lost", about).containsAll(durable);
    durable.addAll(ids);
  }
}
