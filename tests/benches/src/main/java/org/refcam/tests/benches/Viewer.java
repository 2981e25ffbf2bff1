// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.refcam.tests.harness.RtspClient;
import org.refcam.tests.harness.RtspClient.Packet;

/**
 * One viewer of the load: drains its connection on a thread of its own, counts pictures, and looks
 * at the clock when a picture's last packet is in its hands.
 *
 * <p>When the picture was taken follows from its RTP timestamp and the last sender report (RFC
 * 3550, 6.4.1), server and viewer sharing one clock. So the delay includes the viewer's own waking
 * up.
 */
final class Viewer implements AutoCloseable {
  private static final int SENDER_REPORT = 200;
  private static final long NTP_EPOCH_OFFSET_SECONDS = 2_208_988_800L;

  private final RtspClient client;
  private final Thread thread;
  private volatile @Nullable Delays delays;
  private volatile int frames;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;
  private long reportMicros = Long.MIN_VALUE;
  private int reportTimestamp;

  Viewer(RtspClient client, int number) {
    this.client = client;
    thread = new Thread(this::drain, "viewer-" + number);
    thread.setDaemon(true);
    thread.start();
  }

  /** Pictures so far. */
  int frames() {
    return frames;
  }

  /** Why the connection ended, if it did. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Writes each picture's delay there from now on; null stops it. */
  void record(@Nullable Delays into) {
    delays = into;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    client.close();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes
  private void drain() {
    try {
      while (!closed) {
        Packet packet = client.readPacket();
        if (packet.endsAccessUnit()) {
          frames++;
          Delays into = delays;
          if (into != null && reportMicros != Long.MIN_VALUE) {
            into.add(nowMicros() - takenMicros(ByteBuffer.wrap(packet.bytes()).getInt(4)));
          }
        } else if (packet.channel() == 1) {
          learn(ByteBuffer.wrap(packet.bytes()));
        }
      }
    } catch (IOException e) {
      failure = closed ? null : e;
    }
  }

  private void learn(ByteBuffer report) {
    if (report.remaining() >= 20 && (report.get(1) & 0xFF) == SENDER_REPORT) {
      long seconds = (report.getInt(8) & 0xFFFF_FFFFL) - NTP_EPOCH_OFFSET_SECONDS;
      long fraction = (report.getInt(12) & 0xFFFF_FFFFL) * 1_000_000 >> 32;
      reportMicros = seconds * 1_000_000 + fraction;
      reportTimestamp = report.getInt(16);
    }
  }

  private long takenMicros(int timestamp) {
    return reportMicros + (timestamp - reportTimestamp) * 100L / 9;
  }

  private static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
