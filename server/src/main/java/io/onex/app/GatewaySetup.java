package io.onex.app;

import io.onex.config.GatewayConfig;
import io.onex.delivery.IntegrationCatalog;
import io.onex.storage.Storage;
import io.onex.time.Clock;
import java.util.random.RandomGenerator.SplittableGenerator;

/// What a gateway is made of.
///
/// @param storage the data directory; stays the caller's to close, after the gateway
/// @param catalog the kinds of integration there are
/// @param random for ids, hashing and retries; senders must not know it
/// @param host name of this machine
/// @param version of the program
public record GatewaySetup(
    GatewayConfig config,
    Storage storage,
    Clock clock,
    IntegrationCatalog catalog,
    SplittableGenerator random,
    String host,
    String version) {}
