package io.onex.delivery;

import io.onex.log.Record;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Asks the rules and the integration about records, one thread at a time.
///
/// @param takes whether the integration in use takes a record; it may be exchanged at any time
record Judge(String destination, DestinationFilter filter, Predicate<Record> takes) {
  private static final Logger LOG = LogManager.getLogger(Judge.class);

  List<Verdict> judge(List<Record> records) {
    List<Verdict> verdicts = new ArrayList<>(records.size());
    for (Record record : records) {
      verdicts.add(judge(record));
    }
    return verdicts;
  }

  private Verdict judge(Record record) {
    try {
      Verdict verdict = filter.judge(record);
      return verdict instanceof Verdict.Deliver && !takes.test(record)
          ? Verdict.NOT_TAKEN
          : verdict;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error(
          LogLine.of("the rules failed on a record, which is rejected")
              .with(LogKeys.DESTINATION, destination)
              .with(LogKeys.POSITION, record.position().toString()),
          e);
      return new Verdict.Unjudged("the rules failed with " + e.getClass().getSimpleName());
    }
  }
}
