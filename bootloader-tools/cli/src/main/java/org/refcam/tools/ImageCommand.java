// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.board.BoardFile;
import org.refcam.board.InvalidBoardException;
import org.refcam.board.Platform;
import org.refcam.board.Platform.BootImage;
import org.refcam.board.Platform.Loader;
import org.refcam.image.BundleWriter;
import org.refcam.image.PackedImage;
import org.refcam.tools.BundleCommand.Content;
import org.refcam.tools.card.CardBuild;
import org.refcam.tools.card.CardBuild.Built;
import org.refcam.tools.card.CardBuild.Keys;
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
              description = "Of the data partition; default: as board.yaml says")
          Optional<Integer> dataMib,
      @Option(
              names = "--boards",
              paramLabel = "DIR",
              defaultValue = "${sys:refcam.boards:-board-configs}",
              description = "The folder of boards; default: ${DEFAULT-VALUE}")
          Path boards,
      @Mixin Output output)
      throws IOException {
    if (!board.matches("[a-z0-9]+(-[a-z0-9]+)*") || !version.matches("[A-Za-z0-9._+-]{1,40}")) {
      throw new ParameterException(spec.commandLine(), "no board's name, or no version");
    }
    Path folder = boards.resolve(board);
    Platform platform = platform(folder.resolve("board.yaml"));
    KeyDirectory directory = options.open();
    Keys keys = keys(directory, platform, output);
    Files.createDirectories(out);
    Order order =
        new Order(
            platform,
            folder,
            version,
            securityVersion,
            cache.orElseGet(ImageCommand::userCache),
            out,
            dataMib.orElseGet(() -> platform.partition("data").sizeMib()));
    CardBuild build = new CardBuild(Scripts.ofLauncher(), output::note);
    Built built = build.build(order, keys, options.directory);
    output.note("6/6 bundle, list of parts, checksums");
    String name = "refcam-" + board + "-" + version;
    Path bundle = out.resolve(name + ".swu");
    writeBundle(order, built, directory, bundle);
    output.result(fields(new CardFiles(order, built, name).finish(keys)));
    return Exit.OK;
  }

  private Platform platform(Path file) throws IOException {
    try {
      Platform platform = BoardFile.parsePlatform(Files.readString(file));
      if (platform.boot().image() == BootImage.NONE
          || platform.boot().image() == BootImage.PI_BOOT_IMG
          || platform.partitions().isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            platform.id() + ": images are built for boards that boot a FIT or by UEFI");
      }
      return platform;
    } catch (InvalidBoardException e) {
      throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
    }
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

  static void writeBundle(Order order, Built built, KeyDirectory keys, Path bundle)
      throws IOException {
    Path work = Files.createTempDirectory(order.out(), "bundle-");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(bundle))) {
      List<PackedImage> images =
          List.of(
              BundleCommand.pack(BundleCommand.withTree("boot", built.boot(), work), work),
              BundleCommand.pack(Content.of("rootfs", built.root(), built.tree()), work));
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

  private static Keys keys(KeyDirectory keys, Platform platform, Output output) throws IOException {
    boolean signedLoader = platform.boot().loader() == Loader.PI_BOOT_IMG;
    return new Keys(
        ImageKeys.boot(keys, output),
        signedLoader ? Optional.of(ImageKeys.piLoader(keys, output)) : Optional.empty(),
        platform.boot().image() == BootImage.UKI
            ? Optional.of(ImageKeys.uefi(keys, output))
            : Optional.empty());
  }
}
