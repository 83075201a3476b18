package io.onex.log;

import java.time.Duration;

/// How many batches a commit waits for, learnt from the commits before it.
///
/// Where many appenders each send one small batch and wait for it, a commit for the first few that
/// come costs as much as one for all of them: a force, a block, and every thread involved woken and
/// put to sleep. So the next commit waits, for [#LONGEST] at most, until as many are there as came
/// together lately. Below [#FEW] nobody waits for anybody: a lone appender has its answer as soon
/// as the disk has it. Databases know this as a commit delay among siblings.
///
/// @param batches as many as are worth waiting for, at least 1
record CommitPace(int batches) {
  /// Longest wait, from the end of the commit before.
  static final Duration LONGEST = Duration.ofMillis(1);

  /// With fewer batches than this nothing is gained by waiting.
  static final int FEW = 4;

  static final CommitPace START = new CommitPace(1);

  /// The pace after a commit of `batches`: it rises at once, so that what comes in bursts is taken
  /// together, and falls by an eighth per commit.
  CommitPace after(int batches) {
    return new CommitPace(Math.max(batches, this.batches - 1 - this.batches / 8));
  }

  /// Whether a commit of `waiting` batches should begin without waiting for more.
  boolean isMet(int waiting) {
    return waiting >= batches || batches < FEW;
  }
}
