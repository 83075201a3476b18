package io.onex.delivery;

import io.onex.log.Log;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.deadletter.DeadLetters;
import io.onex.log.replay.ReplayJobs;
import io.onex.telemetry.Telemetry;
import io.onex.thread.Crew;
import io.onex.time.Clock;
import java.util.function.Consumer;

/// What all destinations share. Everything in it is safe for use by many threads.
///
/// @param cursors where each destination was registered before its loop is made
/// @param readers on which destinations wait for the disk, such as those that lag; outlive the
///   loops
/// @param computers a few platform threads on which destinations judge and encode many records at
///   once, and do nothing that waits; outlive the loops
/// @param announcements told of each state change, once, on the loop's thread; quick
public record DeliveryEnvironment(
    Log log,
    CursorJournal cursors,
    DeadLetters deadLetters,
    ReplayJobs replays,
    DeliveryWatch watch,
    Telemetry telemetry,
    Clock clock,
    Crew readers,
    Crew computers,
    Consumer<StateChange> announcements) {}
