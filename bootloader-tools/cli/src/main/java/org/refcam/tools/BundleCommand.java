// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.refcam.image.BoardSoftware;
import org.refcam.image.BundleImage;
import org.refcam.image.BundleLimits;
import org.refcam.image.BundleManifest;
import org.refcam.image.BundleSigner;
import org.refcam.image.BundleVerifier;
import org.refcam.image.BundleWriter;
import org.refcam.image.InvalidBundleException;
import org.refcam.image.Keyring;
import org.refcam.image.PackedImage;
import org.refcam.image.UnverifiedBundle;
import org.refcam.image.VerifiedBundle;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools bundle}: makes, shows, checks and compares update bundles. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = "Makes, shows, checks and compares update bundles (.swu).")
final class BundleCommand implements Runnable {
  static final String REVISION = "1.0";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "create, inspect, verify or diff?");
  }

  @Command(
      name = "create",
      description = "Makes a signed bundle; the same input gives the same bytes.")
  int create(
      // Not the standard help options: --version is the bundle's here.
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Show this help.")
          boolean help,
      @Mixin KeyOptions options,
      @Option(names = "--board", required = true, paramLabel = "ID", description = "The board")
          String board,
      @Option(names = "--version", required = true, paramLabel = "V") String version,
      @Option(names = "--security-version", required = true, paramLabel = "N") long securityVersion,
      @Option(names = "--rootfs", required = true, paramLabel = "FILE") Path rootfs,
      @Option(names = "--boot", paramLabel = "FILE") @Nullable Path boot,
      @Option(
              names = "--verity-root",
              paramLabel = "HEX",
              description = "Root hash of the dm-verity tree in the root file system")
          @Nullable String verityRoot,
      @Option(
              names = "--verity-offset",
              paramLabel = "N",
              description = "Where that tree begins; cameras then fetch only blocks that differ")
          @Nullable Long verityOffset,
      @Option(
              names = "--delta",
              description =
                  "Puts a dm-verity tree behind each image that has none, for the same purpose")
          boolean delta,
      @Option(names = "--description", paramLabel = "TEXT", defaultValue = "") String description,
      @Option(names = "--out", required = true, paramLabel = "X.swu") Path out,
      @Mixin Output output)
      throws IOException {
    KeyDirectory keys = options.open();
    BundleSigner signer = signer(keys);
    Path work = Files.createTempDirectory("refcam-bundle-");
    Path fresh = Path.of(out + ".new");
    try {
      List<PackedImage> images = new ArrayList<>();
      if (boot != null) {
        images.add(pack(delta ? withTree("boot", boot, work) : Content.of("boot", boot), work));
      }
      images.add(
          pack(
              verityRoot == null
                  ? delta ? withTree("rootfs", rootfs, work) : Content.of("rootfs", rootfs)
                  : new Content(
                      "rootfs",
                      rootfs,
                      Optional.of(verityRoot),
                      verityOffset == null ? OptionalLong.empty() : OptionalLong.of(verityOffset)),
              work));
      BundleManifest manifest;
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh))) {
        manifest =
            BundleWriter.write(
                file,
                version,
                securityVersion,
                description,
                board,
                List.of(REVISION),
                images,
                signer);
      }
      Files.move(fresh, out, StandardCopyOption.REPLACE_EXISTING);
      output.result(fields(manifest));
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "a value that no bundle has: " + causes(e), e);
    } finally {
      Files.deleteIfExists(fresh);
      deleteTree(work);
    }
  }

  private static String causes(IllegalArgumentException e) {
    return String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
  }

  /** An image before it is compressed; the root hash and the offset of a tree behind it. */
  record Content(String name, Path file, Optional<String> verityRoot, OptionalLong verityOffset) {
    static Content of(String name, Path file) {
      return new Content(name, file, Optional.empty(), OptionalLong.empty());
    }

    /** One with a tree behind its data. */
    static Content of(String name, Path file, VerityRoot tree) {
      return new Content(name, file, Optional.of(tree.hex()), OptionalLong.of(tree.hashOffset()));
    }
  }

  /** The tree is unsalted and its UUID follows from the name: the same image, the same bytes. */
  static Content withTree(String name, Path image, Path work) throws IOException {
    Path copy = Files.copy(image, work.resolve(name + ".verity"));
    try (FileChannel file =
        FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      VerityRoot root =
          VerityWriter.append(
              file,
              new byte[0],
              UUID.nameUUIDFromBytes(("refcam " + name).getBytes(StandardCharsets.UTF_8)));
      return Content.of(name, copy, root);
    }
  }

  static PackedImage pack(Content content, Path work) throws IOException {
    Path stored = work.resolve(content.name());
    try (InputStream in = Files.newInputStream(content.file());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(stored))) {
      return PackedImage.pack(
          content.name(),
          content.verityRoot(),
          content.verityOffset(),
          in,
          out,
          () -> Files.newInputStream(stored));
    }
  }

  static void deleteTree(Path work) throws IOException {
    try (var files = Files.list(work)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(work);
  }

  static BundleSigner signer(KeyDirectory keys) throws IOException {
    Keyring chain = Keyring.parse(Files.readString(keys.path(Ceremony.SIGNER_CERTIFICATE)));
    X509CertificateHolder certificate = chain.certificates().get(0);
    EcdsaKey key = keys.ecdsa(Ceremony.SIGNER_KEY, certificate.getSubjectPublicKeyInfo());
    return new BundleSigner() {
      @Override
      public List<X509CertificateHolder> certificates() {
        return List.of(certificate);
      }

      @Override
      public byte[] sign(byte[] message) throws IOException {
        return key.sign(message);
      }
    };
  }

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Shows what a bundle says of itself; only with --keyring is that believed.")
  int inspect(
      @Parameters(paramLabel = "X.swu") Path file,
      @Option(names = "--keyring", paramLabel = "PEM") @Nullable Path keyring,
      @Mixin Output output)
      throws IOException, InvalidBundleException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      UnverifiedBundle bundle = UnverifiedBundle.open(in, BundleLimits.DEFAULT);
      Map<String, Object> fields = new LinkedHashMap<>();
      if (keyring == null) {
        fields.put("verified", "no");
        fields.putAll(fields(bundle.unverifiedManifest()));
      } else {
        VerifiedBundle verified =
            new BundleVerifier(keyring(keyring), Instant.now()).verify(bundle);
        fields.put("verified", "description only");
        fields.put("signer", verified.signer().getSubject().toString());
        fields.putAll(fields(verified.manifest()));
      }
      output.result(fields);
      return Exit.OK;
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Checks signature and every image as a camera does; exit code 1 on refusal.")
  int verify(
      @Parameters(paramLabel = "X.swu") Path file,
      @Option(
              names = "--keyring",
              required = true,
              paramLabel = "PEM",
              description = "Certificates and revocation lists")
          Path keyring,
      @Option(names = "--board", paramLabel = "ID", description = "It must be for this board")
          @Nullable String board,
      @Option(
              names = "--security-counter",
              paramLabel = "N",
              defaultValue = "0",
              description = "Its security version must be at least this")
          long counter,
      @Mixin Output output)
      throws IOException, InvalidBundleException {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      VerifiedBundle bundle = verify(in, keyring(keyring), board, counter);
      fields.put("verified", "all");
      fields.put("signer", bundle.signer().getSubject().toString());
      fields.putAll(fields(bundle.manifest()));
    }
    output.result(fields);
    return Exit.OK;
  }

  /** Verifies all of a bundle, for one board or for the first it lists. */
  static VerifiedBundle verify(
      InputStream in, Keyring keyring, @Nullable String board, long counter)
      throws IOException, InvalidBundleException {
    VerifiedBundle bundle =
        new BundleVerifier(keyring, Instant.now())
            .verify(UnverifiedBundle.open(in, BundleLimits.DEFAULT));
    bundle.manifest().requireSecurityVersion(counter);
    BoardSoftware software =
        board == null
            ? bundle.manifest().boards().get(0)
            : bundle.manifest().requireFor(board, REVISION);
    bundle.readImages(software, image -> OutputStream.nullOutputStream());
    return bundle;
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Shows what two bundles say differently; exit code 1 if anything.")
  int diff(
      @Parameters(paramLabel = "A.swu") Path a,
      @Parameters(paramLabel = "B.swu") Path b,
      @Mixin Output output)
      throws IOException, InvalidBundleException {
    Map<String, Object> left = unverified(a);
    Map<String, Object> right = unverified(b);
    Map<String, Object> changes = new LinkedHashMap<>();
    left.forEach(
        (name, value) -> {
          if (!value.equals(right.get(name))) {
            changes.put(name, value + " -> " + right.getOrDefault(name, "nothing"));
          }
        });
    right.forEach(
        (name, value) -> {
          if (!left.containsKey(name)) {
            changes.put(name, "nothing -> " + value);
          }
        });
    output.result(changes);
    return changes.isEmpty() ? Exit.OK : Exit.REFUSED;
  }

  private static Map<String, Object> unverified(Path file)
      throws IOException, InvalidBundleException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return fields(UnverifiedBundle.open(in, BundleLimits.DEFAULT).unverifiedManifest());
    }
  }

  static Keyring keyring(Path file) throws IOException {
    return Keyring.parse(Files.readString(file));
  }

  private static Map<String, Object> fields(BundleManifest manifest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", manifest.version());
    fields.put("securityVersion", manifest.securityVersion());
    fields.put("description", manifest.description());
    for (BoardSoftware board : manifest.boards()) {
      fields.put("board " + board.board(), String.join(" ", board.revisions()));
      for (BundleImage image : board.images()) {
        fields.put(
            "image " + board.board() + " " + image.name(),
            image.fileName()
                + " sha256 "
                + image.sha256()
                + image.contentLength().stream()
                    .mapToObj(n -> " holds " + n + " bytes")
                    .findFirst()
                    .orElse(""));
      }
    }
    return fields;
  }
}
