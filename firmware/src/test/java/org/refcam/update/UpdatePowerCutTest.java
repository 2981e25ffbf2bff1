// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.refcam.storage.PowerCut;
import org.refcam.storage.PowerCut.World;

/**
 * Must show 4: the power is cut before every step of a whole life of updates, on a PC with a
 * directory for each slot, on a board with U-Boot, its partitions and its environment, and on one
 * with UEFI and its variables.
 */
class UpdatePowerCutTest {
  private static final String GOOD = "0.2.0";
  private static final String NEXT = "0.3.0";
  private static final String BAD = "0.4.0";

  /** Never says whether it is healthy: the watchdog restarts it. */
  private static final String HANGS = "0.5.0";

  private static final String LATER = "9.0";
  private static final Map<String, Long> SECURITY =
      Map.of(Machine.BUILTIN_VERSION, 0L, GOOD, 3L, NEXT, 4L, BAD, 8L, HANGS, 8L, LATER, 9L);
  private static final int BLOCK = 4096;

  /** More than one buffer of the installer, so that its writes are several. */
  private static final int BLOCKS = 72;

  /** More boots than any recovery needs: three of a system that hangs, the one before, and back. */
  private static final int BOOTS_MAX = 8;

  @TempDir Path scratch;

  private final Random random = new Random(5);
  private final byte[] first = new byte[BLOCKS * BLOCK];
  private Bundles maker;

  /** What is cut off. */
  enum Kind {
    PC {
      @Override
      void factory(World world, byte[] rootfs) {}

      @Override
      Loader loader(World world) {
        return new PcLoader(world.root().resolve("slots"), world.storage());
      }
    },
    BOARD {
      @Override
      void factory(World world, byte[] rootfs) throws IOException {
        BoardLoader.factory(world.root(), Machine.BUILTIN_VERSION, rootfs);
      }

      @Override
      Loader loader(World world) {
        return new BoardLoader(world.root(), world.devices());
      }
    },
    UEFI {
      @Override
      void factory(World world, byte[] rootfs) throws IOException {
        UefiLoader.factory(world.root(), Machine.BUILTIN_VERSION, rootfs);
      }

      @Override
      Loader loader(World world) {
        return new UefiLoader(world.root(), world.devices(), world.storage());
      }
    };

    /** Puts there what the machine is sold with. */
    abstract void factory(World world, byte[] rootfs) throws IOException;

    abstract Loader loader(World world);
  }

  /** How a bundle comes to a camera and into a slot. */
  @FunctionalInterface
  private interface Way {
    void install(Updates updates) throws Exception;
  }

  /** An update of the scenario. */
  private record Step(String version, Way way) {}

  @BeforeEach
  void begin() throws Exception {
    maker = Bundles.create();
    random.nextBytes(first);
  }

  private static long security(String version) {
    return SECURITY.getOrDefault(version, 0L);
  }

  private Step brought(Kind kind, String version) throws IOException {
    byte[] rootfs = Machine.image(version);
    List<Bundles.Content> contents = new ArrayList<>();
    if (kind != Kind.PC) {
      byte[] boot = BoardLoader.bootImage(version, security(version), rootfs);
      contents.add(new Bundles.Content("boot", boot, Optional.empty()));
    }
    contents.add(new Bundles.Content("rootfs", rootfs, Optional.empty()));
    byte[] bundle = maker.bundle("generic", version, security(version), contents);
    return new Step(version, updates -> Machine.install(updates, bundle));
  }

  /** Fetched from a mirror: by difference where the running image has most of it. */
  private Step fetched(Kind kind, String version, byte[] content) throws IOException {
    Mirror mirror = mirror(kind, version, content);
    return new Step(
        version, updates -> fetch(updates, mirror, mirror.offer(version, security(version))));
  }

  private Mirror mirror(Kind kind, String version, byte[] content) throws IOException {
    TreeImage image = TreeImage.of(content, scratch.resolve("image"));
    List<Bundles.Content> contents = new ArrayList<>();
    Mirror mirror = new Mirror();
    mirror.image = image.bytes();
    if (kind != Kind.PC) {
      byte[] page = BoardLoader.bootImage(version, security(version), image.bytes());
      TreeImage boot = TreeImage.of(page, scratch.resolve("image"));
      mirror.boot = boot.bytes();
      contents.add(new Bundles.Content("boot", boot.bytes(), Optional.of(boot.root())));
    }
    contents.add(new Bundles.Content("rootfs", image.bytes(), Optional.of(image.root())));
    mirror.bundle = maker.bundle("generic", version, security(version), contents);
    return mirror;
  }

  private static void fetch(Updates updates, Mirror mirror, Offer offer) throws Exception {
    updates.fetch(mirror, offer, received -> {});
    updates.install();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("INV-UPD-4: a power cut at any step leaves a confirmed system to boot")
  void wholeLife_everyCut_bootsConfirmedAndGoesOn(Kind kind) throws Exception {
    List<Step> steps =
        List.of(brought(kind, GOOD), brought(kind, NEXT), brought(kind, BAD), brought(kind, HANGS));
    Step later = brought(kind, LATER);
    PowerCut.Tried tried =
        new PowerCut(scratch, kind == Kind.BOARD ? 3 : 1)
            .run(
                world -> kind.factory(world, first),
                world -> live(kind, world, steps),
                world -> recover(kind, world, later.way));
    print(kind, "whole bundles", tried);
    requireDocumented(kind, "whole bundles", tried);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("INV-UPD-4: the same while only what differs is fetched")
  void wholeLifeByDifference_everyCut_bootsConfirmedAndGoesOn(Kind kind) throws Exception {
    List<Step> steps =
        List.of(
            fetched(kind, GOOD, kind == Kind.PC ? first : changed(first)),
            fetched(kind, NEXT, changed(first)),
            fetched(kind, BAD, changed(first)));
    Mirror newest = mirror(kind, LATER, changed(first));
    Way later = updates -> takeOnlyWhatDiffers(kind, updates, newest);
    PowerCut.Tried tried =
        new PowerCut(scratch, 1)
            .run(
                world -> kind.factory(world, first),
                world -> live(kind, world, steps),
                world -> recover(kind, world, later));
    print(kind, "by difference", tried);
    requireDocumented(kind, "by difference", tried);
  }

  /** The figure is the document's: fewer points would be steps that the harness does not see. */
  private static void requireDocumented(Kind kind, String how, PowerCut.Tried tried)
      throws IOException {
    List<String> row =
        Files.readAllLines(Path.of("doc/update.md")).stream()
            .filter(line -> line.startsWith("| " + how + " |"))
            .flatMap(line -> Stream.of(line.split("\\|", -1)))
            .map(String::strip)
            .toList();
    assertThat(row).hasSize(6);
    assertThat(row.get(2 + kind.ordinal())).isEqualTo(Integer.toString(tried.stops()));
    assertThat(tried.disks()).isGreaterThan(tried.stops());
  }

  private static void print(Kind kind, String how, PowerCut.Tried tried) {
    System.out.println(
        "update, "
            + kind
            + ", "
            + how
            + ": power cut at "
            + tried.stops()
            + " points of download, install, switch, trial, confirm and counter; "
            + tried.disks()
            + " different disks, each booted a confirmed system or one on trial before it");
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
  private static void takeOnlyWhatDiffers(Kind kind, Updates updates, Mirror mirror)
      throws Exception {
    boolean hasImage =
        kind != Kind.PC || !updates.settings().version().equals(Machine.BUILTIN_VERSION);
    long before = mirror.sent.get();
    fetch(updates, mirror, mirror.offer(LATER, security(LATER)));
    long sent = mirror.sent.get() - before;
    if (hasImage) {
      assertThat(sent).isLessThan(mirror.bundle.length / 2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void confirming_cutAgainInRecovery_goesOn(Kind kind) throws Exception {
    List<Step> steps = List.of(brought(kind, GOOD));
    Step later = brought(kind, LATER);
    PowerCut.Tried tried =
        new PowerCut(scratch, 1)
            .runTwice(
                40,
                world -> kind.factory(world, first),
                world -> live(kind, world, steps),
                world -> recover(kind, world, later.way));
    print(kind, "and again during recovery", tried);
    assertThat(tried.stops()).isGreaterThan(150);
  }

  private Machine machine(Kind kind, World world) {
    return new Machine(world.root(), world.storage(), maker, kind.loader(world));
  }

  /** Installs one after the other; GOOD and NEXT prove healthy. */
  private void live(Kind kind, World world, List<Step> steps) throws Exception {
    Machine machine = machine(kind, world);
    for (Step step : steps) {
      step.way.install(machine.boot().updates());
      Machine.Boot settled = settle(world, machine);
      boolean takes = !step.version.equals(BAD) && !step.version.equals(HANGS);
      assertThat(settled.version().equals(step.version)).isEqualTo(takes);
      if (!takes) {
        world.note("failed " + step.version);
      }
    }
  }

  /** Boots until nothing of an update is under way. */
  private static Machine.Boot settle(World world, Machine machine) throws Exception {
    for (int i = 0; i < BOOTS_MAX; i++) {
      requirePromises(world, machine);
      Machine.Boot boot = machine.boot();
      if (boot.start() == Updates.Start.NORMAL) {
        return boot;
      }
      judge(world, boot);
    }
    throw new AssertionError("it does not settle within " + BOOTS_MAX + " boots");
  }

  private static void judge(World world, Machine.Boot boot) throws IOException {
    if (boot.start() != Updates.Start.TRIAL || boot.version().equals(HANGS)) {
      return;
    }
    if (boot.version().equals(BAD)) {
      boot.updates().unhealthy("capture");
    } else {
      boot.updates().healthy();
      world.note("confirmed " + boot.version());
    }
  }

  /**
   * What a loader may come to is whole and ends with a confirmed system; the counter is no higher
   * than a confirmed system's security version, and no lower than what was said to be confirmed.
   */
  private static void requirePromises(World world, Machine machine) throws Exception {
    SlotState state = machine.loader.state();
    long confirmed = 0;
    for (SlotName slot : state.order()) {
      assertThat(machine.loader.version(slot)).as("%s of %s", slot, state).isNotEmpty();
      if (!state.onTrial(slot)) {
        confirmed = Math.max(confirmed, machine.loader.securityVersion(slot));
      }
    }
    assertThat(state.proven()).as("%s", state).isPresent();
    assertThat(machine.counter().read())
        .as("%s", state)
        .isBetween(security(lastConfirmed(world)), confirmed);
  }

  private void recover(Kind kind, World world, Way later) throws Exception {
    Machine machine = machine(kind, world);
    String confirmed = lastConfirmed(world);
    Machine.Boot boot = settle(world, machine);
    assertThat(boot.version()).isNotIn(BAD, HANGS);
    assertThat(Version.compare(boot.version(), confirmed))
        .as("%s runs, %s was confirmed", boot.version(), confirmed)
        .isGreaterThanOrEqualTo(0);
    for (String version : List.of(BAD, HANGS)) {
      if (world.notes().contains("failed " + version)) {
        assertThat(boot.updates().record().failed()).extracting("version").contains(version);
      }
    }
    if (Version.isNewer(LATER, boot.version())) { // what settled takes another update
      later.install(boot.updates());
      requirePromises(world, machine);
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
