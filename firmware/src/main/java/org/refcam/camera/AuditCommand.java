// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.AuditFaultException;
import org.refcam.audit.AuditReport;
import org.refcam.audit.AuditStore;
import org.refcam.audit.ExportCheck;
import org.refcam.crypto.SecretBytes;
import org.refcam.crypto.Sha256;
import org.refcam.identity.DeviceIdentity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refcam audit}: checks and exports a log without the running camera. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the audit log of a data directory, or an exported one; exits with 3 if it is not sound.",
      "Of a data directory it needs the root of trust too, so it works on the device's machine."
    })
final class AuditCommand implements Callable<Integer> {
  private static final int NOT_SOUND = 3;

  /** Where the log is. */
  static final class From {
    @Option(names = "--data", paramLabel = "DIR", description = "A camera's data directory.")
    @Nullable Path data;

    @Option(names = "--verify", paramLabel = "FILE", description = "An export, JSON lines.")
    @Nullable Path export;
  }

  @ArgGroup(multiplicity = "1")
  From from = new From();

  @Mixin StoppedDevice.RootOption root = new StoppedDevice.RootOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "With --data: writes an export. It has the signatures that the log has.")
  @Nullable Path out;

  @Option(
      names = "--earlier",
      paramLabel = "FILE",
      description = "With --verify: an older export whose end has to be contained.")
  @Nullable Path earlier;

  @Option(
      names = "--fingerprint",
      paramLabel = "SHA256",
      description = "With --verify: the certificate's fingerprint, from the camera's label.")
  @Nullable String fingerprint;

  @Option(names = "--json", description = "Prints the result as JSON.")
  boolean asJson;

  @Override
  public Integer call() throws IOException {
    Path data = from.data;
    Path export = from.export;
    if (data != null) {
      return show(checkData(data), "");
    }
    if (export == null) {
      throw new AssertionError("picocli asks for one of the two");
    }
    try {
      ExportCheck check = read(export);
      if (earlier != null) {
        check.requireContains(read(earlier));
      }
      String signedBy = Sha256.hex(check.certificate());
      requireFingerprint(signedBy);
      return show(check.report(), signedBy);
    } catch (AuditFaultException e) {
      throw new IOException(export + ": " + e.getMessage(), e);
    }
  }

  private AuditReport checkData(Path data) throws IOException {
    if (!Files.isDirectory(data.resolve(AuditStore.DIRECTORY))) {
      throw new IOException("there is no audit log in " + data);
    }
    boolean whole =
        Files.exists(data.resolve("keys"))
            && Files.exists(data.resolve("identity").resolve("device.sealed"));
    if (!whole) {
      throw new IOException("the keys of " + data + " are not here, so its log cannot be read");
    }
    try (StoppedDevice device = new StoppedDevice(data, root, new SecureRandom());
        SecretBytes key = device.keys().auditKey()) {
      DeviceIdentity identity = device.identity();
      AuditStore store = new AuditStore(data, key, identity.certificateDer());
      if (out != null) {
        Files.write(out, store.export(identity.serial(), Instant.now()));
      }
      return store.verify();
    }
  }

  private static ExportCheck read(Path file) throws IOException, AuditFaultException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ExportCheck.read(in);
    }
  }

  private void requireFingerprint(String signedBy) throws IOException {
    if (fingerprint != null) {
      String wanted = fingerprint.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
      if (!wanted.equals(signedBy)) {
        throw new IOException("signed by " + signedBy + ", not by the camera of this label");
      }
    }
  }

  private int show(AuditReport report, String signedBy) throws IOException {
    if (asJson) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("sound", report.sound());
      fields.put("certificateSha256", signedBy);
      fields.put("chains", report.chains());
      fields.put("faults", report.faults().stream().map(Object::toString).toList());
      System.out.println(new ObjectMapper().writeValueAsString(fields));
    } else {
      for (AuditReport.ChainFacts chain : report.chains()) {
        System.out.printf(
            Locale.ROOT,
            "%-8s records %d to %d, %d not yet signed, hash %s%n",
            chain.chain(),
            chain.first(),
            chain.last(),
            chain.unsigned(),
            chain.hash());
      }
      report.faults().forEach(fault -> System.out.println("FAULT " + fault));
      if (!signedBy.isEmpty()) {
        System.out.println("signed by the certificate with SHA-256 " + signedBy);
      }
      System.out.println(report.sound() ? "sound" : "NOT SOUND");
    }
    return report.sound() ? 0 : NOT_SOUND;
  }
}
