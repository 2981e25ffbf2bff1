// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.refcam.storage.Storage;
import org.refcam.update.ByteRange;
import org.refcam.update.DirectorySlots;
import org.refcam.update.Offer;
import org.refcam.update.SecurityCounter;
import org.refcam.update.SlotName;
import org.refcam.update.Trust;
import org.refcam.update.UpdateSettings;
import org.refcam.update.UpdateWeb;
import org.refcam.update.Updates;

/**
 * A camera's update in a process of its own, which prints what it cost: {@code KEYS WORK BUNDLE}
 * installs a bundle that lies there, the first line for the first time in the process, the last one
 * for the third; {@code KEYS WORK REPO} then fetches the next by what differs.
 */
final class UpdateInstall {
  private static final int REPEATS = 2;

  private UpdateInstall() {}

  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[1]);
    Trust trust = new Trust(work.resolve("trust"), Storage.disk());
    trust.install(Path.of(arguments[0]));
    Path source = Path.of(arguments[2]);
    if (Files.isDirectory(source)) {
      delta(work, trust, source);
    } else {
      whole(work, trust, source);
      for (int again = 0; again < REPEATS; again++) {
        Path other = Files.createDirectories(work.resolve("again" + again));
        whole(other, trust, source);
        delete(other);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void whole(Path work, Trust trust, Path bundle) throws Exception {
    Updates updates = updates(work, trust, SlotName.BUILTIN, "0.1.0", Optional.empty());
    updates.resume();
    try (InputStream in = Files.newInputStream(bundle)) {
      updates.bring(in, n -> {});
    }
    Meter meter = new Meter();
    updates.install();
    meter.print(0);
    Updates trial = updates(work, trust, SlotName.A, "1.0.0", Optional.empty());
    trial.resume();
    trial.healthy();
  }

  private static void delta(Path work, Trust trust, Path repo) throws Exception {
    Site site = new Site(repo);
    URI base = URI.create("https://repository.example/");
    Updates updates = updates(work, trust, SlotName.A, "1.0.0", Optional.of(base));
    updates.resume();
    Offer offer = updates.check(site).orElseThrow(() -> new IOException("nothing is offered"));
    site.sent = 0;
    Meter meter = new Meter();
    updates.fetch(site, offer, n -> {});
    updates.install();
    meter.print(site.sent);
  }

  private static Updates updates(
      Path work, Trust trust, SlotName running, String version, Optional<URI> repository)
      throws IOException {
    return new Updates(
        new UpdateSettings(work, repository, "stable", "generic", "1.0", version, "bench"),
        new DirectorySlots(work.resolve("slots"), Storage.disk(), running, 0),
        new NoCounter(),
        trust,
        Storage.disk(),
        Clock.systemUTC(),
        (kind, of, detail) -> {});
  }

  /** What a stretch of work costs. */
  private static final class Meter {
    private final long cpu = cpuNanos();
    private final long wall = System.nanoTime();
    private final long resident;

    Meter() throws IOException {
      System.gc();
      resident = status("VmRSS");
    }

    private static long cpuNanos() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    private static long status(String field) throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(field + ":")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
      throw new IOException("no " + field);
    }

    void print(long fetched) throws IOException {
      double cpuSeconds = (cpuNanos() - cpu) / 1e9;
      double wallSeconds = (System.nanoTime() - wall) / 1e9;
      long extra = Math.max(0, status("VmHWM") - resident);
      System.out.println(new InstallCost(cpuSeconds, wallSeconds, extra, fetched).line());
    }
  }

  /** Counts nothing: a bench confirms whatever works. */
  private static final class NoCounter implements SecurityCounter {
    @Override
    public long read() {
      return 0;
    }

    @Override
    public void raise(long securityVersion) {}
  }

  /** A web server's files, with ranges, and how many bytes it would have sent. */
  private static final class Site implements UpdateWeb {
    private final Path root;
    long sent;

    Site(Path root) {
      this.root = root;
    }

    private Path file(URI uri) {
      return root.resolve(uri.getPath().substring(1));
    }

    @Override
    public Answer get(URI uri, long from) throws IOException {
      if (!Files.isRegularFile(file(uri))) {
        return new Answer(404, 0, InputStream.nullInputStream());
      }
      FileChannel channel = FileChannel.open(file(uri));
      channel.position(from);
      sent += channel.size() - from;
      return new Answer(from == 0 ? 200 : 206, from, Channels.newInputStream(channel));
    }

    @Override
    public Ranges ranges(URI uri, List<ByteRange> wanted) throws IOException {
      java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
      try (FileChannel channel = FileChannel.open(file(uri))) {
        for (ByteRange range : wanted) {
          String head =
              "\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes "
                  + range.from()
                  + "-"
                  + (range.until() - 1)
                  + "/"
                  + channel.size()
                  + "\r\n\r\n";
          out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
          ByteBuffer bytes = ByteBuffer.allocate((int) (range.until() - range.from()));
          while (bytes.hasRemaining()
              && channel.read(bytes, range.from() + bytes.position()) >= 0) {}
          out.writeBytes(bytes.array());
        }
      }
      out.writeBytes("\r\n--B--\r\n".getBytes(StandardCharsets.US_ASCII));
      sent += out.size();
      return new Ranges(
          206,
          "multipart/byteranges; boundary=B",
          "",
          new java.io.ByteArrayInputStream(out.toByteArray()));
    }
  }
}
