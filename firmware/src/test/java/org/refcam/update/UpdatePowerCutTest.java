// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.PowerCut;
import org.refcam.storage.PowerCut.World;

/** Must show 4: the power is cut before every step of a whole life of updates. */
class UpdatePowerCutTest {
  private static final String GOOD = "0.2.0";
  private static final String NEXT = "0.3.0";
  private static final String BAD = "0.4.0";
  private static final long BAD_SECURITY = 8;
  private static final String LATER = "9.0";

  @TempDir Path scratch;

  private final Bundles maker = maker();
  private final byte[] later = later(maker);

  private static Bundles maker() {
    try {
      return Bundles.create();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] later(Bundles maker) {
    try {
      return maker.bundle(LATER, 9, Machine.image(LATER));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("INV-UPD-4: a power cut at any step leaves a confirmed system to boot")
  void wholeLife_everyCut_bootsConfirmedAndGoesOn() throws Exception {
    byte[] good = maker.bundle(GOOD, 3, Machine.image(GOOD));
    byte[] next = maker.bundle(NEXT, 4, Machine.image(NEXT));
    byte[] bad = maker.bundle(BAD, BAD_SECURITY, Machine.image(BAD));
    PowerCut.Tried tried =
        new PowerCut(scratch, 1).run(world -> live(world, List.of(good, next, bad)), this::recover);
    System.out.println(
        "update: power cut at "
            + tried.stops()
            + " points of download, install, switch, confirm and counter; "
            + tried.disks()
            + " different disks, each booted a confirmed system");
    assertThat(tried.stops()).isGreaterThan(150);
    assertThat(tried.disks()).isGreaterThan(tried.stops());
  }

  @Test
  void confirming_cutAgainInRecovery_goesOn() throws Exception {
    byte[] good = maker.bundle(GOOD, 3, Machine.image(GOOD));
    PowerCut.Tried tried =
        new PowerCut(scratch, 1).runTwice(40, world -> live(world, List.of(good)), this::recover);
    System.out.println("update: and again during recovery, at " + tried.stops() + " points in all");
    assertThat(tried.stops()).isGreaterThan(150);
  }

  /** Installs one after the other; what is above the built-in and not BAD proves healthy. */
  private void live(World world, List<byte[]> bundles) throws Exception {
    Machine machine = new Machine(world.root(), world.storage(), maker);
    for (byte[] bundle : bundles) {
      Machine.Boot boot = machine.boot();
      Machine.install(boot.updates(), bundle);
      Machine.Boot trial = machine.boot();
      judge(world, trial);
      machine.boot();
    }
  }

  private static void judge(World world, Machine.Boot boot) throws IOException {
    if (boot.start() == Updates.Start.TRIAL) {
      if (boot.version().equals(BAD)) {
        boot.updates().unhealthy("capture");
        world.note("failed " + BAD);
      } else {
        boot.updates().healthy();
        world.note("confirmed " + boot.version());
      }
    }
  }

  private void recover(World world) throws Exception {
    Machine machine = new Machine(world.root(), world.storage(), maker);
    String confirmed = lastConfirmed(world);
    Machine.Boot boot = machine.boot();
    for (int i = 0; boot.start() != Updates.Start.NORMAL; i++) {
      assertThat(i).as("boots until it settles").isLessThan(6);
      judge(world, boot);
      boot = machine.boot();
    }
    assertThat(boot.version()).isNotEqualTo(BAD);
    assertThat(Version.compare(boot.version(), confirmed))
        .as("%s runs, %s was confirmed", boot.version(), confirmed)
        .isGreaterThanOrEqualTo(0);
    if (world.notes().contains("failed " + BAD)) {
      assertThat(boot.updates().record().failed()).extracting("version").contains(BAD);
    }
    assertThat(machine.counter().read()).isNotEqualTo(BAD_SECURITY);
    if (Version.isNewer(LATER, boot.version())) { // what settled takes another update
      Machine.install(boot.updates(), later);
      assertThat(machine.boot().version()).isEqualTo(LATER);
    }
  }

  private static String lastConfirmed(World world) {
    return world.notes().stream()
        .map(Object::toString)
        .filter(note -> note.startsWith("confirmed "))
        .map(note -> note.substring("confirmed ".length()))
        .reduce(Machine.BUILTIN_VERSION, (before, after) -> after);
  }
}
