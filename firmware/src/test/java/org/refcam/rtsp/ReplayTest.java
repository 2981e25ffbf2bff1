// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.storage.FileWrites;
import org.refcam.storage.Storage;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipStart;
import org.refcam.vault.ClipWriter;
import org.refcam.vault.Trigger;
import org.refcam.vault.Vault;
import org.refcam.vault.VaultSettings;

/** Replay of a vault with three clips: 08:00:00 to :04, :04 to :08, and 08:01:00 to :04. */
@NullUnmarked // made before each test
class ReplayTest {
  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
  private static final int FRAMES_PER_SECOND = 4;
  private static final String RTP = "RTP/AVP/TCP;unicast;interleaved=0-1";

  @TempDir Path data;
  private final AtomicBoolean allowed = new AtomicBoolean(true);
  private final List<ClipId> clips = new ArrayList<>();
  private Vault vault;
  private Rig rig;
  private Rig.Client client;

  /** What the first packet of a picture says. */
  private record Picture(Instant taken, int flags, int cseq, long timestamp) {
    boolean clean() {
      return (flags & 0x80) != 0;
    }

    boolean endOfSection() {
      return (flags & 0x40) != 0;
    }

    boolean jump() {
      return (flags & 0x20) != 0;
    }

    boolean last() {
      return (flags & 0x10) != 0;
    }
  }

  @BeforeEach
  void open() throws Exception {
    SecureRandom random = new SecureRandom();
    KeyHierarchy keys =
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(data, random), data, FileWrites.disk(), random);
    vault =
        Vault.open(
            data.resolve("vault"),
            keys.recordings(),
            Storage.disk(),
            random,
            VaultSettings.of("RC-TEST-1"));
    record(0);
    record(4);
    record(60);
    rig = new Rig();
    rig.desk =
        Optional.of(
            new ReplayDesk(
                new Replays() {
                  @Override
                  public Optional<Vault> vault() {
                    return Optional.of(vault);
                  }

                  @Override
                  public boolean allowed(String name) {
                    return allowed.get();
                  }

                  @Override
                  public Duration sessionTimeout() {
                    return Duration.ofSeconds(30);
                  }
                }));
    client = rig.client(false);
  }

  @AfterEach
  void close() {
    client.close();
    rig.close();
    vault.close();
  }

  private void record(int second) throws IOException {
    MediaTime begin = new MediaTime(second * 1_000_000_000L);
    ClipStart start =
        new ClipStart(
            "main",
            Trigger.CONTINUOUS,
            START.plusSeconds(second),
            begin,
            FrameRate.of(FRAMES_PER_SECOND));
    try (ClipWriter writer = vault.startClip(start)) {
      for (int i = 0; i < 4 * FRAMES_PER_SECOND; i++) {
        MediaTime time = begin.plus(Duration.ofMillis(1_000L * i / FRAMES_PER_SECOND));
        writer.append(Rig.picture(i % FRAMES_PER_SECOND == 0, time, i));
      }
      clips.add(writer.finish().orElseThrow().id());
    }
  }

  /** An answer that is looked up off the loop. */
  private String ask(String method, String... headers) throws InterruptedException {
    return askAt("/replay/main", method, headers);
  }

  private String askAt(String path, String method, String... headers) throws InterruptedException {
    String all = client.request(method, path, headers);
    if (!all.isEmpty()) {
      return all;
    }
    for (byte[] part = take(); ; part = take()) {
      if (part[0] == 'R') {
        return new String(part, StandardCharsets.US_ASCII);
      }
    }
  }

  private byte[] take() throws InterruptedException {
    byte[] part = client.received.poll(20, TimeUnit.SECONDS);
    assertThat(part).as("nothing came").isNotNull();
    return part;
  }

  private void setUp() throws InterruptedException {
    assertThat(ask("DESCRIBE")).contains("a=x-onvif-track:video");
    assertThat(ask("SETUP", "Transport: " + RTP)).startsWith("RTSP/1.0 200");
  }

  /** Plays to the end, which RTCP's BYE tells. */
  private List<Picture> play(String... headers) throws InterruptedException {
    String answer = ask("PLAY", headers);
    assertThat(answer).startsWith("RTSP/1.0 200");
    return pictures();
  }

  private List<Picture> pictures() throws InterruptedException {
    List<Picture> found = new ArrayList<>();
    for (byte[] part = take(); ; part = take()) {
      if (part[0] == 'R') {
        continue; // the answer, which was read already
      }
      ByteBuffer in = ByteBuffer.wrap(part);
      while (in.hasRemaining()) {
        assertThat(in.get()).isEqualTo((byte) '$');
        int channel = in.get();
        ByteBuffer packet = in.slice(in.position() + 2, in.getShort() & 0xFFFF);
        in.position(in.position() + packet.remaining());
        if (channel == 1) {
          assertThat(packet.get(1) & 0xFF).isEqualTo(203);
          return found;
        }
        if ((packet.get(0) & 0x10) != 0) {
          found.add(picture(packet));
        }
      }
    }
  }

  private static Picture picture(ByteBuffer packet) {
    assertThat(packet.getShort(12) & 0xFFFF).isEqualTo(0xABAC);
    assertThat(packet.getShort(14)).isEqualTo((short) 3);
    long seconds = (packet.getInt(16) & 0xFFFF_FFFFL) - 2_208_988_800L;
    long nanos = (packet.getInt(20) & 0xFFFF_FFFFL) * 1_000_000_000L >>> 32;
    Instant taken = Instant.ofEpochSecond(seconds, nanos + 500_000);
    assertThat(packet.getShort(26)).isZero();
    return new Picture(
        taken.truncatedTo(ChronoUnit.MILLIS),
        packet.get(24) & 0xFF,
        packet.get(25) & 0xFF,
        packet.getInt(4) & 0xFFFF_FFFFL);
  }

  private static List<Double> seconds(List<Picture> pictures) {
    return pictures.stream()
        .map(p -> Duration.between(START, p.taken()).toMillis() / 1000.0)
        .toList();
  }

  @Test
  void describe_saysTimesAndTrack() throws Exception {
    assertThat(ask("DESCRIBE", "Require: onvif-replay"))
        .startsWith("RTSP/1.0 200")
        .contains("a=range:clock=20261125T080000.000Z-20261125T080104.000Z")
        .contains("sprop-parameter-sets=")
        .contains("m=video 0 RTP/AVP 96");
  }

  @Test
  void play_withoutRateControl_sendsAllWithItsTimes() throws Exception {
    setUp();
    List<Picture> all =
        play(
            "Require: onvif-replay",
            "Range: clock=20261125T080000.000Z-",
            "Rate-Control: no",
            "Immediate: yes");
    assertThat(all).hasSize(48);
    assertThat(seconds(all).subList(30, 34)).containsExactly(7.5, 7.75, 60.0, 60.25);
    assertThat(all.stream().filter(Picture::clean)).hasSize(12);
    assertThat(all.get(0).jump()).isTrue();
    assertThat(all.get(1).jump()).isFalse();
    assertThat(all.get(15).endOfSection()).as("the clips meet").isFalse();
    assertThat(all.get(31).endOfSection()).as("nothing for a minute").isTrue();
    assertThat(all.stream().filter(Picture::endOfSection)).hasSize(2);
    assertThat(all.stream().filter(Picture::last)).containsExactly(all.get(47));
    assertThat(all).extracting(Picture::cseq).containsOnly(1);
    assertThat(all.get(1).timestamp() - all.get(0).timestamp() & 0xFFFF_FFFFL).isEqualTo(22_500);
  }

  @Test
  void play_fromTheMiddle_beginsAtTheKeyFrameBefore() throws Exception {
    setUp();
    List<Picture> some =
        play("Range: clock=20261125T080002.600Z-20261125T080003.500Z", "Rate-Control: no");
    assertThat(seconds(some)).containsExactly(2.0, 2.25, 2.5, 2.75, 3.0, 3.25, 3.5);
    assertThat(some.get(0).clean()).isTrue();
    assertThat(some.get(6).last()).isTrue();
  }

  @Test
  void play_intra_sendsKeyFramesOnly() throws Exception {
    setUp();
    List<Picture> some =
        play("Range: clock=20261125T080000Z-20261125T080010Z", "Rate-Control: no", "Frames: intra");
    assertThat(seconds(some)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
    assertThat(some).allMatch(Picture::jump).allMatch(Picture::clean);
    List<Picture> fewer =
        play(
            "Range: clock=20261125T080000Z-20261125T080010Z",
            "Rate-Control: no",
            "Frames: intra/3000");
    assertThat(seconds(fewer)).containsExactly(0.0, 3.0, 6.0);
  }

  @Test
  void play_backwards_sendsDecodableRuns() throws Exception {
    setUp();
    List<Picture> some =
        play(
            "Range: clock=20261125T080100.600Z-20261125T080006Z",
            "Rate-Control: no",
            "Scale: -1.0");
    assertThat(seconds(some))
        .containsExactly(60.0, 60.25, 60.5, 7.0, 7.25, 7.5, 7.75, 6.0, 6.25, 6.5, 6.75);
    assertThat(some.get(3).jump()).isTrue();
    assertThat(some.get(2).endOfSection()).as("before the gap is crossed").isTrue();
    assertThat(some.get(6).endOfSection()).isFalse();
    assertThat(some.get(10).last()).isTrue();
  }

  @Test
  void play_backwardsIntra_isEvery() throws Exception {
    setUp();
    List<Picture> some =
        play(
            "Range: clock=20261125T080102Z-20261125T080004Z",
            "Rate-Control: no",
            "Scale: -1.0",
            "Frames: intra");
    assertThat(seconds(some)).containsExactly(62.0, 61.0, 60.0, 7.0, 6.0, 5.0, 4.0);
  }

  @Test
  void play_rateControl_pacesByScale() throws Exception {
    setUp();
    long begin = System.nanoTime();
    List<Picture> some =
        play("Range: clock=20261125T080004Z-20261125T080008Z", "Scale: 8.0", "Rate-Control: yes");
    assertThat(some).hasSize(16);
    assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(400).toNanos());
    assertThat(some.get(1).timestamp() - some.get(0).timestamp() & 0xFFFF_FFFFL)
        .isBetween(2_800L, 2_813L);
  }

  @Test
  void pause_thenPlay_goesOnWhereItWas() throws Exception {
    setUp();
    ask("PLAY", "Range: clock=20261125T080001Z-");
    while (take()[0] != '$') {
      // the answer, which was read already
    }
    assertThat(ask("PAUSE")).startsWith("RTSP/1.0 200");
    client.received.clear();
    List<Picture> rest = play("Rate-Control: no");
    assertThat(seconds(rest).get(0)).isBetween(1.0, 3.0);
    assertThat(seconds(rest).get(rest.size() - 1)).isEqualTo(63.75);
  }

  @Test
  void pause_afterTheEnd_isNoError() throws Exception {
    setUp();
    assertThat(ask("PAUSE")).as("before any PLAY").startsWith("RTSP/1.0 455");
    play("Rate-Control: no");
    assertThat(ask("PAUSE")).startsWith("RTSP/1.0 200");
  }

  @Test
  void play_whilePlaying_goesElsewhereAtOnce() throws Exception {
    setUp();
    ask("PLAY", "Range: clock=20261125T080000Z-");
    String answer = ask("PLAY", "Range: clock=20261125T080102Z-", "Rate-Control: no");
    assertThat(answer).contains("Range: clock=20261125T080102.000Z-");
    List<Picture> rest = pictures();
    assertThat(seconds(rest)).endsWith(63.5, 63.75).contains(62.0).doesNotContain(30.0);
  }

  @Test
  void erasedClip_isLeftOut() throws Exception {
    setUp();
    vault.erase(List.of(clips.get(1)));
    List<Picture> rest = play("Rate-Control: no");
    assertThat(rest).hasSize(32);
    assertThat(seconds(rest)).doesNotContain(4.0, 7.75);
    assertThat(rest.get(15).endOfSection()).isTrue();
  }

  @Test
  @DisplayName("INV-RTSP-4 no byte of a recording that does not authenticate is sent")
  void tamperedClip_isLeftOut() throws Exception {
    setUp();
    try (Stream<Path> files = Files.walk(data.resolve("vault"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 60_000 && file.toString().contains(clips.get(1).toString())) {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
    List<Picture> rest = play("Rate-Control: no");
    assertThat(rest).hasSizeBetween(32, 44);
    assertThat(seconds(rest)).contains(0.0, 60.0, 63.75);
  }

  @Test
  @DisplayName("INV-RTSP-4 a role that may not play recordings is refused at every step")
  void notAllowed_isRefused() throws Exception {
    allowed.set(false);
    for (String method : List.of("DESCRIBE", "SETUP", "PLAY")) {
      assertThat(ask(method, "Transport: " + RTP)).startsWith("RTSP/1.0 403");
    }
  }

  @Test
  @DisplayName("INV-RTSP-4 a connection that is not encrypted has no recordings")
  void withoutDesk_isNotFound() {
    rig.desk = Optional.empty();
    try (Rig.Client plain = rig.client(false)) {
      assertThat(plain.request("DESCRIBE", "/replay/main")).startsWith("RTSP/1.0 404");
      assertThat(plain.request("DESCRIBE", "/replay/main", "Require: onvif-replay"))
          .startsWith("RTSP/1.0 551");
    }
  }

  @Test
  void badRequests_areRefused() throws Exception {
    assertThat(ask("PLAY")).startsWith("RTSP/1.0 454");
    setUp();
    assertThat(ask("PLAY", "Range: smpte=0-")).startsWith("RTSP/1.0 457");
    assertThat(ask("PLAY", "Range: clock=20261325T080000Z-")).startsWith("RTSP/1.0 457");
    assertThat(ask("PLAY", "Scale: 0")).startsWith("RTSP/1.0 400");
    assertThat(ask("PLAY", "Rate-Control: maybe")).startsWith("RTSP/1.0 400");
    assertThat(ask("PLAY", "Frames: some")).startsWith("RTSP/1.0 400");
    assertThat(ask("DESCRIBE", "Require: explode")).startsWith("RTSP/1.0 551");
    assertThat(ask("SETUP", "Transport: " + RTP)).startsWith("RTSP/1.0 459");
    assertThat(askAt("/replay/other", "DESCRIBE")).startsWith("RTSP/1.0 404");
  }

  @Test
  void sessions_areBounded() throws Exception {
    List<Rig.Client> many = new ArrayList<>();
    for (int i = 0; i < ReplayDesk.MOST_SESSIONS; i++) {
      Rig.Client one = rig.client(false);
      many.add(one);
      assertThat(one.request("SETUP", "/replay/main", "Transport: " + RTP))
          .startsWith("RTSP/1.0 200");
    }
    assertThat(ask("SETUP", "Transport: " + RTP)).startsWith("RTSP/1.0 453");
    many.get(0).close();
    assertThat(ask("SETUP", "Transport: " + RTP)).startsWith("RTSP/1.0 200");
    many.forEach(Rig.Client::close);
  }
}
