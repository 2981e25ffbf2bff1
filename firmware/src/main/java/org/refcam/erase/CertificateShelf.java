// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.refcam.storage.FileWrites;

/**
 * Certificates of whole-device erasures: {@code DIR/erase/certificates/ID.json}, in the clear. They
 * name the device, a role and a time, no person and nothing that was recorded, and so they outlive
 * every erase. The newest {@value #MOST} are kept. Guarded by its monitor.
 */
public final class CertificateShelf {
  /** As many as are kept. */
  public static final int MOST = 20;

  private static final String ENDING = ".json";

  private final Path directory;
  private final FileWrites writes;

  public CertificateShelf(Path dataDirectory, FileWrites writes) {
    this.directory = EraseLayout.certificates(dataDirectory);
    this.writes = writes;
  }

  /** All that verify, newest first. */
  public synchronized List<StoredCertificate> list() throws IOException {
    List<StoredCertificate> found = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      String id = name.substring(0, name.length() - ENDING.length());
      StoredCertificate one = new StoredCertificate(id, Files.readAllBytes(file));
      if (sequence(one) > 0) {
        found.add(one);
      }
    }
    found.sort(Comparator.comparingLong(CertificateShelf::sequence).reversed());
    return found;
  }

  public synchronized Optional<StoredCertificate> find(String id) throws IOException {
    return EraseIntent.isId(id)
        ? list().stream().filter(one -> one.id().equals(id)).findFirst()
        : Optional.empty();
  }

  /** The number that the next erasure of this device has. */
  synchronized long nextSequence() throws IOException {
    return list().stream().findFirst().map(CertificateShelf::sequence).orElse(0L) + 1;
  }

  /** Durable when it returns. */
  synchronized void add(StoredCertificate certificate) throws IOException {
    writes.makeDirectory(directory);
    Path parent = directory.getParent();
    if (parent != null) {
      writes.syncDirectory(parent);
    }
    writes.replace(directory.resolve(certificate.id() + ENDING), certificate.json());
  }

  /** Lets the oldest go that are too many. */
  synchronized void trim() throws IOException {
    List<StoredCertificate> all = list();
    for (StoredCertificate old : all.subList(Math.min(MOST, all.size()), all.size())) {
      writes.delete(directory.resolve(old.id() + ENDING));
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> isCertificate(file.getFileName().toString()))
          .filter(CertificateShelf::readable)
          .toList();
    }
  }

  private static boolean isCertificate(String name) {
    return name.endsWith(ENDING)
        && EraseIntent.isId(name.substring(0, name.length() - ENDING.length()));
  }

  private static boolean readable(Path file) {
    return Files.isRegularFile(file)
        && file.toFile().length() <= VerifiedEraseCertificate.BYTES_MAX;
  }

  /** 0 for a file that is no genuine certificate: it is not shown. */
  private static long sequence(StoredCertificate certificate) {
    try {
      return certificate.verified().sequence();
    } catch (InvalidEraseCertificateException e) {
      return 0;
    }
  }
}
