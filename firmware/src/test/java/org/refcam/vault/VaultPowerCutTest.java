// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.PowerCut;

/**
 * The power is cut at every step of recording, holding, erasing and reopening; {@code
 * -Drefcam.powercut.seeds=N} tries more random disks at each.
 */
class VaultPowerCutTest {
  private static final int SEEDS = Integer.getInteger("refcam.powercut.seeds", 2);
  private static final int FRAGMENT = 4;

  private record Durable(ClipId clip, int from, int to) {}

  private record Erasing(Set<ClipId> clips) {}

  private record Erased(Set<ClipId> clips) {}

  private record Held(ClipId clip) {}

  private static final Footage FOOTAGE = Footage.small();

  @TempDir Path scratch;

  private static Vault open(PowerCut.World world) throws IOException {
    return VaultFixture.open(world.root().resolve("vault"), world.slot("vault"), world.storage());
  }

  /** Records, and notes after each picture what the vault says is durable. */
  private static void record(PowerCut.World world, Vault vault, ClipWriter writer, int from, int to)
      throws IOException {
    int durable = 0;
    for (int i = from; i < to; i++) {
      writer.append(FOOTAGE.picture(i));
      int now = vault.find(writer.id()).map(ClipInfo::pictures).orElse(0);
      if (now > durable) {
        durable = now;
        world.note(new Durable(writer.id(), from, from + now));
      }
    }
  }

  private static ClipId clip(PowerCut.World world, Vault vault, String stream, int from, int to)
      throws IOException {
    try (ClipWriter writer = vault.startClip(FOOTAGE.clipStart(stream, from))) {
      record(world, vault, writer, from, to);
      writer.event(new ClipEvent("motion", FOOTAGE.wallTime(from), FOOTAGE.wallTime(from + 1), ""));
      writer.thumbnail(new byte[] {1, 2, 3});
      writer.finish();
      world.note(new Durable(writer.id(), from, to));
      return writer.id();
    }
  }

  private static void erase(PowerCut.World world, Vault vault, Set<ClipId> clips)
      throws IOException {
    world.note(new Erasing(clips));
    vault.erase(clips);
    world.note(new Erased(clips));
  }

  /** Two sessions, the first of which ends without closing anything. */
  private static void live(PowerCut.World world) throws IOException {
    Vault first = open(world);
    ClipId a = clip(world, first, "main", 0, 10);
    final ClipId b = clip(world, first, "main", 12, 18);
    first.hold(b, true);
    world.note(new Held(b));
    ClipId c = clip(world, first, "main", 20, 26);
    erase(world, first, Set.of(a, c));
    clip(world, first, "sub", 20, 26);
    record(world, first, first.startClip(FOOTAGE.clipStart("main", 28)), 28, 37);
    try (Vault second = open(world)) {
      ClipId d = clip(world, second, "main", 40, 46);
      erase(world, second, Set.of(d));
    }
  }

  @Test
  @DisplayName(
      "INV-VAULT-2 power cut at every step: all but the last fragment is there, all agrees")
  void powerCut_everyStep_losesTheLastFragmentAtMost() throws Exception {
    int[] lost = new int[1];
    PowerCut.Tried tried =
        new PowerCut(scratch, SEEDS).run(VaultPowerCutTest::live, world -> check(world, lost));
    System.out.println(
        "vault, power cut: " + tried + ", pictures lost beyond the last fragment: " + lost[0]);
    assertThat(tried.stops()).isGreaterThan(100);
    assertThat(lost[0]).isZero();
  }

  @Test
  @DisplayName("INV-VAULT-2 and again at every step of the recovery")
  void powerCut_duringRecovery_comesToTheSame() throws Exception {
    int[] lost = new int[1];
    PowerCut.Tried tried =
        new PowerCut(scratch, 1)
            .runTwice(12, VaultPowerCutTest::recordAndErase, world -> check(world, lost));
    System.out.println("vault, power cut in recovery: " + tried + ", lost: " + lost[0]);
    assertThat(lost[0]).isZero();
  }

  private static void recordAndErase(PowerCut.World world) throws IOException {
    Vault vault = open(world);
    ClipId a = clip(world, vault, "main", 0, 6);
    record(world, vault, vault.startClip(FOOTAGE.clipStart("main", 8)), 8, 17);
    erase(world, vault, Set.of(a));
  }

  /** What was promised, by clip. */
  private static final class Promises {
    final Map<String, Durable> durable = new TreeMap<>();
    final Set<ClipId> erased = new HashSet<>();
    final Set<ClipId> perhapsErased = new HashSet<>();
    final Set<ClipId> held = new HashSet<>();

    Promises(List<Object> notes) {
      for (Object note : notes) {
        if (note instanceof Durable d) {
          durable.put(d.clip().toString(), d);
        } else if (note instanceof Erased e) {
          erased.addAll(e.clips());
        } else if (note instanceof Erasing e) {
          perhapsErased.addAll(e.clips());
        } else if (note instanceof Held h) {
          held.add(h.clip());
        }
      }
    }
  }

  private static void check(PowerCut.World world, int[] lost) throws IOException {
    Promises promises = new Promises(world.notes());
    Path directory = world.root().resolve("vault");
    try (Vault vault = open(world)) {
      for (Durable durable : promises.durable.values()) {
        if (!promises.perhapsErased.contains(durable.clip())) {
          lost[0] += missing(vault, durable);
        }
      }
      for (ClipId erased : promises.erased) {
        assertThat(vault.find(erased)).isEmpty();
        assertThat(directory.resolve(erased.toString())).doesNotExist();
      }
      for (ClipId held : promises.held) {
        assertThat(vault.find(held).orElseThrow().held()).isTrue();
      }
      agree(vault, directory);
      ClipId more = VaultFixture.record(vault, FOOTAGE, "more", 0, 6);
      assertThat(VaultFixture.pictures(vault, more, FOOTAGE)).isEqualTo(VaultFixture.range(0, 6));
    }
  }

  private static int missing(Vault vault, Durable durable) throws IOException {
    if (vault.find(durable.clip()).isEmpty()) {
      return durable.to() - durable.from();
    }
    List<Integer> there = VaultFixture.pictures(vault, durable.clip(), FOOTAGE);
    assertThat(there).isEqualTo(VaultFixture.range(durable.from(), durable.from() + there.size()));
    assertThat(there.size()).isLessThanOrEqualTo(durable.to() - durable.from() + FRAGMENT);
    return Math.max(0, durable.to() - durable.from() - there.size());
  }

  private static void agree(Vault vault, Path directory) throws IOException {
    assertThat(vault.verify()).isEmpty();
    Map<String, Long> files = Ledger.segments(directory);
    for (String stream : vault.streams()) {
      for (ClipInfo clip :
          vault.timeline(stream, FOOTAGE.wallTime(-9), FOOTAGE.wallTime(99)).clips()) {
        assertThat(files.remove(clip.id().toString())).isEqualTo(clip.bytes());
        assertThat(VaultFixture.pictures(vault, clip.id(), FOOTAGE)).hasSize(clip.pictures());
        assertThat(clip.state()).isIn(ClipState.FINISHED, ClipState.RECOVERED);
      }
    }
    assertThat(files).isEmpty();
    assertThat(directory).isDirectoryNotContaining(file -> Files.isDirectory(file));
  }
}
