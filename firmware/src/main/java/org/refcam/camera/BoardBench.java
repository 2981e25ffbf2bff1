// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.refcam.capture.SceneSource;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.KeyedAead;
import org.refcam.crypto.SecretBytes;
import org.refcam.encode.OpenH264Encoder;
import org.refcam.encode.PictureSettings;
import org.refcam.encode.VideoPipeline;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/** The parts of {@link BenchCommand}: each runs for some seconds on one thread. Stateless. */
final class BoardBench {
  /** 4 Mbit. */
  static final int STREAM_BYTES_PER_SECOND = 500_000;

  private static final int MAIN_BITS_PER_SECOND = 8 * STREAM_BYTES_PER_SECOND;
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;
  private static final int RATE = 30;
  private static final int CHUNK_BYTES = 64 * 1024;

  /**
   * @param picturesPerSecond of the main stream, which is at most {@value #RATE}
   * @param shareOfOneCore CPU time of the thread that captures and encodes, over the time that went
   */
  record Encoding(double picturesPerSecond, double shareOfOneCore) {}

  /** How long a second of footage takes to be durable. */
  record Medium(double medianMillis, double worstMillis) {}

  private BoardBench() {}

  /** The built-in scene through the pipeline as the camera has it, by OpenH264. */
  static Encoding encoding(int seconds, Clock clock) throws IOException {
    AtomicLong pictures = new AtomicLong();
    AtomicLong begin = new AtomicLong();
    AtomicLong cpu = new AtomicLong();
    long[] ends = new long[1];
    try (SceneSource scene = new SceneSource(WIDTH, HEIGHT, FrameRate.of(RATE))) {
      VideoPipeline[] pipeline = new VideoPipeline[1];
      VideoPipeline.Sinks sinks =
          new VideoPipeline.Sinks(
              unit -> {
                long now = System.nanoTime();
                if (pictures.getAndIncrement() == 0) { // the encoder is open and warm
                  begin.set(now);
                  cpu.set(ownCpuNanos());
                } else if (now - begin.get() >= seconds * 1_000_000_000L && ends[0] == 0) {
                  ends[0] = now;
                  cpu.set(ownCpuNanos() - cpu.get());
                  pipeline[0].stop();
                }
              },
              unit -> {});
      pipeline[0] =
          new VideoPipeline(
              scene,
              OpenH264Encoder::new,
              MAIN_BITS_PER_SECOND,
              new PictureSettings(List.of(), true, ZoneOffset.UTC),
              sinks,
              clock);
      pipeline[0].run();
    } catch (EndOfStreamException e) {
      throw new AssertionError("the scene does not end", e);
    }
    double took = (ends[0] - begin.get()) / 1e9;
    return new Encoding((pictures.get() - 1) / took, cpu.get() / 1e9 / took);
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Megabytes a second in chunks of 64 KiB, as the vault seals, after a second to warm up. */
  static double sealing(AeadAlgorithm algorithm, int seconds) {
    SecretBytes key = SecretBytes.random(KeyedAead.KEY_BYTES, new SecureRandom());
    try (key) {
      KeyedAead aead = new KeyedAead(algorithm, key);
      byte[] in = new byte[CHUNK_BYTES];
      byte[] out = new byte[CHUNK_BYTES + KeyedAead.TAG_BYTES];
      long number = seal(aead, 0, 1_000_000_000L, in, out);
      long begin = System.nanoTime();
      long last = seal(aead, number, seconds * 1_000_000_000L, in, out);
      return (last - number) * (double) CHUNK_BYTES * 1e3 / (System.nanoTime() - begin);
    }
  }

  /** Seals for a time, under nonces that count on. */
  private static long seal(KeyedAead aead, long first, long nanos, byte[] in, byte[] out) {
    long number = first;
    for (long begin = System.nanoTime(); System.nanoTime() - begin < nanos; number++) {
      byte[] nonce = ByteBuffer.allocate(KeyedAead.NONCE_BYTES).putLong(4, number).array();
      aead.seal(nonce, new byte[0], in, 0, in.length, out, 0);
    }
    return number;
  }

  /** Appends a second of footage and syncs, again and again, to a file that goes afterwards. */
  static Medium medium(Path data, int seconds) throws IOException {
    Files.createDirectories(data);
    Path file = Files.createTempDirectory(data, "bench").resolve("file");
    byte[] footage = new byte[STREAM_BYTES_PER_SECOND];
    new SecureRandom().nextBytes(footage);
    double[] millis = new double[Math.max(5, 2 * seconds)];
    try (AppendFile out = Storage.disk().create(file)) {
      for (int i = 0; i < millis.length; i++) {
        long begin = System.nanoTime();
        out.write(footage);
        out.sync();
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(Storage.parent(file));
    }
    Arrays.sort(millis);
    return new Medium(millis[millis.length / 2], millis[millis.length - 1]);
  }
}
