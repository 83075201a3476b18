package io.onex.bench.oracle;

import java.util.ArrayList;
import java.util.List;

/// Things that are wrong, as sentences; the first few are kept, all are counted. Safe for many
/// threads.
public final class Findings {
  private static final int KEPT = 20;

  private final List<String> kept = new ArrayList<>();
  private long count;

  public synchronized void add(String sentence) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(sentence);
    }
  }

  public void addAll(Findings others) {
    others.sentences().forEach(this::add);
  }

  public synchronized boolean isEmpty() {
    return count == 0;
  }

  public synchronized List<String> sentences() {
    List<String> all = new ArrayList<>(kept);
    if (count > kept.size()) {
      all.add("and " + (count - kept.size()) + " more of the kind");
    }
    return all;
  }
}
