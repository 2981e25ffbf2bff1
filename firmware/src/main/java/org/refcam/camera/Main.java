// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.refcam.board.Board;
import org.refcam.board.BoardFile;
import org.refcam.board.InvalidBoardException;
import org.refcam.label.Label;
import org.refcam.label.LabelCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: {@code refcam run}, {@code label}, {@code export} and the others. */
@Command(
    name = "refcam",
    mixinStandardHelpOptions = true,
    version = "RefCam 0.1.0",
    description = "Reference secure camera.",
    subcommands = {
      Main.Run.class,
      Main.ShowLabel.class,
      StatusCommand.class,
      AuditCommand.class,
      UpdateCommand.class,
      EgressCommand.class,
      FirewallCommand.class,
      GrowCommand.class,
      FactoryCommand.class,
      EraseCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      BenchCommand.class
    })
public final class Main {
  private static final String VERSION = "0.1.0";

  /** Of what this checkout builds; goes up when older software must not run any more. */
  static final long SECURITY_VERSION = 0;

  private static final String BOARD_ID = "[a-z0-9]+(-[a-z0-9]+)*";

  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("refcam: " + Failures.line(failure));
          return failure instanceof RestartException ? RestartException.EXIT_CODE : 1;
        });
    System.exit(line.execute(arguments));
  }

  /** What the launcher read in the slot's signed description, or what this checkout is. */
  static String version() {
    return System.getProperty("refcam.version", VERSION);
  }

  /** What the image was built with, or what this checkout is. */
  static long securityVersion() {
    return Long.getLong("refcam.security-version", SECURITY_VERSION);
  }

  @Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the camera.")
  static final class Run implements Callable<Integer> {
    @Mixin RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
      Camera camera = new Camera(options, board(options.board));
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    camera.close();
                    stopped.countDown();
                  },
                  "stop"));
      camera.label().ifPresent(Main::show);
      System.out.println("READY " + ready(camera));
      System.out.flush();
      stopped.await();
      return 0;
    }

    private String ready(Camera camera) throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("serial", camera.serial());
      fields.put("state", camera.ready() ? "ready" : "factory");
      fields.put("https", camera.httpsUrl(options.bind));
      fields.put("rtsps", camera.rtspsUrl(options.bind));
      fields.put("onvif", camera.httpsUrl(options.bind) + "/onvif/device_service");
      fields.put(
          "label",
          camera.label().map(l -> options.data.resolve("label.json").toString()).orElse(""));
      if (!camera.whole()) {
        fields.put("safeMode", true);
      }
      camera.plainRtspPort().ifPresent(port -> fields.put("plainRtspPort", port));
      return new ObjectMapper().writeValueAsString(fields);
    }
  }

  @Command(
      name = "label",
      mixinStandardHelpOptions = true,
      description = "Shows the label of a camera that has no owner yet.")
  static final class ShowLabel implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
    Path data = RunOptions.defaultData();

    @Option(names = "--json", description = "As JSON")
    boolean asJson;

    @Override
    public Integer call() throws IOException {
      Path file = data.resolve("label.json");
      if (!Files.exists(file)) {
        throw new IOException("no label in " + data + ": the camera has an owner, or never ran");
      }
      byte[] bytes = Files.readAllBytes(file);
      if (asJson) {
        System.out.println(new String(bytes, StandardCharsets.UTF_8));
      } else {
        show(new ObjectMapper().readValue(bytes, Label.class));
      }
      return 0;
    }
  }

  private static void show(Label label) {
    System.out.println(LabelCode.terminal(label));
    System.out.println("  serial       " + label.serial());
    System.out.println("  password     " + label.password());
    System.out.println("  address      " + label.url());
    System.out.println("  certificate  " + label.certificateSha256());
    System.out.println("  keys         " + label.assurance());
    System.out.println();
  }

  static Board board(String id) throws IOException, InvalidBoardException {
    String path = "/boards/" + id + "/board.yaml";
    if (!id.matches(BOARD_ID)) {
      throw new IOException("--board " + id + ": no board's name; see board-configs");
    }
    try (InputStream in = Main.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("--board " + id + ": no such board; see board-configs");
      }
      return BoardFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
