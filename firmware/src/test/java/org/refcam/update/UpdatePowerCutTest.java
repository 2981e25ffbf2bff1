// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
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
  private static final int BLOCK = 4096;

  /** More than one buffer of the installer, so that its writes are several. */
  private static final int BLOCKS = 72;

  @TempDir Path scratch;

  private final Random random = new Random(5);
  private Bundles maker;

  /** How a bundle comes to a camera and into a slot. */
  @FunctionalInterface
  private interface Way {
    void install(Updates updates) throws Exception;
  }

  @BeforeEach
  void begin() throws Exception {
    maker = Bundles.create();
  }

  private Way brought(String version, long securityVersion) throws IOException {
    byte[] bundle = maker.bundle(version, securityVersion, Machine.image(version));
    return updates -> Machine.install(updates, bundle);
  }

  /** Fetched from a mirror: by difference where the running image has most of it. */
  private Way fetched(String version, long securityVersion, byte[] content) throws IOException {
    Mirror mirror = mirror(version, securityVersion, content);
    return updates -> fetch(updates, mirror, mirror.offer(version, securityVersion));
  }

  private Mirror mirror(String version, long securityVersion, byte[] content) throws IOException {
    TreeImage image = TreeImage.of(content, scratch.resolve("image"));
    Mirror mirror = new Mirror();
    mirror.image = image.bytes();
    mirror.bundle = maker.bundle(version, securityVersion, image.bytes(), image.root());
    return mirror;
  }

  private static void fetch(Updates updates, Mirror mirror, Offer offer) throws Exception {
    updates.fetch(mirror, offer, received -> {});
    updates.install();
  }

  @Test
  @DisplayName("INV-UPD-4: a power cut at any step leaves a confirmed system to boot")
  void wholeLife_everyCut_bootsConfirmedAndGoesOn() throws Exception {
    List<Way> ways = List.of(brought(GOOD, 3), brought(NEXT, 4), brought(BAD, BAD_SECURITY));
    Way later = brought(LATER, 9);
    PowerCut.Tried tried =
        new PowerCut(scratch, 1).run(world -> live(world, ways), world -> recover(world, later));
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
  @DisplayName("INV-UPD-4: the same while only what differs is fetched")
  void wholeLifeByDifference_everyCut_bootsConfirmedAndGoesOn() throws Exception {
    byte[] content = new byte[BLOCKS * BLOCK];
    random.nextBytes(content);
    List<Way> ways =
        List.of(
            fetched(GOOD, 3, content),
            fetched(NEXT, 4, changed(content)),
            fetched(BAD, BAD_SECURITY, changed(content)));
    Mirror newest = mirror(LATER, 9, changed(content));
    Way later = updates -> takeOnlyWhatDiffers(updates, newest);
    PowerCut.Tried tried =
        new PowerCut(scratch, 1).run(world -> live(world, ways), world -> recover(world, later));
    System.out.println(
        "update by difference: power cut at "
            + tried.stops()
            + " points of fetch, install, switch, confirm and counter; "
            + tried.disks()
            + " different disks, each booted a confirmed system");
    assertThat(tried.stops()).isGreaterThan(150);
    assertThat(tried.disks()).isGreaterThan(tried.stops());
  }

  /** Some blocks differ, some moved. */
  private byte[] changed(byte[] content) {
    byte[] changed = content.clone();
    for (int block = 3; block < BLOCKS; block += 12) {
      changed[block * BLOCK + random.nextInt(BLOCK)] ^= 1;
    }
    System.arraycopy(content, 20 * BLOCK, changed, 21 * BLOCK, 2 * BLOCK);
    return changed;
  }

  /** Whatever a cut left, the next update costs the differing blocks and no more. */
  private static void takeOnlyWhatDiffers(Updates updates, Mirror mirror) throws Exception {
    boolean installed = !updates.settings().version().equals(Machine.BUILTIN_VERSION);
    long before = mirror.sent.get();
    fetch(updates, mirror, mirror.offer(LATER, 9));
    long sent = mirror.sent.get() - before;
    if (installed) {
      assertThat(sent).isLessThan(mirror.bundle.length / 2);
    }
  }

  @Test
  void confirming_cutAgainInRecovery_goesOn() throws Exception {
    List<Way> ways = List.of(brought(GOOD, 3));
    Way later = brought(LATER, 9);
    PowerCut.Tried tried =
        new PowerCut(scratch, 1)
            .runTwice(40, world -> live(world, ways), world -> recover(world, later));
    System.out.println("update: and again during recovery, at " + tried.stops() + " points in all");
    assertThat(tried.stops()).isGreaterThan(150);
  }

  /** Installs one after the other; what is above the built-in and not BAD proves healthy. */
  private void live(World world, List<Way> ways) throws Exception {
    Machine machine = new Machine(world.root(), world.storage(), maker);
    for (Way way : ways) {
      Machine.Boot boot = machine.boot();
      way.install(boot.updates());
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

  private void recover(World world, Way later) throws Exception {
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
      later.install(boot.updates());
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
