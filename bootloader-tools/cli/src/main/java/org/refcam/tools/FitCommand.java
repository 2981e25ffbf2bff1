// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.ControlDeviceTree;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitSigner;
import org.refcam.fit.FitSigning;
import org.refcam.fit.FitVerifier;
import org.refcam.fit.InvalidFitException;
import org.refcam.fit.VerifiedFit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools fit}: signs, verifies and shows U-Boot's FIT images. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    description = "Signs, verifies and shows U-Boot's FIT images.")
final class FitCommand implements Runnable {
  private static final long BYTES_MAX = 256L << 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = "Signs every configuration, in the place of signatures that it has.")
  int sign(
      @Parameters(paramLabel = "IN.itb") Path in,
      @Mixin BootKeyOptions key,
      @Option(names = "--out", required = true, paramLabel = "OUT.itb") Path out,
      @Option(
              names = "--timestamp",
              required = true,
              paramLabel = "SECONDS",
              description = "Since 1970; given, so that the result is reproducible")
          long timestamp,
      @Mixin Output output)
      throws IOException, InvalidFitException {
    FitSigner signer = key.signer();
    byte[] signed = FitSigning.sign(read(in), Instant.ofEpochSecond(timestamp), List.of(signer));
    VerifiedFit verified = verifier(key.name, signer).verify(ByteBuffer.wrap(signed));
    Files.write(out, signed, StandardOpenOption.CREATE_NEW);
    output.result(fields(verified));
    return Exit.OK;
  }

  private static FitVerifier verifier(String name, FitSigner signer) {
    return new FitVerifier(List.of(new FitPublicKey(name, signer.publicKey())));
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Verifies every configuration and image; exit code 1 on refusal.")
  int verify(
      @Parameters(paramLabel = "X.itb") Path file,
      @Option(names = "--key", required = true, paramLabel = "PUBLIC.pem") Path key,
      @Mixin Output output)
      throws IOException, InvalidFitException {
    FitPublicKey publicKey = new FitPublicKey("given", BootKeyOptions.publicKey(key));
    output.result(fields(new FitVerifier(List.of(publicKey)).verify(read(file))));
    return Exit.OK;
  }

  private static Map<String, Object> fields(VerifiedFit fit) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verified", "all");
    fields.put("made", Instant.ofEpochSecond(fit.timestampSeconds()).toString());
    fit.configurations()
        .forEach(c -> fields.put("configuration " + c.name(), c.algorithm() + " " + c.keyName()));
    return fields;
  }

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Shows what a FIT says of itself; nothing of it is verified.")
  int inspect(@Parameters(paramLabel = "X.itb") Path file, @Mixin Output output)
      throws IOException, InvalidFdtException {
    FdtNode root = Fdt.parse(read(file)).root();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verified", "no");
    for (String group : List.of("images", "configurations")) {
      for (FdtNode node : root.findNode(group).map(FdtNode::children).orElse(List.of())) {
        fields.put(group + " " + node.name(), properties(node));
      }
    }
    output.result(fields);
    return Exit.OK;
  }

  /** Texts as they are; of others, how many bytes they have. */
  private static String properties(FdtNode node) {
    List<String> shown = new ArrayList<>();
    for (FdtProperty property : node.properties()) {
      List<String> texts = property.value().remaining() > 1024 ? List.of() : property.strings();
      boolean readable =
          !texts.isEmpty() && texts.stream().allMatch(t -> t.matches("[\\x20-\\x7e]+"));
      shown.add(
          property.name()
              + "="
              + (readable
                  ? String.join(",", texts)
                  : "<" + property.value().remaining() + " bytes>"));
    }
    return String.join(" ", shown);
  }

  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Puts a public key into a boot loader's control device tree, as required.")
  int key(
      @Parameters(paramLabel = "CONTROL.dtb") Path tree,
      @Option(names = "--key", required = true, paramLabel = "PUBLIC.pem") Path key,
      @Option(names = "--key-name", required = true, paramLabel = "NAME") String name,
      @Option(names = "--out", required = true, paramLabel = "OUT.dtb") Path out,
      @Mixin Output output)
      throws IOException, InvalidFdtException {
    FitPublicKey publicKey = new FitPublicKey(name, BootKeyOptions.publicKey(key));
    byte[] bytes = read(tree).array();
    Files.write(
        out, ControlDeviceTree.withRequiredKey(bytes, publicKey), StandardOpenOption.CREATE_NEW);
    output.result(Map.of("node", "/signature/key-" + name));
    return Exit.OK;
  }

  private static ByteBuffer read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(file + " is larger than a FIT that U-Boot takes");
    }
    return ByteBuffer.wrap(Files.readAllBytes(file));
  }
}
