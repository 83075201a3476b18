package io.onex.app;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/// Lets a warning or an error through once a minute and counts its repeats, which are told in one
/// line with the key `repeated` when the minute is over.
///
/// Two lines are the same when their sentence, where they speak of and their reason are, numbers in
/// it apart. Of one sentence at most [#MOST_OF_A_SENTENCE] differ; what comes beyond is taken for a
/// repeat. Any thread; a thread of its own tells, from start to stop.
final class RepeatedLines extends AbstractFilter {
  static final String REPEATED = "repeated";

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int MOST_OF_A_SENTENCE = 20;

  /// Keys that say how much, not what.
  private static final Set<String> MEASURES =
      Set.of(
          LogKeys.POSITION,
          LogKeys.RECORDS,
          LogKeys.BYTES,
          LogKeys.ATTEMPT,
          LogKeys.LINE,
          LogKeys.DURATION_MS);

  private final Clock clock;
  private final Map<String, Window> windows = new LinkedHashMap<>();
  private final Map<String, Integer> causes = new LinkedHashMap<>();
  private volatile Optional<Thread> teller = Optional.empty();

  private static final class Window {
    final String sentence;
    final long sinceNanos;
    long repeats;
    String logger = "";
    Level level = Level.WARN;
    LogLine last = LogLine.of("");

    Window(String sentence, long sinceNanos) {
      this.sentence = sentence;
      this.sinceNanos = sinceNanos;
    }
  }

  RepeatedLines(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void start() {
    super.start();
    teller =
        Optional.of(
            Thread.ofVirtual()
                .name("onex-log-repeats")
                .start(() -> {
                  try {
                    while (isStarted()) {
                      Thread.sleep(LOOK);
                      tell();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  @Override
  public void stop() {
    super.stop();
    teller.ifPresent(Thread::interrupt);
  }

  @Override
  public Result filter(LogEvent event) {
    if (!event.getLevel().isMoreSpecificThan(Level.WARN)
        || (event.getMessage() instanceof LogLine line && line.containsKey(REPEATED))) {
      return Result.NEUTRAL;
    }
    return isFirst(event) ? Result.NEUTRAL : Result.DENY;
  }

  private synchronized boolean isFirst(LogEvent event) {
    String sentence = event.getLoggerName() + ' ' + sentence(event);
    String cause = sentence + cause(event);
    if (!windows.containsKey(cause) && causes.getOrDefault(sentence, 0) >= MOST_OF_A_SENTENCE) {
      cause = sentence;
    }
    Window window = windows.get(cause);
    if (window == null) {
      windows.put(cause, new Window(sentence, clock.monotonicNanos()));
      causes.merge(sentence, 1, Integer::sum);
      return true;
    }
    window.repeats++;
    window.logger = event.getLoggerName();
    window.level = event.getLevel();
    window.last =
        event.getMessage() instanceof LogLine line
            ? (LogLine) line.newInstance(new TreeMap<>(line.getData()))
            : LogLine.of(event.getMessage().getFormattedMessage());
    return false;
  }

  /// Tells what was repeated in the minutes that are over.
  void tell() {
    List<Window> over = new ArrayList<>();
    synchronized (this) {
      long now = clock.monotonicNanos();
      Iterator<Window> all = windows.values().iterator();
      while (all.hasNext()) {
        Window window = all.next();
        if (now - window.sinceNanos < WINDOW.toNanos()) {
          break;
        }
        all.remove();
        causes.computeIfPresent(
            window.sentence, (sentence, count) -> count == 1 ? null : count - 1);
        over.add(window);
      }
    }
    for (Window window : over) {
      if (window.repeats > 0) {
        LogManager.getLogger(window.logger)
            .log(window.level, window.last.with(REPEATED, window.repeats));
      }
    }
  }

  private static String sentence(LogEvent event) {
    return event.getMessage() instanceof LogLine line
        ? line.sentence()
        : withoutNumbers(event.getMessage().getFormattedMessage());
  }

  private static String cause(LogEvent event) {
    StringBuilder cause = new StringBuilder();
    if (event.getMessage() instanceof LogLine line) {
      line.forEach((String key, String value) -> {
        if (!MEASURES.contains(key)) {
          String text = key.equals(LogKeys.REASON) ? withoutNumbers(value) : value;
          cause.append(' ').append(key).append('=').append(text);
        }
      });
    }
    if (event.getThrown() != null) {
      cause.append(' ').append(event.getThrown().getClass().getName());
    }
    return cause.toString();
  }

  private static String withoutNumbers(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < Math.min(text.length(), 500); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
