// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.refcam.assess.egress.CaptureFile.Ending;

/**
 * What a capture shows of one subject. Immutable.
 *
 * @param packets in the capture, of anybody
 * @param fromSubject of them, sent by the subject
 * @param own the subject's addresses: the one given, and others of the same network card
 * @param destinations sent to of its own accord, beyond its link
 * @param asked names that it had looked up
 * @param peers who began to speak to it
 * @param whole false if the file breaks off, or a bound was reached
 * @param overflow what was too many to remember; 0 if nothing
 */
public record Traffic(
    long packets,
    long fromSubject,
    Set<InetAddress> own,
    List<Destination> destinations,
    Set<String> asked,
    int peers,
    Instant first,
    Instant last,
    boolean whole,
    long overflow) {
  public Traffic {
    own = Set.copyOf(own);
    destinations = List.copyOf(destinations);
    asked = Collections.unmodifiableSet(new TreeSet<>(asked));
  }

  /**
   * Reads a capture, twice: whose addresses are whose, then what was sent.
   *
   * @param subject its address in the capture
   * @throws CaptureException if the file is no capture, or contradicts itself
   */
  public static Traffic of(Path capture, InetAddress subject) throws IOException, CaptureException {
    Cards cards = new Cards(subject);
    CaptureFile.read(capture, cards);
    Watch watch = new Watch(cards.own());
    Ending ending = CaptureFile.read(capture, watch);
    return watch.seen(ending == Ending.WHOLE);
  }

  /** From the first packet to the last. */
  public Duration window() {
    return Duration.between(first, last);
  }
}
