// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.time.Duration;

/**
 * How much of a subject's time and bytes one run may take.
 *
 * @param total the whole run
 * @param exchange one request with its answer
 * @param connect one TCP connection
 * @param connections of the whole run, port discovery included
 * @param bytes read in the whole run
 * @param answerBytes read of one answer
 */
public record Limits(
    Duration total,
    Duration exchange,
    Duration connect,
    int connections,
    long bytes,
    int answerBytes) {
  /** Under ten minutes, 64 MiB, an answer of 1 MiB. */
  public static Limits usual() {
    return new Limits(
        Duration.ofMinutes(9),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        70_000,
        64L << 20,
        1 << 20);
  }

  /** The same with another bound for the whole run and for one exchange. */
  public Limits within(Duration whole, Duration one) {
    return new Limits(whole, one, connect, connections, bytes, answerBytes);
  }
}
