package io.onex.log;

import io.onex.storage.Storage;

/// A storage that says how little room it has left.
record NearlyFullStorage(Storage storage, long usableBytes) implements ForwardingStorage {}
