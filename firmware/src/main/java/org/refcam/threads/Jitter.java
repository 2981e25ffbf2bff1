// SPDX-License-Identifier: Apache-2.0
package org.refcam.threads;

import java.time.Duration;
import java.util.Random;

/**
 * Spreads what many cameras do at their times, so that they do not all do it together.
 *
 * @param random tells the cameras apart
 */
public record Jitter(Random random) {

  /** Something from nothing up to that much, in milliseconds. */
  public Duration within(Duration most) {
    return Duration.ofMillis((long) (random.nextDouble() * most.toMillis()));
  }
}
