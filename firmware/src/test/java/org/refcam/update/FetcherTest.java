// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.Storage;
import org.refcam.tuf.TargetFile;
import org.refcam.update.UpdateException.Reason;

class FetcherTest {
  private static final URI PLACE = URI.create("http://mirror.test/x.swu");

  @TempDir Path disk;

  private final byte[] content = content();
  private final List<Long> asked = new ArrayList<>();

  private static byte[] content() {
    byte[] bytes = new byte[3 * Incoming.SYNC_BYTES + 12_345];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private TargetFile target() throws Exception {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return new TargetFile("x.swu", content.length, Map.of("sha256", hash));
  }

  /** A mirror that breaks off after so many bytes of each answer. */
  private UpdateWeb mirror(byte[] bytes, int breaksAfter, boolean ranges) {
    return (uri, from) -> {
      asked.add(from);
      int begin = ranges ? (int) from : 0;
      InputStream body = new ByteArrayInputStream(bytes, begin, bytes.length - begin);
      return new UpdateWeb.Answer(
          ranges && from > 0 ? 206 : 200, begin, new Breaking(body, breaksAfter));
    };
  }

  private static final class Breaking extends java.io.FilterInputStream {
    private int left;

    Breaking(InputStream in, int left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new IOException("connection reset");
      }
      int n = super.read(bytes, offset, Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }
  }

  private Path fetch(UpdateWeb web) throws Exception {
    Incoming incoming = new Incoming(disk, Storage.disk());
    return new Fetcher(web, incoming, Clock.systemUTC(), n -> {}).fetch(PLACE, target(), "x");
  }

  @Test
  void fetch_brokenOff_goesOnByRange() throws Exception {
    Path file = fetch(mirror(content, 5 << 20, true));
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
    assertThat(asked).containsExactly(0L, 4L << 20, 8L << 20);
  }

  @Test
  void fetch_afterRestart_goesOnAtTheLastSync() throws Exception {
    assertThatThrownBy(
            () ->
                fetch(
                    (uri, from) -> {
                      if (!asked.isEmpty()) {
                        throw new IOException("no route");
                      }
                      return mirror(content, 9 << 20, true).get(uri, from);
                    }))
        .isInstanceOf(IOException.class);
    asked.clear();
    fetch(mirror(content, Integer.MAX_VALUE, true));
    assertThat(asked).containsExactly(8L << 20);
  }

  @Test
  void fetch_mirrorWithoutRanges_beginsAnew() throws Exception {
    UpdateWeb first = mirror(content, 5 << 20, false);
    UpdateWeb then = mirror(content, Integer.MAX_VALUE, false);
    Path file = fetch((uri, from) -> (asked.isEmpty() ? first : then).get(uri, from));
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  @DisplayName("INV-UPD-2: no other bytes than the listed are handed on")
  void fetch_otherOrMoreBytes_refusedAndDeleted() {
    byte[] other = content.clone();
    other[content.length - 1] ^= 1;
    byte[] more = java.util.Arrays.copyOf(content, content.length + 1);
    for (byte[] wrong : List.of(other, more)) {
      assertThatThrownBy(() -> fetch(mirror(wrong, Integer.MAX_VALUE, true)))
          .isInstanceOfSatisfying(
              UpdateException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_BYTES));
      assertThat(disk).isEmptyDirectory();
    }
  }

  @Test
  void fetch_answersError_isTriedAFewTimes() {
    assertThatThrownBy(
            () ->
                fetch(
                    (uri, from) -> {
                      asked.add(from);
                      return new UpdateWeb.Answer(503, 0, InputStream.nullInputStream());
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503");
    assertThat(asked).hasSize(4);
  }
}
