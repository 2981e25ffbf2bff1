// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.refcam.crypto.Sha256;
import org.refcam.tuf.TargetFile;
import org.refcam.update.UpdateRecord.Candidate;

/** A mirror: a bundle and its images, and how it answers to ranges. */
final class Mirror implements UpdateWeb {
  private static final String HOST = "https://mirror.example.vn/";

  byte[] bundle = {};
  byte[] image = {};

  /** Of a board's bundle; empty if it has none. */
  byte[] boot = {};

  boolean several = true;
  boolean ranges = true;
  final AtomicLong sent = new AtomicLong();

  @Override
  public Answer get(URI uri, long from) {
    byte[] file = file(uri);
    sent.addAndGet(file.length - from);
    byte[] rest = Arrays.copyOfRange(file, (int) from, file.length);
    return new Answer(from == 0 ? 200 : 206, from, new ByteArrayInputStream(rest));
  }

  @Override
  public Ranges ranges(URI uri, List<ByteRange> wanted) {
    byte[] file = file(uri);
    if (!ranges) {
      return new Ranges(200, "", "", new ByteArrayInputStream(file));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<ByteRange> served = several ? wanted : wanted.subList(0, 1);
    for (ByteRange range : served) {
      if (served.size() > 1) {
        text(
            out,
            "\r\n--B\r\nContent-Type: x/y\r\nContent-Range: " + where(range, file) + "\r\n\r\n");
      }
      out.write(file, (int) range.from(), (int) (range.until() - range.from()));
    }
    if (served.size() > 1) {
      text(out, "\r\n--B--\r\n");
    }
    sent.addAndGet(out.size());
    return new Ranges(
        206,
        served.size() > 1 ? "multipart/byteranges; boundary=B" : "x/y",
        served.size() > 1 ? "" : where(served.get(0), file),
        new ByteArrayInputStream(out.toByteArray()));
  }

  private byte[] file(URI uri) {
    if (uri.getPath().endsWith(".swu")) {
      return bundle;
    }
    return uri.getPath().endsWith("boot.img") ? boot : image;
  }

  private static String where(ByteRange range, byte[] file) {
    return "bytes " + range.from() + "-" + (range.until() - 1) + "/" + file.length;
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What a repository would offer of this mirror's bundle. */
  Offer offer(String version, long securityVersion) {
    String sha256 = Sha256.hex(bundle);
    Candidate candidate =
        new Candidate(
            sha256,
            bundle.length,
            Optional.empty(),
            version,
            securityVersion,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    return new Offer(
        candidate,
        new TargetFile("a.swu", bundle.length, Map.of("sha256", sha256)),
        URI.create(HOST + "a.swu"),
        boot.length == 0
            ? Map.of("rootfs", URI.create(HOST + "a.rootfs.img"))
            : Map.of(
                "rootfs",
                URI.create(HOST + "a.rootfs.img"),
                "boot",
                URI.create(HOST + "a.boot.img")));
  }
}
