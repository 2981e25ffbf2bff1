// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.refcam.image.BundleWriter;
import org.refcam.image.PackedImage;
import org.refcam.tools.BundleCommand.Content;
import org.refcam.tools.card.BootKey;
import org.refcam.tools.card.CardBuild;
import org.refcam.tools.card.CardBuild.Built;
import org.refcam.tools.card.CardBuild.Order;
import org.refcam.tools.card.CardFiles;
import org.refcam.tools.card.Scripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code refcam-tools image}: a card to flash and the bundle that updates to it. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description = "Builds the image of a board: a card to flash, and a bundle to update with.")
final class ImageCommand implements Runnable {
  static final String KEY_FILE = "boot-signing.key";
  private static final int KEY_BITS = 3072;
  private static final int PRIME_CERTAINTY = 112;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "build?");
  }

  @Command(
      name = "build",
      description = {
        "Builds a board's image from Debian's packages and this source tree.",
        "The keys are those of keys init; the key that signs what boots is added to them once.",
        "The same sources, packages and keys give the same bytes."
      })
  int build(
      // Not the standard help options: --version is the image's here.
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Show this help.")
          boolean help,
      @Mixin KeyOptions options,
      @Option(names = "--board", required = true, paramLabel = "ID", description = "The board")
          String board,
      @Option(names = "--out", required = true, paramLabel = "DIR") Path out,
      @Option(names = "--version", paramLabel = "V", defaultValue = "0.1.0") String version,
      @Option(names = "--security-version", paramLabel = "N", defaultValue = "1")
          long securityVersion,
      @Option(
              names = "--cache",
              paramLabel = "DIR",
              description = "Keeps downloads. Default: refcam-image in the user's cache directory")
          Optional<Path> cache,
      @Option(
              names = "--data-mib",
              paramLabel = "N",
              defaultValue = "256",
              description = "Of the data partition; it grows to the card at the first boot")
          int dataMib,
      @Mixin Output output)
      throws IOException {
    if (!board.matches("[a-z0-9]+(-[a-z0-9]+)*") || !version.matches("[A-Za-z0-9._+-]{1,40}")) {
      throw new ParameterException(spec.commandLine(), "no board's name, or no version");
    }
    KeyDirectory keys = options.open();
    BootKey key = bootKey(keys, output);
    Files.createDirectories(out);
    Order order =
        new Order(
            board,
            version,
            securityVersion,
            cache.orElseGet(ImageCommand::userCache),
            out,
            dataMib);
    CardBuild build = new CardBuild(Scripts.ofLauncher(), output::note);
    Built built = build.build(order, key, options.directory);
    output.note("6/6 bundle, list of parts, checksums");
    String name = "refcam-" + board + "-" + version;
    Path bundle = out.resolve(name + ".swu");
    writeBundle(order, built, keys, bundle);
    output.result(fields(CardFiles.finish(order, built, name, key)));
    return Exit.OK;
  }

  private static Map<String, Object> fields(Map<String, String> files) {
    return new LinkedHashMap<>(files);
  }

  private static Path userCache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    return (xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg))
        .resolve("refcam-image");
  }

  private static void writeBundle(Order order, Built built, KeyDirectory keys, Path bundle)
      throws IOException {
    Path work = Files.createTempDirectory(order.out(), "bundle-");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(bundle))) {
      List<PackedImage> images =
          List.of(
              BundleCommand.pack(Content.of("boot", built.boot()), work),
              BundleCommand.pack(Content.of("rootfs", built.root(), built.rootHash()), work));
      BundleWriter.write(
          file,
          order.version(),
          order.securityVersion(),
          "",
          order.board(),
          List.of(BundleCommand.REVISION),
          images,
          BundleCommand.signer(keys));
    } finally {
      BundleCommand.deleteTree(work);
    }
  }

  /** The key that boards trust: made once, beside the others and encrypted as they are. */
  private static BootKey bootKey(KeyDirectory keys, Output output) throws IOException {
    if (!Files.exists(keys.path(KEY_FILE))) {
      output.note("making " + keys.path(KEY_FILE) + ", which signs what boots");
      RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
      generator.init(
          new RSAKeyGenerationParameters(
              java.security.spec.RSAKeyGenParameterSpec.F4,
              new SecureRandom(),
              KEY_BITS,
              PRIME_CERTAINTY));
      keys.writeKey(KEY_FILE, generator.generateKeyPair().getPrivate());
    }
    try {
      byte[] encoded =
          PrivateKeyInfoFactory.createPrivateKeyInfo(keys.readKey(KEY_FILE)).getEncoded();
      KeyFactory factory = KeyFactory.getInstance("RSA");
      PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (!(secret instanceof RSAPrivateCrtKey rsa)) {
        throw new IOException(keys.path(KEY_FILE) + " is not an RSA key with its primes");
      }
      return new BootKey(
          new KeyPair(
              factory.generatePublic(
                  new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())),
              secret));
    } catch (GeneralSecurityException e) {
      throw new IOException(keys.path(KEY_FILE) + " is no RSA key", e);
    }
  }
}
