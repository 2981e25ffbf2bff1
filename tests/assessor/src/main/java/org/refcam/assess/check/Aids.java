// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the user lends a run beside words: without them the checks that need one are unknown.
 *
 * @param tester the person who carries out guided steps
 * @param updateFiles that the subject must refuse; none without the user's word to offer them
 * @param otherAddress of the same subject, in the other address family
 * @param backWithin how long the subject may take to answer again after a cut
 */
public record Aids(
    Optional<Tester> tester,
    List<UpdateFile> updateFiles,
    Optional<InetAddress> otherAddress,
    Duration backWithin) {
  public Aids {
    updateFiles = List.copyOf(updateFiles);
  }

  /** Time for a slow board to start. */
  public static final Duration BACK_WITHIN = Duration.ofMinutes(5);

  /** None. */
  public static Aids none() {
    return new Aids(Optional.empty(), List.of(), Optional.empty(), BACK_WITHIN);
  }
}
