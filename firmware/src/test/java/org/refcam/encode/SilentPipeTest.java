// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.capture.Y4mSource;
import org.refcam.media.EndOfStreamException;

/** A real pipe whose writer says nothing for as long as it likes. */
class SilentPipeTest {
  private static final String HEADER = "YUV4MPEG2 W64 H48 F50:1\n";
  private static final String PICTURE = "FRAME\n" + "a".repeat(64 * 48 * 3 / 2);
  @TempDir Path directory;

  @Test
  void stop_endsARunThatWaitsForASilentPipe() throws Exception {
    Path pipe = pipe();
    try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw")) {
      writer.write(
          (HEADER + PICTURE + "FRAME\nhalf a picture").getBytes(StandardCharsets.US_ASCII));
      try (Y4mSource source = Y4mSource.open(new FileInputStream(pipe.toFile()), "pipe")) {
        CountDownLatch first = new CountDownLatch(1);
        VideoPipeline pipeline =
            new VideoPipeline(
                source,
                OpenH264Encoder::new,
                500_000,
                new PictureSettings(List.of(), false, ZoneOffset.UTC),
                new VideoPipeline.Sinks(unit -> first.countDown(), unit -> {}),
                Clock.systemUTC());
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> run(pipeline));
        assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.isDone()).isFalse();
        pipeline.stop();
        run.get(60, TimeUnit.SECONDS);
        assertThat(source.next(Duration.ZERO)).isEmpty();
      }
    }
  }

  @Test
  void opening_isInterruptedWhileThePipeHasNoHeader() throws Exception {
    Path pipe = pipe();
    try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw")) {
      writer.write('Y');
      Thread opening = Thread.currentThread();
      CompletableFuture.runAsync(
          opening::interrupt, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> Y4mSource.open(new FileInputStream(pipe.toFile()), "pipe"));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void run(VideoPipeline pipeline) {
    try {
      pipeline.run();
    } catch (IOException | EndOfStreamException e) {
      throw new AssertionError(e);
    }
  }

  private Path pipe() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }
}
