package io.onex.app;

import io.onex.api.Replays;
import io.onex.delivery.DestinationLoop;
import io.onex.log.Record;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.cursor.ReplayProgress;
import io.onex.log.replay.ReplayEnd;
import io.onex.log.replay.ReplayJob;
import io.onex.log.replay.ReplayJobs;
import io.onex.log.replay.ReplaySource;
import io.onex.routing.RuleHistory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Hands replays to the loops of their destinations. Any thread.
record ReplayRequests(
    ReplayJobs jobs, CursorJournal cursors, Destinations destinations, RuleHistory rules)
    implements Replays {
  @Override
  public boolean knows(String destination) {
    return destinations.knows(destination);
  }

  @Override
  public boolean isRouted(String destination, Record record) {
    Optional<Running> one = destinations.find(destination);
    return one.isPresent()
        && rules.routesToday(destination, record)
        && one.get().integration().map(kind -> kind.takes(record)).orElse(false);
  }

  @Override
  public Replay begin(String destination, ReplaySource source) throws IOException {
    ReplayJob job = jobs.create(destination, source);
    loop(destination).ifPresent(DestinationLoop::replay);
    return view(job);
  }

  @Override
  public List<Replay> list() {
    return jobs.list().stream().map(this::view).toList();
  }

  @Override
  public Optional<Replay> find(long id) {
    return jobs.find(id).map(this::view);
  }

  @Override
  public Optional<Replay> cancel(long id) throws IOException {
    Optional<ReplayJob> job = jobs.cancel(id);
    if (job.isPresent() && job.get().isOpen()) {
      Optional<DestinationLoop> loop = loop(job.get().destination());
      if (loop.isPresent()) {
        loop.get().cancelReplay(id);
      } else {
        jobs.end(id, ReplayEnd.State.CANCELLED, view(job.get()).progress(), "");
      }
    }
    return find(id);
  }

  private Optional<DestinationLoop> loop(String destination) {
    return destinations.find(destination).flatMap(Running::loop);
  }

  private Replay view(ReplayJob job) {
    Optional<ReplayProgress> current =
        cursors
            .find(job.destination())
            .flatMap(CursorEntry::replay)
            .filter(progress -> progress.job() == job.id());
    ReplayProgress progress =
        job.end()
            .map(ReplayEnd::progress)
            .or(() -> current)
            .orElseGet(() -> ReplayProgress.at(job.id(), job.source().from()));
    String waitingFor =
        destinations.isStarted()
            ? loop(job.destination()).map(loop -> loop.status().reason()).orElse("")
            : "";
    return new Replay(job, progress, current.isPresent(), waitingFor);
  }
}
