package io.onex.app;

import io.onex.thread.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The signs of life of all threads that a gateway cannot do without. Any thread; waits for
/// nothing.
final class Vitals {
  private final List<Supplier<List<Pulse>>> sources = new CopyOnWriteArrayList<>();

  /// One that is there from now on.
  void add(Pulse pulse) {
    sources.add(() -> List.of(pulse));
  }

  /// Those that come and go.
  void add(Supplier<List<Pulse>> pulses) {
    sources.add(pulses);
  }

  List<Pulse> all() {
    List<Pulse> all = new ArrayList<>();
    sources.forEach(source -> all.addAll(source.get()));
    return all;
  }
}
