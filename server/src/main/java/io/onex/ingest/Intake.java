package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.event.MaskedIds;
import io.onex.event.SensitiveKeys;
import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.PreparedBatch;
import io.onex.log.deadletter.DeadLetters;
import io.onex.telemetry.Telemetry;
import io.onex.thread.Crew;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/// Takes bodies in, whatever source they come from: read, unpack, decode, append, answer.
///
/// Safe for use by many threads, meant for virtual ones: they wait here for the disk, while all
/// that is done to a packed or large body, up to its compressed blocks, is done in one visit to a
/// few platform threads.
public final class Intake implements AutoCloseable {
  /// Bodies up to this size are decoded and copied by the thread that read them, which takes well
  /// below a millisecond.
  private static final int SMALL_BODY = 32 * 1024;

  /// As many as there may well be small requests waiting for the disk at once; what bounds their
  /// memory is the bytes.
  private static final int KEPT_WORKSPACES = 1024;

  private static final long KEPT_BYTES = 16L << 20;

  private final Log log;
  private final Clock clock;
  private final IntakeSettings settings;
  private final ByteBudget budget;
  private final IntakeCounters counters;
  private final Pool<Incoming> bodies;
  private final Pool<Workspace> workspaces;
  private final BodyDecoders decoders;
  private final Backpressure backpressure;
  private final SplittableGenerator seeds;
  private final Crew crew;
  private final Appending appending;

  /// @param refused keeps what was refused, redacted
  /// @param sensitiveKeys the keys whose values never enter the log
  /// @param maskedIds tells ids apart in which a secret was masked
  /// @param backpressure asked before a body is read
  /// @param seeds for minted ids and for the decoder's hashing; senders must not know it
  /// @param cores number of threads for large bodies
  public Intake(
      Log log,
      DeadLetters refused,
      SensitiveKeys sensitiveKeys,
      MaskedIds maskedIds,
      IntakeSettings settings,
      Clock clock,
      Telemetry telemetry,
      Backpressure backpressure,
      SplittableGenerator seeds,
      int cores) {
    this.log = log;
    this.settings = settings;
    this.clock = clock;
    this.backpressure = backpressure;
    this.seeds = seeds;
    decoders = new BodyDecoders(settings.limits(), sensitiveKeys, maskedIds, seeds.nextLong());
    budget = new ByteBudget(settings.inFlightBytes());
    counters = new IntakeCounters(telemetry);
    bodies =
        new Pool<>(
            () -> new Incoming(budget.lease()),
            Incoming::retainedBytes,
            KEPT_WORKSPACES,
            KEPT_BYTES);
    workspaces = new Pool<>(this::workspace, Workspace::retainedBytes, KEPT_WORKSPACES, KEPT_BYTES);
    crew = new Crew("onex-decode", cores);
    appending = new Appending(log, new RefusedInput(refused, clock, crew, counters), counters);
  }

  /// Reads a body to its end and takes it in.
  ///
  /// @param source name for counters and dead letters
  /// @throws IOException when the body cannot be read; nothing was taken
  /// @throws LogUnavailableException when the log cannot append; nothing was taken and the same
  ///   body may be sent again
  public IntakeOutcome take(InputStream in, ContentCoding coding, BodyForm form, String source)
      throws IOException, InterruptedException {
    hold();
    Incoming body = bodies.lend();
    try {
      return switch (body.bytes().readAll(in, settings.maxSentBytes(), body.lease())) {
        case READ -> unpackAndAppend(body, coding, form, source);
        case TOO_LARGE -> new IntakeOutcome.TooLarge(settings.maxSentBytes(), false);
        case NO_ROOM -> new IntakeOutcome.NoRoom();
      };
    } finally {
      giveBack(body);
    }
  }

  /// Reads a body to its end and takes in the one event that `whole` makes of it.
  ///
  /// @param whole adds what does not stand in the unpacked body; called once
  /// @throws IOException when the body cannot be read; nothing was taken
  /// @throws LogUnavailableException as [#take(InputStream, ContentCoding, BodyForm, String)]
  public IntakeOutcome take(
      InputStream in,
      ContentCoding coding,
      UnaryOperator<Slice> whole,
      BodyForm form,
      String source)
      throws IOException, InterruptedException {
    hold();
    Incoming body = bodies.lend();
    try {
      int limit =
          coding == ContentCoding.IDENTITY ? settings.limits().maxBytes() : settings.maxSentBytes();
      return switch (body.bytes().readAll(in, limit, body.lease())) {
        case READ -> unpackAndComplete(body, coding, whole, form, source);
        case TOO_LARGE -> new IntakeOutcome.TooLarge(limit, false);
        case NO_ROOM -> new IntakeOutcome.NoRoom();
      };
    } finally {
      giveBack(body);
    }
  }

  /// Takes in a body that is in memory already and not packed.
  ///
  /// @param ids for elements without id
  /// @throws LogUnavailableException as [#take(InputStream, ContentCoding, BodyForm, String)]
  public IntakeResult take(Slice body, BodyForm form, Provenance from, ElementIds ids)
      throws LogUnavailableException, InterruptedException {
    hold();
    Workspace workspace = workspaces.lend();
    try {
      return append(workspace, body, form, from, ids);
    } finally {
      giveBack(workspace);
    }
  }

  /// Changes which keys never enter the log. Bodies whose reading has begun are taken in by the
  /// keys before.
  public void redact(SensitiveKeys changed) {
    decoders.redact(changed);
  }

  /// Bodies that wait for the log to be durable.
  public int appendsUnderWay() {
    return appending.underWay();
  }

  /// The signs of life of the threads that decode.
  public List<Pulse> pulses() {
    return crew.pulses();
  }

  public IntakeCounters counters() {
    return counters;
  }

  public IntakeSettings settings() {
    return settings;
  }

  public ByteBudget budget() {
    return budget;
  }

  @Override
  public void close() {
    crew.close();
  }

  private IntakeOutcome unpackAndComplete(
      Incoming body, ContentCoding coding, UnaryOperator<Slice> whole, BodyForm form, String source)
      throws LogUnavailableException, InterruptedException {
    Slice sent = body.bytes().slice();
    if (coding == ContentCoding.IDENTITY) {
      return complete(body, sent, whole, form, source);
    }
    int limit = settings.limits().maxBytes();
    Bytes plain = new Bytes(0);
    return switch (crew.compute(() -> Unpacking.unpack(coding, sent, plain, limit, body.lease()))) {
      case UNPACKED -> complete(body, plain.slice(), whole, form, source);
      case TOO_LARGE -> new IntakeOutcome.TooLarge(limit, true);
      case NO_ROOM -> new IntakeOutcome.NoRoom();
      case BROKEN -> new IntakeOutcome.Broken(coding);
    };
  }

  private IntakeOutcome complete(
      Incoming body, Slice data, UnaryOperator<Slice> whole, BodyForm form, String source)
      throws LogUnavailableException, InterruptedException {
    // What is made of it is a copy of it.
    return body.lease().cover(2L * data.length())
        ? new IntakeOutcome.Taken(take(whole.apply(data), form, source))
        : new IntakeOutcome.NoRoom();
  }

  private IntakeResult take(Slice body, BodyForm form, String source)
      throws LogUnavailableException, InterruptedException {
    Workspace workspace = workspaces.lend();
    try {
      return append(workspace, body, form, Provenance.of(source), minted(workspace));
    } finally {
      giveBack(workspace);
    }
  }

  private IntakeOutcome unpackAndAppend(
      Incoming body, ContentCoding coding, BodyForm form, String source)
      throws LogUnavailableException, InterruptedException {
    if (coding == ContentCoding.IDENTITY) {
      return new IntakeOutcome.Taken(take(body.bytes().slice(), form, source));
    }
    Workspace workspace = workspaces.lend();
    try {
      Unpacked unpacked = crew.compute(() -> unpackAndPrepare(body, workspace, coding, form));
      return switch (unpacked.outcome()) {
        case UNPACKED ->
            new IntakeOutcome.Taken(
                appending.append(
                    workspace.batch(),
                    workspace.unpacked().size(),
                    unpacked.prepared(),
                    Provenance.of(source)));
        case TOO_LARGE -> new IntakeOutcome.TooLarge(settings.maxUnpackedBytes(), true);
        case NO_ROOM -> new IntakeOutcome.NoRoom();
        case BROKEN -> new IntakeOutcome.Broken(coding);
      };
    } finally {
      giveBack(workspace);
    }
  }

  /// What came of a packed body.
  ///
  /// @param prepared absent when no record did
  private record Unpacked(Unpacking.Outcome outcome, Optional<PreparedBatch> prepared) {}

  private Unpacked unpackAndPrepare(
      Incoming body, Workspace workspace, ContentCoding coding, BodyForm form) {
    Unpacking.Outcome outcome =
        Unpacking.unpack(
            coding,
            body.bytes().slice(),
            workspace.unpacked(),
            settings.maxUnpackedBytes(),
            body.lease());
    if (outcome != Unpacking.Outcome.UNPACKED) {
      return new Unpacked(outcome, Optional.empty());
    }
    decode(workspace.batch(), workspace.unpacked().slice(), form, minted(workspace));
    return new Unpacked(outcome, prepare(workspace.batch()));
  }

  private static ElementIds minted(Workspace workspace) {
    return (element, offset) -> workspace.mint().next();
  }

  private IntakeResult append(
      Workspace workspace, Slice body, BodyForm form, Provenance from, ElementIds ids)
      throws LogUnavailableException, InterruptedException {
    DecodedBatch batch = workspace.batch();
    Optional<PreparedBatch> prepared;
    if (body.length() > SMALL_BODY) {
      prepared =
          crew.compute(() -> {
            decode(batch, body, form, ids);
            return prepare(batch);
          });
    } else {
      decode(batch, body, form, ids);
      // Many tiny events become several times their size.
      prepared =
          PreparedBatch.isSmall(batch.records())
              ? prepare(batch)
              : crew.compute(() -> prepare(batch));
    }
    return appending.append(batch, body.length(), prepared, from);
  }

  private void decode(DecodedBatch batch, Slice body, BodyForm form, ElementIds ids) {
    BodyDecoder decoder = decoders.lend();
    try {
      batch.decode(
          decoder,
          body,
          form.format(body),
          form.source(),
          ids,
          clock.wallMicros(),
          settings.maxElements());
    } finally {
      decoders.giveBack(decoder);
    }
  }

  private Optional<PreparedBatch> prepare(DecodedBatch batch) {
    return batch.records().count() == 0
        ? Optional.empty()
        : Optional.of(log.prepare(batch.records()));
  }

  private void hold() throws LogUnavailableException, InterruptedException {
    if (backpressure.await()) {
      counters.held();
    }
  }

  private Workspace workspace() {
    RandomGenerator random;
    synchronized (seeds) {
      random = seeds.split();
    }
    return new Workspace(new EventIdMint(clock, random));
  }

  private void giveBack(Workspace workspace) {
    workspace.batch().clear();
    workspaces.giveBack(workspace);
  }

  private void giveBack(Incoming body) {
    body.lease().close();
    bodies.giveBack(body);
  }
}
