// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.refcam.image.Keyring;
import org.refcam.tuf.KeyScheme;
import org.refcam.tuf.RootMetadata;
import org.refcam.tuf.TopLevelRole;
import org.refcam.tuf.TufException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code refcam-tools keys}: the ceremony, exchange of keys, and what expires when. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes, exchanges and lists the keys of the release side.")
final class KeysCommand implements Runnable {
  private static final Duration WARN_BEFORE = Duration.ofDays(60);

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "init, owner, rotate or status?");
  }

  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = {
        "Makes all keys, the first root.json and the bundle authority.",
        "Each role needs a classical and a post-quantum (ML-DSA-65) signature."
      })
  int init(
      @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new directory")
          Path out,
      @Option(
              names = "--passphrase-file",
              paramLabel = "FILE",
              description = "Holds the passphrase; otherwise REFCAM_PASSPHRASE, or one is made")
          @Nullable Path passphraseFile,
      @Option(
              names = "--classical",
              paramLabel = "SCHEME",
              defaultValue = "ed25519",
              description = "ed25519 or ecdsa (P-256)")
          String classical,
      @Option(
              names = "--root-holders",
              paramLabel = "N",
              defaultValue = "1",
              description = "Persons who hold root keys")
          int holders,
      @Option(
              names = "--root-threshold",
              paramLabel = "M",
              defaultValue = "1",
              description = "How many of them sign a root")
          int threshold,
      @Option(
              names = "--token",
              paramLabel = "URI",
              description = {
                "pkcs11:slot-id=N?module-path=FILE&pin-source=FILE: makes the classical keys, the",
                "authority's and the bundle signer's in this token, as ECDSA on P-256"
              })
          @Nullable String token,
      @Mixin Output output)
      throws IOException {
    if (threshold < 1 || holders < threshold || holders > 16) {
      throw new ParameterException(spec.commandLine(), "1 <= M <= N <= 16");
    }
    KeyDirectory keys = create(out, passphraseFile, output);
    KeyScheme chosen = scheme(classical);
    if (token != null) {
      keys.token(token);
      chosen = KeyScheme.ECDSA_SHA2_NISTP256;
    }
    new Ceremony(keys, random, clock.instant()).makeAll(chosen, holders, threshold);
    String summary = summary(keys);
    Files.writeString(keys.path("summary.txt"), summary);
    output.line(summary);
    if (output.asJson) {
      output.result(
          Map.of("directory", out.toString(), "root", keys.path(Ceremony.ROOT).toString()));
    }
    return Exit.OK;
  }

  @Command(
      name = "owner",
      mixinStandardHelpOptions = true,
      description = {
        "Makes an owner's own keys for a board with UEFI, and the files that enrol them in its setup",
        "mode: whoever owns the board then decides alone what it boots. Not for updates: see init."
      })
  int owner(
      @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new directory")
          Path out,
      @Option(
              names = "--passphrase-file",
              paramLabel = "FILE",
              description = "Holds the passphrase; otherwise REFCAM_PASSPHRASE, or one is made")
          @Nullable Path passphraseFile,
      @Mixin Output output)
      throws IOException {
    UefiCommand.writeEnrolment(create(out, passphraseFile, output), out.resolve("enrol"), output);
    return Exit.OK;
  }

  /** A new key directory; without a passphrase given, one is made and lies beside the keys. */
  private KeyDirectory create(Path out, @Nullable Path passphraseFile, Output output)
      throws IOException {
    boolean given = passphraseFile != null || System.getenv("REFCAM_PASSPHRASE") != null;
    char[] passphrase =
        given ? KeyOptions.passphrase(out, passphraseFile) : KeyDirectory.randomPassphrase(random);
    KeyDirectory keys = KeyDirectory.create(out, passphrase);
    if (!given) {
      PrivateKeyFile.writePrivate(keys.path("passphrase"), new String(passphrase) + "\n");
      output.note(
          "WARNING: the passphrase lies beside the keys in "
              + keys.path("passphrase")
              + ": whoever copies the directory has the keys. Move it away, or use --passphrase-file");
    }
    return keys;
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Gives a role new keys: writes the next root into the repository, signed by the old root",
        "keys. After a theft of timestamp or snapshot keys this also undoes versions that the thief",
        "raised. For bundle-signing it issues a new certificate."
      })
  int rotate(
      @Mixin KeyOptions options,
      @Option(
              names = "--role",
              required = true,
              description = "root, targets, snapshot, timestamp or bundle-signing")
          String role,
      @Option(
              names = "--repo",
              paramLabel = "DIR",
              description = "The repository; needed for all but bundle-signing")
          @Nullable Path repo,
      @Option(
              names = "--revoke",
              description = "bundle-signing: put the old certificate on the list")
          boolean revoke,
      @Option(names = "--classical", paramLabel = "SCHEME", defaultValue = "ed25519")
          String classical,
      @Mixin Output output)
      throws IOException, TufException {
    KeyDirectory keys = options.open();
    Ceremony ceremony = new Ceremony(keys, random, clock.instant());
    if (role.equals("bundle-signing")) {
      ceremony.rotateSigner(revoke);
      output.result(Map.of("signer", keys.path(Ceremony.SIGNER_CERTIFICATE).toString()));
      return Exit.OK;
    }
    if (repo == null) {
      throw new ParameterException(spec.commandLine(), "missing option --repo");
    }
    RepositoryDirectory repository = RepositoryDirectory.open(repo, keys, clock);
    RootMetadata before = repository.root();
    KeyScheme chosen = keys.inToken() ? KeyScheme.ECDSA_SHA2_NISTP256 : scheme(classical);
    byte[] next = ceremony.rotate(before, role(role), chosen);
    repository.publishRoot(next, before.version() + 1);
    repository.publish(keys);
    Files.writeString(keys.path("summary.txt"), summary(keys));
    output.result(Map.of("role", role, "rootVersion", before.version() + 1));
    return Exit.OK;
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description =
          "Lists the keys, and what expires within 60 days; exit code 1 if anything does.")
  int status(
      @Mixin KeyOptions options,
      @Option(names = "--repo", paramLabel = "DIR", description = "Its metadata's expiry too")
          @Nullable Path repo,
      @Mixin Output output)
      throws IOException, TufException {
    KeyDirectory keys = options.open();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (TopLevelRole role : TopLevelRole.values()) {
      fields.put(role.roleName(), keys.entries(role).stream().map(e -> e.key().keyId()).toList());
    }
    Map<String, Instant> expiries = new LinkedHashMap<>();
    for (X509CertificateHolder c : signerCertificates(keys)) {
      expiries.put(c.getSubject().toString(), c.getNotAfter().toInstant());
    }
    if (repo != null) {
      expiries.putAll(RepositoryDirectory.open(repo, keys, clock).expiries());
    }
    Instant soon = clock.instant().plus(WARN_BEFORE);
    int exit = Exit.OK;
    for (Map.Entry<String, Instant> expiry : expiries.entrySet()) {
      fields.put("expires " + expiry.getKey(), expiry.getValue().toString());
      // Timestamp and snapshot live shorter than the warning time: publish renews them.
      if (expiry.getValue().isBefore(soon) && !isShortLived(expiry.getKey())) {
        output.note("expires soon: " + expiry.getKey() + " on " + expiry.getValue());
        exit = Exit.REFUSED;
      }
    }
    output.result(fields);
    return exit;
  }

  private static boolean isShortLived(String name) {
    return name.equals("timestamp") || name.equals("snapshot");
  }

  private static List<X509CertificateHolder> signerCertificates(KeyDirectory keys)
      throws IOException {
    return Keyring.parse(Files.readString(keys.path(Ceremony.SIGNER_CERTIFICATE))).certificates();
  }

  /** What to print and keep on paper: enough to recognise every key, nothing secret. */
  private static String summary(KeyDirectory keys) throws IOException {
    StringBuilder text = new StringBuilder("RefCam keys. Print this, sign it, keep it apart.\n\n");
    for (TopLevelRole role : TopLevelRole.values()) {
      for (KeyDirectory.Entry entry : keys.entries(role)) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-10s %-20s %s%n",
                role.roleName(),
                entry.key().scheme(),
                grouped(entry.key().keyId())));
      }
    }
    for (X509CertificateHolder certificate : signerCertificates(keys)) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%s%n  serial %s%n  until  %s%n",
              certificate.getSubject(),
              certificate.getSerialNumber().toString(16),
              certificate.getNotAfter().toInstant()));
    }
    return text.toString();
  }

  private static String grouped(String hex) {
    return hex.replaceAll("(.{8})(?=.)", "$1 ");
  }

  private TopLevelRole role(String name) {
    for (TopLevelRole role : TopLevelRole.values()) {
      if (role.roleName().equals(name)) {
        return role;
      }
    }
    throw new ParameterException(spec.commandLine(), "no role " + name);
  }

  private KeyScheme scheme(String name) {
    return switch (name) {
      case "ed25519" -> KeyScheme.ED25519;
      case "ecdsa" -> KeyScheme.ECDSA_SHA2_NISTP256;
      default -> throw new ParameterException(spec.commandLine(), "ed25519 or ecdsa, not " + name);
    };
  }
}
