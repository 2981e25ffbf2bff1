// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.check.Egress;
import org.refcam.assess.check.Given;
import org.refcam.assess.report.ReportJson;
import picocli.CommandLine.Option;

/** Options for what the user tells of the camera. */
final class GivenOptions {
  @Option(
      names = "--label",
      paramLabel = "FILE",
      description = "label of a RefCam: serial, password, certificateSha256")
  private @Nullable Path label;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "an account, for what only a signed-in person sees")
  private String user = "";

  @Option(names = "--password-file", paramLabel = "FILE", description = "its password, first line")
  private @Nullable Path passwordFile;

  @Option(
      names = "--declared-ports",
      paramLabel = "LIST",
      description = "the maker's list of TCP ports")
  private String declaredPorts = "";

  @Option(names = "--factory", description = "the camera is in factory state")
  private boolean factory;

  @Option(
      names = "--medium",
      paramLabel = "FILE",
      description = "raw copy of the storage after an erase")
  private @Nullable Path medium;

  @Option(
      names = "--canary",
      paramLabel = "TEXT",
      description = "what was written before the erase; may be repeated")
  private List<String> canaries = List.of();

  @Option(
      names = "--other-unit",
      paramLabel = "REPORT",
      description = "report.json of another unit of the model")
  private @Nullable Path otherUnit;

  @Option(
      names = "--guess-user",
      paramLabel = "NAME",
      description =
          "name to guess passwords for; it may be locked for a while. Default: one that does not exist")
  private String guessUser = "";

  @Option(
      names = "--key-space",
      paramLabel = "N",
      description = "how many passwords a guesser has to try; default ${DEFAULT-VALUE}")
  private double keySpace = Given.KEY_SPACE;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "how long to wait between default passwords; 0 leaves some out. Default ${DEFAULT-VALUE}")
  private int patience = 31;

  /** What is wrong with the options, in one line. */
  Optional<String> fault() {
    if (patience < 0 || keySpace < 1) {
      return Optional.of("--patience is from 0, --key-space from 1");
    }
    return !user.isEmpty() && passwordFile == null
        ? Optional.of("--user needs --password-file")
        : Optional.empty();
  }

  /** What was told, without aids. */
  Given given(Egress egress) throws IOException, Target.BadTargetException {
    return new Given(
        person(),
        onLabel(),
        factory,
        declaredPorts.isEmpty() ? List.of() : Target.ports(declaredPorts),
        egress,
        Optional.ofNullable(medium),
        canaries,
        otherUnit == null
            ? Optional.empty()
            : Optional.of(ReportJson.read(Files.readAllBytes(otherUnit))),
        guessUser,
        Duration.ofSeconds(patience),
        keySpace);
  }

  private Optional<Given.Credentials> person() throws IOException {
    if (user.isEmpty() || passwordFile == null) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(passwordFile);
    return Optional.of(new Given.Credentials(user, lines.isEmpty() ? "" : lines.get(0)));
  }

  private Optional<Given.Label> onLabel() throws IOException {
    if (label == null) {
      return Optional.empty();
    }
    JsonNode tree = ReportJson.read(Files.readAllBytes(label));
    return Optional.of(
        new Given.Label(
            tree.path("serial").asText(),
            tree.path("password").asText(),
            tree.path("certificateSha256").asText()));
  }
}
