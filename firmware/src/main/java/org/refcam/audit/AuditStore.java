// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.refcam.audit.AuditFaultException.Reason;
import org.refcam.audit.AuditReport.ChainFacts;
import org.refcam.crypto.SecretBytes;

/**
 * A log on disk, read only: by the running camera, or by a laboratory that has the key and the data
 * directory. Immutable; reading while the camera writes sees a moment in between.
 */
public final class AuditStore {
  /** Where the log lies in the data directory. */
  public static final String DIRECTORY = "audit";

  private static final int TRIES = 3;

  private final Path directory;
  private final SecretBytes key;
  private final Optional<PublicKey> device;
  private final byte[] certificate;

  /** What all of a log was found to be. */
  record Found(
      AuditHead head, Map<ChainName, ChainCheck.Result> chains, List<AuditFault> headFaults) {
    ChainCheck.Result chain(ChainName name) {
      ChainCheck.Result result = chains.get(name);
      if (result == null) {
        throw new AssertionError("both chains are walked");
      }
      return result;
    }

    List<AuditFault> faults() {
      List<AuditFault> all = new ArrayList<>(headFaults);
      chains.values().forEach(chain -> all.addAll(chain.faults()));
      return all;
    }

    boolean isEmpty() {
      return chains.values().stream().allMatch(chain -> chain.numbers().isEmpty());
    }
  }

  /**
   * @param key stays the caller's
   * @param certificate the device's, in DER, to check signatures by; empty array to leave that out
   * @throws IOException if it is no certificate
   */
  public AuditStore(Path dataDirectory, SecretBytes key, byte[] certificate) throws IOException {
    this.directory = dataDirectory.resolve(DIRECTORY);
    this.key = key;
    this.certificate = certificate.clone();
    this.device = certificate.length == 0 ? Optional.empty() : Optional.of(publicKey(certificate));
  }

  static PublicKey publicKey(byte[] certificate) throws IOException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(certificate))
          .getPublicKey();
    } catch (CertificateException e) {
      throw new IOException("not a certificate", e);
    }
  }

  Path directory() {
    return directory;
  }

  /** Whether there is any file of a log. */
  public boolean exists() throws IOException {
    return Files.exists(directory.resolve(AuditHead.FILE)) || !walk((record, line) -> {}).isEmpty();
  }

  /** The newest records that a query wants, newest first. */
  public List<AuditRecord> read(AuditQuery query) throws IOException {
    for (int attempt = 1; ; attempt++) {
      AuditQuery.Collector collector = query.new Collector();
      try {
        walk((record, line) -> collector.offer(record));
        return collector.newestFirst();
      } catch (NoSuchFileException e) { // the oldest file made room meanwhile
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** Checks every record, the chains, their ends and the signatures. */
  public AuditReport verify() throws IOException {
    Found found = walk((record, line) -> {});
    List<ChainFacts> facts = new ArrayList<>();
    for (ChainName name : ChainName.values()) {
      facts.add(facts(name, found.chain(name)));
    }
    return new AuditReport(facts, found.faults());
  }

  /** All of it as JSON lines, with the signatures that it has. */
  public byte[] export(String serial, Instant now) throws IOException {
    return AuditExport.write(this, serial, certificate, now);
  }

  private static ChainFacts facts(ChainName name, ChainCheck.Result chain) {
    long first = chain.oldest().map(SegmentFile.Header::firstSequence).orElse(0L);
    return new ChainFacts(name.word(), first, chain.last(), chain.hash().hex(), chain.unsigned());
  }

  /** Walks all of it; the lines come chain by chain, oldest first. */
  Found walk(BiConsumer<AuditRecord, byte[]> sink) throws IOException {
    List<AuditFault> headFaults = new ArrayList<>();
    Optional<AuditHead> head = Optional.empty();
    try {
      head = AuditHead.read(directory, key);
    } catch (AuditFaultException e) {
      headFaults.add(new AuditFault(AuditHead.FILE, 0, e.reason()));
    }
    Map<ChainName, ChainCheck.Result> chains = new EnumMap<>(ChainName.class);
    for (ChainName name : ChainName.values()) {
      AuditHead.End end = head.orElse(AuditHead.NEW).end(name);
      chains.put(name, ChainCheck.walk(directory, name, key, end, device, sink));
    }
    Found found = new Found(head.orElse(AuditHead.NEW), chains, headFaults);
    if (head.isEmpty() && headFaults.isEmpty() && !found.isEmpty()) {
      headFaults.add(new AuditFault(AuditHead.FILE, 0, Reason.HEAD_MISSING));
    }
    return found;
  }
}
