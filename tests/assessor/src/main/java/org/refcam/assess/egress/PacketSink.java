// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.nio.ByteBuffer;

/** Takes packets one by one. */
@FunctionalInterface
interface PacketSink {
  /**
   * One packet.
   *
   * @param micros since 1970; 0 where the file has no time
   * @param link type, as the tcpdump group numbers them
   * @param bytes what was captured, big endian, from position 0; the sink may move in it and must
   *     not keep it
   * @param wireLength how long the packet was before it was cut
   */
  void packet(long micros, int link, ByteBuffer bytes, int wireLength) throws CaptureException;
}
