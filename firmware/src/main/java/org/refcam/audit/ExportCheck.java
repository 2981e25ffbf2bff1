// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.refcam.audit.AuditFaultException.Reason;
import org.refcam.audit.AuditReport.ChainFacts;

/**
 * Checks an export's hashes and signatures, for a laboratory or an owner, without the camera. Whose
 * certificate it is, the caller compares with the label's fingerprint. Confined to one thread.
 */
public final class ExportCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LINE = 64 << 10;

  private final Map<ChainName, Chain> chains = new EnumMap<>(ChainName.class);
  private final List<AuditFault> faults = new ArrayList<>();
  private byte[] certificate = new byte[0];
  private int lineNumber;

  private static final class Chain {
    private long first;
    private long expected;
    private ChainHash hash;
    private long unsigned;
    private boolean signed;
    private long firstKept = 1;
    private final List<String> otherSaid = new ArrayList<>();
    private final Map<Long, String> hashes = new HashMap<>();

    Chain(long first, ChainHash before) {
      this.first = first;
      this.expected = first;
      this.hash = before;
      hashes.put(first - 1, before.hex());
    }
  }

  private ExportCheck() {}

  /**
   * Reads and checks an export.
   *
   * @throws AuditFaultException BAD_HEADER if it does not begin as an export does
   */
  public static ExportCheck read(InputStream in) throws IOException, AuditFaultException {
    ExportCheck check = new ExportCheck();
    PublicKey device = check.begin(line(in));
    for (byte[] line = line(in); line.length > 0; line = line(in)) {
      check.lineNumber++;
      check.record(line, device);
    }
    check.finish();
    return check;
  }

  /** The certificate that signed it, in DER. */
  public byte[] certificate() {
    return certificate.clone();
  }

  /** What was found. */
  public AuditReport report() {
    List<ChainFacts> facts = new ArrayList<>();
    chains.forEach(
        (name, chain) ->
            facts.add(
                new ChainFacts(
                    name.word(),
                    chain.first,
                    chain.expected - 1,
                    chain.hash.hex(),
                    chain.unsigned)));
    return new AuditReport(facts, faults);
  }

  /** Adds ROLLED_BACK where this export does not contain what an earlier one ended with. */
  public void requireContains(ExportCheck earlier) {
    earlier.chains.forEach(
        (name, before) -> {
          Chain now = chain(name);
          long last = before.expected - 1;
          boolean dropped = last < now.first - 1;
          if (!dropped && !before.hash.hex().equals(now.hashes.get(last))) {
            faults.add(new AuditFault(name.word(), last, Reason.ROLLED_BACK));
          }
        });
  }

  private PublicKey begin(byte[] line) throws IOException, AuditFaultException {
    lineNumber = 1;
    try {
      JsonNode first = JSON.readTree(line);
      if (first.path("export").asInt() != AuditExport.VERSION) {
        throw new AuditFaultException(Reason.BAD_HEADER, "not an export of an audit log");
      }
      for (ChainName name : ChainName.values()) {
        JsonNode chain = first.path(name.word());
        chains.put(
            name,
            new Chain(chain.path("first").asLong(), new ChainHash(chain.path("before").asText())));
      }
      certificate = Base64.getDecoder().decode(first.path("certificate").asText());
      return AuditStore.publicKey(certificate);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new AuditFaultException(Reason.BAD_HEADER, "not an export of an audit log", e);
    }
  }

  private void record(byte[] line, PublicKey device) {
    AuditRecord record;
    try {
      record = AuditRecord.parse(line);
    } catch (AuditFaultException e) {
      faults.add(new AuditFault("line " + lineNumber, 0, e.reason()));
      return;
    }
    Chain chain = chain(record.chain());
    if (record.sequence() != chain.expected) {
      fault(record, Reason.OUT_OF_ORDER);
    }
    chain.unsigned++;
    if (record.event().type() == EventType.CHECKPOINT) {
      chain.unsigned = 0;
      chain.signed = true;
      chain.otherSaid.add(record.event().details().getOrDefault("other", ""));
      if (!Checkpoint.isGenuine(record, chain.hash, device)) {
        String said = Checkpoint.of(record).hash();
        fault(record, said.equals(chain.hash.hex()) ? Reason.WRONG_SIGNATURE : Reason.CHAIN_BROKEN);
      }
    }
    if (record.event().type() == EventType.DROPPED) {
      chain.firstKept = number(record.event().details().getOrDefault("firstKept", "1"));
    }
    chain.hash = chain.hash.after(line);
    chain.hashes.put(record.sequence(), chain.hash.hex());
    chain.expected = record.sequence() + 1;
  }

  private void finish() {
    chains.forEach(
        (name, chain) -> {
          if (!chain.signed && chain.expected > chain.first) {
            faults.add(new AuditFault(name.word(), chain.first, Reason.UNSIGNED));
          }
          if (chain.first > chain.firstKept) {
            faults.add(new AuditFault(name.word(), chain.firstKept, Reason.TRUNCATED));
          }
          ChainName other = name == ChainName.CHANGES ? ChainName.ACCESS : ChainName.CHANGES;
          chain.otherSaid.forEach(said -> crossCheck(other, said));
        });
  }

  /** What one chain's checkpoint signed about the other has to be there. */
  private void crossCheck(ChainName name, String said) {
    Chain chain = chain(name);
    int colon = said.indexOf(':');
    long sequence = number(said.substring(0, Math.max(colon, 0)));
    if (sequence >= chain.expected) {
      faults.add(new AuditFault(name.word(), chain.expected, Reason.TRUNCATED));
    } else if (sequence >= chain.first && !said.endsWith(":" + chain.hashes.get(sequence))) {
      faults.add(new AuditFault(name.word(), sequence, Reason.CHAIN_BROKEN));
    }
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
  }

  private void fault(AuditRecord record, Reason reason) {
    faults.add(new AuditFault("line " + lineNumber, record.sequence(), reason));
  }

  private Chain chain(ChainName name) {
    return Objects.requireNonNull(chains.get(name));
  }

  /** The next line without its end, empty at the end of the file. */
  private static byte[] line(InputStream in) throws IOException, AuditFaultException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > MOST_LINE) {
        throw new AuditFaultException(Reason.BAD_RECORD, "a line is too long");
      }
    }
    return line.toByteArray();
  }
}
