// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.SecretBytes;
import org.refcam.media.AccessUnit;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/**
 * What the vault costs, beside peers measured in the same run: {@code main [--quick] [DIR]}. Peers
 * that are not installed are left out and named.
 */
public final class VaultBench {
  private static final int CHUNK = ChunkCipher.LARGEST_PLAINTEXT;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final boolean quick;

  private VaultBench(Path directory, boolean quick) {
    this.directory = directory;
    this.quick = quick;
  }

  /** Prints one line per figure: name, value and unit with tabs between. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean quick = words.remove("--quick");
    Path parent = Path.of(words.isEmpty() ? System.getProperty("java.io.tmpdir") : words.get(0));
    Path directory = Files.createTempDirectory(parent, "vault-bench");
    try {
      new VaultBench(directory, quick).run();
    } finally {
      remove(directory);
    }
  }

  private void run() throws Exception {
    figure("java", Runtime.version().feature(), "");
    AeadAlgorithm algorithm = AeadAlgorithm.fastest();
    figure("first second after start, cold", sealFor(1, algorithm), "MB/s");
    figure("chunks in a warm-up of 0.5 s", warmUp(algorithm), "");
    for (AeadAlgorithm each : AeadAlgorithm.values()) {
      sealing(each);
    }
    writing();
    seeking();
    index();
  }

  private static double warmUp(AeadAlgorithm algorithm) {
    return VaultWarmUp.run(algorithm, RANDOM, Duration.ofMillis(500));
  }

  private void sealing(AeadAlgorithm algorithm) throws Exception {
    int seconds = quick ? 1 : 3;
    sealFor(seconds, algorithm);
    String cipher = algorithm == AeadAlgorithm.AES_256_GCM ? "aes-256-gcm" : "chacha20-poly1305";
    double best = 0;
    double peer = 0;
    for (int round = 0; round < 3; round++) { // in turns, so that both meet the same neighbours
      best = Math.max(best, sealFor(seconds, algorithm));
      peer = Math.max(peer, opensslSpeed(cipher, seconds));
    }
    figure("sealing, " + cipher + ", 64 KiB chunks", best, "MB/s");
    figure("openssl speed -evp " + cipher, peer, "MB/s");
    figure("ratio, wanted 0.8 or more", peer == 0 ? 0 : best / peer, "");
  }

  /** CPU time, not wall: the machine may be shared. */
  private static double sealFor(double seconds, AeadAlgorithm algorithm) {
    var threads = ManagementFactory.getThreadMXBean();
    byte[] plaintext = new byte[CHUNK];
    byte[] out = new byte[CHUNK + ChunkCipher.OVERHEAD_BYTES];
    long chunks = 0;
    try (SecretBytes key = SecretBytes.random(32, RANDOM)) {
      ChunkCipher cipher = new ChunkCipher(algorithm, key);
      long begin = threads.getCurrentThreadCpuTime();
      long end = begin + (long) (seconds * 1e9);
      long now = begin;
      while (now < end) {
        for (int i = 0; i < 8; i++) {
          cipher.seal(ChunkCipher.WRITER, chunks++, 0, plaintext, 0, CHUNK, out, 0);
        }
        now = threads.getCurrentThreadCpuTime();
      }
      return chunks * (double) CHUNK / (now - begin) * 1e3;
    }
  }

  private static double opensslSpeed(String cipher, int seconds) throws Exception {
    for (String line :
        output(
            "openssl",
            "speed",
            "-evp",
            cipher,
            "-bytes",
            "65536",
            "-seconds",
            Integer.toString(seconds),
            "-mr")) {
      if (line.startsWith("+F:")) {
        return Double.parseDouble(line.substring(line.lastIndexOf(':') + 1)) / 1e6;
      }
    }
    return 0;
  }

  /** Best of three, in turns, so that all meet the same neighbours and the same disk. */
  private void writing() throws Exception {
    int megabytes = quick ? 64 : 512;
    Path plain = directory.resolve("plain");
    byte[] block = new byte[1_000_000];
    new Random(1).nextBytes(block);
    try (AppendFile file = Storage.disk().create(plain)) {
      for (int i = 0; i < megabytes; i++) {
        file.write(block);
      }
    }
    recordingRate(megabytes, new OneSync()); // compiles what recording needs
    double once = 0;
    double eachSecond = 0;
    double age = 0;
    double gocryptfs = 0;
    for (int round = 0; round < 3; round++) {
      once = Math.max(once, recordingRate(megabytes, new OneSync()));
      eachSecond = Math.max(eachSecond, recordingRate(megabytes, Storage.disk()));
      age = Math.max(age, peerRate("age", megabytes, this::age, plain));
      gocryptfs = Math.max(gocryptfs, peerRate("gocryptfs", megabytes, this::gocryptfs, plain));
    }
    figure("recording " + megabytes + " MB, one sync at the end", once, "MB/s");
    figure("the same, a sync per second of video", eachSecond, "MB/s");
    peer("age", once, age);
    peer("gocryptfs", once, gocryptfs);
    Files.delete(plain);
  }

  /** Records seconds of 4 MB as fast as they are taken. */
  private double recordingRate(int megabytes, Storage storage) throws Exception {
    Footage footage = new Footage(25, 25, 1_000_000, 125_000);
    Path vaultDirectory = directory.resolve("writing-" + storage.getClass().getSimpleName());
    List<byte[]> second = IntStream.range(0, 25).mapToObj(i -> bytes(footage.picture(i))).toList();
    long begin;
    long bytes = 0;
    try (Vault vault = VaultFixture.open(vaultDirectory, new MemorySlot(), storage);
        ClipWriter writer = vault.startClip(footage.clipStart("main", 0))) {
      begin = System.nanoTime();
      for (int i = 0; bytes < megabytes * 1_000_000L; i++) {
        byte[] annexB = second.get(i % 25);
        int[] offsets = {4};
        int[] lengths = {annexB.length - 4};
        writer.append(new AccessUnit(annexB, offsets, lengths, footage.time(i), i, footage.idr(i)));
        bytes += annexB.length;
      }
      writer.finish();
      if (storage instanceof OneSync) {
        syncAll(vaultDirectory);
      }
    }
    double rate = bytes / 1e3 / ((System.nanoTime() - begin) / 1e6);
    remove(vaultDirectory);
    return rate;
  }

  private static byte[] bytes(AccessUnit unit) {
    byte[] annexB = new byte[unit.size()];
    unit.annexB().get(annexB);
    return annexB;
  }

  private static void syncAll(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private interface Copy {
    long nanos(Path plain) throws Exception;
  }

  private static double peerRate(String name, int megabytes, Copy copy, Path plain) {
    try {
      return megabytes / (copy.nanos(plain) / 1e9);
    } catch (Exception e) {
      System.out.println(name + ": not measured: " + e.getMessage());
      return 0;
    }
  }

  private static void peer(String name, double mine, double rate) {
    if (rate > 0) {
      figure(name + ", the same bytes", rate, "MB/s");
      figure("ratio to " + name, mine / rate, "");
    }
  }

  private long age(Path plain) throws Exception {
    Path key = directory.resolve("age.key");
    if (!Files.exists(key)) {
      output("age-keygen", "-o", key.toString());
    }
    String recipient =
        Files.readAllLines(key).stream()
            .filter(line -> line.contains("public key: "))
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .findFirst()
            .orElseThrow();
    Path sealed = directory.resolve("plain.age");
    long begin = System.nanoTime();
    output("age", "-r", recipient, "-o", sealed.toString(), plain.toString());
    output("sync", sealed.toString());
    long nanos = System.nanoTime() - begin;
    Files.delete(sealed);
    return nanos;
  }

  private long gocryptfs(Path plain) throws Exception {
    Path cipher = Files.createTempDirectory(directory, "cipher");
    Path mount = Files.createTempDirectory(directory, "mount");
    Path password = Files.writeString(directory.resolve("password"), "bench");
    output("gocryptfs", "-q", "-init", "-passfile", password.toString(), cipher.toString());
    output(
        "gocryptfs", "-q", "-passfile", password.toString(), cipher.toString(), mount.toString());
    try {
      long begin = System.nanoTime();
      output("cp", plain.toString(), mount.resolve("copy").toString());
      output("sync", mount.resolve("copy").toString());
      return System.nanoTime() - begin;
    } finally {
      output("fusermount", "-u", mount.toString());
      remove(cipher);
    }
  }

  /** A day of one picture a second in clips of ten minutes, made without waiting for the disk. */
  private void seeking() throws Exception {
    int clips = quick ? 12 : 144;
    Footage footage = new Footage(1, 1, 4_000, 4_000);
    MemorySlot slot = new MemorySlot();
    Path day = directory.resolve("day");
    try (Vault vault = VaultFixture.open(day, slot, new Hasty())) {
      for (int clip = 0; clip < clips; clip++) {
        VaultFixture.record(vault, footage, "main", clip * 600, clip * 600 + 600);
      }
    }
    seeks(footage, day, slot, "cold", onePerClip(clips, new Random(2)));
    seeks(footage, day, slot, "warm", anywhere(clips, new Random(3)));
  }

  /** Each clip once, in any order, so that none was read before. */
  private static int[] onePerClip(int clips, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, clips).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(clip -> clip * 600 + random.nextInt(600)).toArray();
  }

  private static int[] anywhere(int clips, Random random) {
    return random.ints(200, 0, clips * 600).toArray();
  }

  /** Cold: the kernel let go of every file of the vault before. */
  private static void seeks(Footage footage, Path day, MemorySlot slot, String name, int[] seconds)
      throws Exception {
    if (name.equals("cold")) {
      output(
          "find",
          day.toString(),
          "-type",
          "f",
          "-exec",
          "dd",
          "of={}",
          "oflag=nocache",
          "conv=notrunc,fdatasync",
          "count=0",
          "status=none",
          ";");
    }
    long begin = System.nanoTime();
    try (Vault vault = VaultFixture.open(day, slot)) {
      figure("opening the vault, " + name, (System.nanoTime() - begin) / 1e6, "ms");
      double[] millis = new double[seconds.length];
      for (int i = 0; i < millis.length; i++) {
        millis[i] = seek(vault, footage, seconds[i]);
      }
      figure("first seek, " + name, millis[0], "ms");
      Arrays.sort(millis);
      figure(
          millis.length + " seeks to a random picture, " + name + ", median",
          millis[millis.length / 2],
          "ms");
      figure("the same, 99 of 100, wanted 50 or less", millis[millis.length * 99 / 100], "ms");
    }
  }

  private static double seek(Vault vault, Footage footage, int second) throws IOException {
    long start = System.nanoTime();
    var at = footage.wallTime(second);
    ClipInfo clip = vault.timeline("main", at, at.plusNanos(1000)).clips().get(0);
    try (ClipReader reader = vault.read(clip.id())) {
      reader.seek(at);
      if (reader.next().orElseThrow().unit().sequence() != second) {
        throw new AssertionError("the wrong picture");
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** Thirty days of two streams in clips of ten minutes, and a thousand events a day. */
  private void index() throws IOException {
    int clips = quick ? 864 : 8640;
    System.gc();
    long heap = heap();
    long resident = resident();
    long begin = System.nanoTime();
    byte[] snapshot;
    try (Index index = Index.empty()) {
      Footage footage = Footage.small();
      for (int i = 0; i < clips; i++) {
        var start = footage.wallTime(i * 2400);
        ClipInfo clip =
            new ClipInfo(
                ClipId.random(RANDOM),
                i % 2 == 0 ? "main" : "sub",
                Trigger.CONTINUOUS,
                start,
                start.plusSeconds(600),
                300_000_000,
                15_000,
                ClipState.FINISHED,
                false,
                true);
        index.put(
            clip,
            List.of(
                new ClipEvent("motion", start, start.plusSeconds(9), "front door"),
                new ClipEvent("motion", start.plusSeconds(60), start.plusSeconds(70), ""),
                new ClipEvent("motion", start.plusSeconds(90), start.plusSeconds(99), "")));
      }
      snapshot = index.snapshot();
      figure("index of " + clips + " clips: filling", (System.nanoTime() - begin) / 1e6, "ms");
      System.gc();
      figure("its growth of resident memory", (resident() - resident) / 1e6, "MB");
      figure("of that, heap", (heap() - heap) / 1e6, "MB");
    }
    figure("its snapshot", snapshot.length / 1e6, "MB");
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void figure(String name, double value, String unit) {
    System.out.println(String.format(Locale.ROOT, "%s\t%.2f\t%s", name, value, unit));
  }

  private static List<String> output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed: " + lines);
    }
    return lines;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The real disk without syncs, to lay out a day in seconds. */
  private static class Hasty implements Storage {
    @Override
    public AppendFile create(Path file) throws IOException {
      return new HastyFile(Storage.disk().create(file));
    }

    @Override
    public AppendFile append(Path file) throws IOException {
      return new HastyFile(Storage.disk().append(file));
    }

    @Override
    public void makeDirectory(Path path) throws IOException {
      Storage.disk().makeDirectory(path);
    }

    @Override
    public void writeSynced(Path file, byte[] bytes) throws IOException {
      Storage.disk().writeSynced(file, bytes);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      Storage.disk().rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      Storage.disk().delete(file);
    }

    @Override
    public void syncDirectory(Path path) {
      // hasty
    }
  }

  /** As {@link Hasty}; who uses it syncs once at the end, as the peers do. */
  private static final class OneSync extends Hasty {}

  private record HastyFile(AppendFile file) implements AppendFile {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
    }

    @Override
    public void truncate(long length) throws IOException {
      file.truncate(length);
    }

    @Override
    public void sync() {
      // hasty
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
