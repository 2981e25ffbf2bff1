// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.SealedFile;
import org.refcam.remote.StoreException.Reason;

class RemoteCopyTest {
  private static final RemoteSettings TO = RemoteSettingsTest.s3("host", "place");
  @TempDir Path directory;
  private final List<String> shelf = new ArrayList<>();
  private final Map<String, String> stored = new TreeMap<>();
  private final List<String> recipients = new ArrayList<>();
  private @Nullable IOException broken;
  private RemoteCopy copy;

  @BeforeEach
  void open() throws IOException {
    copy = another();
    copy.settings(TO);
  }

  /** As after a restart: only the ledger's file is left. */
  private RemoteCopy another() throws IOException {
    SecretBytes key = SecretBytes.copyOf(new byte[32]);
    SealedFile file = new SealedFile(directory.resolve("ledger.sealed"), key, "remote/ledger");
    return new RemoteCopy(
        () -> List.copyOf(shelf), this::seal, s -> new Memory(), file, Clock.systemUTC());
  }

  private SealedClip seal(String clip, String recipient) throws IOException {
    recipients.add(recipient);
    if (clip.startsWith("damaged")) {
      throw new IOException("tag mismatch");
    }
    byte[] bytes = ("sealed " + clip).getBytes(StandardCharsets.US_ASCII);
    return new SealedClip() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void write(OutputStream out, long from, long to) throws IOException {
        out.write(bytes, (int) from, (int) (to - from));
      }
    };
  }

  private final class Memory implements ObjectStore {
    @Override
    public void put(String name, SealedClip content) throws IOException {
      fail();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.write(out, 0, content.length());
      stored.put(name, out.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void delete(String name) throws IOException {
      fail();
      stored.remove(name);
    }

    @Override
    public void probe() throws IOException {
      fail();
    }

    @Override
    public void close() {}

    private void fail() throws IOException {
      if (broken != null) {
        throw broken;
      }
    }
  }

  @Test
  @DisplayName("INV-REMOTE-1 the store gets the sealed bytes under a random name, and nothing else")
  void step_clips_storedSealedOldestFirst() throws IOException {
    shelf.addAll(List.of("aa", "bb"));
    assertThat(copy.step()).isTrue();
    assertThat(stored).containsExactly(Map.entry("aa.mp4.age", "sealed aa"));
    assertThat(copy.step()).isTrue();
    assertThat(copy.step()).isFalse();
    assertThat(stored).containsOnlyKeys("aa.mp4.age", "bb.mp4.age");
    assertThat(recipients).containsOnly(RemoteSettingsTest.RECIPIENT);
    assertThat(copy.state().copied()).isEqualTo(2);
    assertThat(copy.state().waiting()).isZero();
    assertThat(copy.state().lastSuccess()).isPresent();
  }

  @Test
  void step_off_doesNothing() throws IOException {
    shelf.add("aa");
    copy.settings(RemoteSettings.OFF);
    assertThat(copy.step()).isFalse();
    assertThat(stored).isEmpty();
  }

  @Test
  void step_clipErasedHere_deletedThere() throws IOException {
    shelf.addAll(List.of("aa", "bb"));
    copyAll();
    shelf.remove("aa");
    copyAll();
    assertThat(stored).containsOnlyKeys("bb.mp4.age");
    shelf.clear();
    broken = new IOException("down");
    assertThatThrownBy(copy::step).isSameAs(broken);
    broken = null;
    RemoteCopy restarted = another();
    restarted.settings(TO);
    assertThat(restarted.step()).isTrue();
    assertThat(stored).isEmpty();
  }

  @Test
  void step_restarted_goesOnWhereItWas() throws IOException {
    shelf.addAll(List.of("aa", "bb", "cc"));
    copy.step();
    stored.clear();
    RemoteCopy restarted = another();
    restarted.settings(TO);
    while (restarted.step()) {
      assertThat(stored.size()).isLessThan(10);
    }
    assertThat(stored).containsOnlyKeys("bb.mp4.age", "cc.mp4.age");
  }

  @Test
  void step_storeRefuses_triedAgainAndStateSays() throws IOException {
    shelf.add("aa");
    broken = new StoreException(Reason.FULL, "full");
    assertThatThrownBy(copy::step).isSameAs(broken);
    assertThat(copy.state().copied()).isZero();
    assertThat(copy.state().waiting()).isEqualTo(1);
    broken = null;
    copyAll();
    assertThat(stored).containsOnlyKeys("aa.mp4.age");
  }

  @Test
  void step_damagedClip_doesNotHoldUpTheRest() throws IOException {
    shelf.addAll(List.of("damaged1", "bb"));
    copyAll();
    assertThat(stored).containsOnlyKeys("bb.mp4.age");
    assertThat(copy.state().skipped()).isEqualTo(1);
  }

  @Test
  void step_otherPlace_everythingAgainAndNothingDeletedThere() throws IOException {
    shelf.addAll(List.of("aa", "bb"));
    copyAll();
    copy.settings(RemoteSettingsTest.s3("elsewhere", "place"));
    shelf.remove("aa");
    stored.clear();
    copyAll();
    assertThat(stored).containsOnlyKeys("bb.mp4.age");
  }

  private void copyAll() throws IOException {
    for (int i = 0; i < 10 && copy.step(); i++) {
      assertThat(copy.state().enabled()).isTrue();
    }
  }
}
