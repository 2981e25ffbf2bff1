// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.check.Aids;
import org.refcam.assess.check.Tester;
import org.refcam.assess.check.UpdateFile;
import picocli.CommandLine.Option;

/** Options for what the user lends beside words: hands, files, another address. */
final class AidOptions {
  @Option(
      names = "--guided",
      description =
          "ask a person at the camera to cut its power and network and to ERASE it; what is not answered is unknown")
  private boolean guided;

  @Option(
      names = "--tester",
      paramLabel = "NAME",
      description = "who answers; stands in the evidence. Needed with --guided")
  private String tester = "";

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "answers in the person's place, lines of STEP: WORD; default standard input")
  private @Nullable Path answers;

  @Option(
      names = "--back-within",
      paramLabel = "SECONDS",
      description = "how long it may take to come back after a cut; default 300")
  private long backWithinSeconds = Aids.BACK_WITHIN.toSeconds();

  @Option(
      names = "--update-files",
      paramLabel = "DIR",
      description =
          "update files that the camera must refuse, and their manifest.json: they are offered to it")
  private @Nullable Path updateFiles;

  @Option(
      names = "--also",
      paramLabel = "ADDRESS",
      description =
          "the same camera's address in the other family, IPv6 or IPv4; default: the name's, if it has both")
  private String also = "";

  /** What is wrong with the options, in one line. */
  Optional<String> fault() {
    if (guided && tester.isBlank()) {
      return Optional.of("--guided needs --tester NAME: the evidence says who answered");
    }
    if (!guided && answers != null) {
      return Optional.of("--answers belongs to --guided");
    }
    if (backWithinSeconds < 1 || backWithinSeconds > 3600) {
      return Optional.of("--back-within is 1 to 3600");
    }
    return Optional.empty();
  }

  /**
   * What is lent.
   *
   * @param in where a person's answers come from
   * @param out where the person is asked
   */
  Aids lent(BufferedReader in, PrintWriter out, String language, Target target)
      throws IOException, Target.BadTargetException {
    BufferedReader from =
        answers == null ? in : new BufferedReader(new StringReader(Files.readString(answers)));
    Optional<Tester> person =
        guided
            ? Optional.of(new Terminal(from, out, tester, language, Clock.systemUTC()))
            : Optional.empty();
    List<UpdateFile> files = updateFiles == null ? List.of() : UpdateFile.read(updateFiles);
    return new Aids(person, files, other(target), Duration.ofSeconds(backWithinSeconds));
  }

  private Optional<InetAddress> other(Target target) throws Target.BadTargetException {
    if (also.isEmpty()) {
      return target.otherFamily();
    }
    InetAddress named = Target.parse(also).addresses().get(0);
    if (named.getAddress().length == target.addresses().get(0).getAddress().length) {
      throw new Target.BadTargetException(
          "--also " + also + " is of the same address family as the camera's first address");
    }
    return Optional.of(named);
  }
}
