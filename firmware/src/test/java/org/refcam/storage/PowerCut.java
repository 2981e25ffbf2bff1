// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.KeySlot;

/**
 * Cuts the power at every step of a scenario in turn. The scenario runs once against the real disk
 * while each of its steps is recorded; then, for every number of steps done, every disk that a cut
 * there could leave is laid out in a directory of its own and the recovery runs on it. See {@link
 * RecordedDisk} for what survives.
 */
public final class PowerCut {

  /** A scenario, or a recovery that throws if something is lost that must not be. */
  @FunctionalInterface
  public interface Act {
    void play(World world) throws Exception;
  }

  /** One step that was recorded. */
  record Change(String what, Consumer<RecordedDisk> onDisk) {}

  /**
   * What was tried.
   *
   * @param stops steps before which the power was cut, and the end
   * @param disks different disks on which recovery ran
   * @param seeds random layouts tried at each stop
   */
  public record Tried(int stops, int disks, int seeds) {}

  /** The disk, the key slots, and what the scenario has noted as promised. */
  public static final class World {
    private final Path root;
    private final Storage storage;
    private final BlockDevices devices;
    private final Consumer<Change> record;
    private final Map<String, byte[]> slots;
    private final List<Object> notes;

    World(Path root, Map<String, byte[]> slots, List<Object> notes, Consumer<Change> record) {
      this.root = root;
      this.slots = slots;
      this.notes = notes;
      this.record = record;
      this.storage = new RecordingStorage(root, record);
      this.devices = new RecordingDevices(root, record);
    }

    /** The directory that is the disk. */
    public Path root() {
      return root;
    }

    public Storage storage() {
      return storage;
    }

    /** Partitions: files of the disk that are written in place. */
    public BlockDevices devices() {
      return devices;
    }

    /** Says that something was promised to the owner from here on, such as a picture's number. */
    public void note(Object promise) {
      notes.add(promise);
      record.accept(new Change("note " + promise, disk -> {}));
    }

    /** What had been promised when the power went, in order. */
    public List<Object> notes() {
      return List.copyOf(notes);
    }

    /** A key slot whose writes are steps: whole or not at all. */
    public KeySlot slot(String name) {
      return new SimulatedSlot(name);
    }

    private final class SimulatedSlot implements KeySlot {
      private final String name;

      SimulatedSlot(String name) {
        this.name = name;
      }

      @Override
      public Optional<SecretBytes> read() {
        return Optional.ofNullable(slots.get(name)).map(SecretBytes::copyOf);
      }

      @Override
      public void write(SecretBytes secret) {
        slots.put(name, secret.exposeSecretBytes());
        record.accept(new Change("slot " + name + " written", disk -> {}));
      }

      @Override
      public void destroy() {
        slots.remove(name);
        record.accept(new Change("slot " + name + " destroyed", disk -> {}));
      }

      @Override
      public AssuranceLevel assuranceLevel() {
        return AssuranceLevel.OVERWRITTEN_FILE;
      }
    }
  }

  private record Moment(
      String what, Consumer<RecordedDisk> onDisk, Map<String, byte[]> slots, int notes) {}

  private final Path scratch;
  private final int seeds;
  private int disks;
  private int stops;

  /**
   * @param scratch an empty directory
   * @param seeds random layouts at each stop, beside the four fixed ones
   */
  public PowerCut(Path scratch, int seeds) {
    this.scratch = scratch;
    this.seeds = seeds;
  }

  /** Cuts at every step of the scenario and lets the recovery check each disk. */
  public Tried run(Act scenario, Act recovery) throws Exception {
    return run(world -> {}, scenario, recovery);
  }

  /**
   * As {@link #run(Act, Act)}, on a disk that is not empty.
   *
   * @param factory what was durably there before
   */
  public Tried run(Act factory, Act scenario, Act recovery) throws Exception {
    stops = 0;
    disks = 0;
    Path run = Files.createDirectory(scratch.resolve("run"));
    factory.play(new World(run, new HashMap<>(), new ArrayList<>(), change -> {}));
    Recording recording = new Recording(run, Map.of(), List.of());
    recording.play(scenario);
    forEveryDisk(recording, world -> recovery.play(world));
    remove(run);
    return new Tried(stops, disks, seeds);
  }

  /**
   * As {@link #run}, and cuts the power again at every step of the recovery (everything written or
   * one random layout) of every {@code nth} disk.
   */
  public Tried runTwice(int nth, Act scenario, Act recovery) throws Exception {
    return runTwice(nth, world -> {}, scenario, recovery);
  }

  /** As {@link #runTwice(int, Act, Act)}, on a disk that is not empty. */
  public Tried runTwice(int nth, Act factory, Act scenario, Act recovery) throws Exception {
    PowerCut inner = new PowerCut(Files.createDirectory(scratch.resolve("again")), 1);
    int[] count = new int[1];
    Tried outer =
        run(
            factory,
            scenario,
            world -> {
              if (count[0]++ % nth != 0) {
                recovery.play(world);
                return;
              }
              Recording second = new Recording(world.root, world.slots, world.notes);
              second.play(recovery);
              inner.forEveryDisk(second, recovery);
            });
    return new Tried(outer.stops + inner.stops, outer.disks + inner.disks, seeds);
  }

  private static final class Recording {
    final RecordedDisk start;
    final List<Moment> moments = new ArrayList<>();
    final List<Object> notes;
    final Map<String, byte[]> slots;
    private final Path root;

    Recording(Path root, Map<String, byte[]> slots, List<Object> notes) throws IOException {
      this.root = root;
      this.start = RecordedDisk.of(root);
      this.slots = new HashMap<>(slots);
      this.notes = new ArrayList<>(notes);
      moments.add(new Moment("begin", disk -> {}, Map.copyOf(slots), notes.size()));
    }

    void play(Act act) throws Exception {
      act.play(new World(root, slots, notes, this::record));
    }

    private synchronized void record(Change change) {
      moments.add(new Moment(change.what(), change.onDisk(), new HashMap<>(slots), notes.size()));
    }
  }

  private void forEveryDisk(Recording recording, Act recovery) throws Exception {
    RecordedDisk disk = recording.start;
    for (int stop = 0; stop < recording.moments.size(); stop++) {
      Moment moment = recording.moments.get(stop);
      moment.onDisk.accept(disk);
      stops++;
      Set<String> seen = new HashSet<>();
      for (RecordedDisk.Survives how : RecordedDisk.Survives.values()) {
        int layouts = how == RecordedDisk.Survives.RANDOM ? seeds : 1;
        for (int seed = 0; seed < layouts; seed++) {
          Map<String, byte[]> laidOut = disk.layOut(how, new Random(31L * stop + seed));
          if (seen.add(digest(laidOut))) {
            recover(recording, moment, laidOut, recovery, stop + " " + how + " seed " + seed);
          }
        }
      }
    }
  }

  private void recover(
      Recording recording, Moment moment, Map<String, byte[]> laidOut, Act recovery, String label)
      throws Exception {
    disks++;
    Path root = Files.createDirectory(scratch.resolve("disk" + disks));
    for (Map.Entry<String, byte[]> entry : new TreeMap<>(laidOut).entrySet()) {
      Path path = root.resolve(entry.getKey());
      if (entry.getKey().endsWith("/")) {
        Files.createDirectories(path);
      } else {
        Files.write(path, entry.getValue());
      }
    }
    List<Object> promised = new ArrayList<>(recording.notes.subList(0, moment.notes));
    try {
      recovery.play(new World(root, new HashMap<>(moment.slots), promised, change -> {}));
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "power cut after step " + label + " (" + moment.what + "), disk " + laidOut.keySet(), e);
    }
    remove(root);
  }

  private static String digest(Map<String, byte[]> laidOut) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    laidOut.forEach(
        (name, bytes) -> {
          sha.update((name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
          sha.update(bytes);
        });
    return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), 16));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
