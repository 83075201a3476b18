/// What tests of integrations and of delivery stand on: strict fake back ends, the contract every
/// integration passes, and a simulation of many destinations in virtual time.
@NullMarked
package io.onex.testkit;

import org.jspecify.annotations.NullMarked;
