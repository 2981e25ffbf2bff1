// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.refcam.json.InvalidJsonException;
import org.refcam.tuf.TargetCheck;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TufException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refcam-tools ledger}: the patch clock of a repository, checked before it is believed. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how long each fix took from finding to publication.",
      "Exit code 1 if one took longer than 3 days (security) or 5 days (malfunction)."
    })
final class LedgerCommand implements Callable<Integer> {
  @Mixin KeyOptions options = new KeyOptions();

  @Option(names = "--repo", required = true, paramLabel = "DIR", description = "The repository")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path repo;

  @Mixin Output output = new Output();

  @Override
  public Integer call() throws IOException, TufException, InvalidJsonException {
    RepositoryDirectory repository =
        RepositoryDirectory.open(repo, options.open(), Clock.systemUTC());
    Map<String, Object> fields = new LinkedHashMap<>();
    int exit = Exit.OK;
    for (PatchClock.Entry entry : read(repository).entries()) {
      String verdict = entry.inTime() ? "in time" : "MISSED";
      fields.put(
          entry.advisory().orElse(entry.release()),
          entry.kind().label()
              + ", "
              + entry.taken().toHours()
              + " h of "
              + entry.kind().deadline().toHours()
              + " h: "
              + verdict);
      exit = entry.inTime() ? exit : Exit.REFUSED;
    }
    output.result(fields);
    return exit;
  }

  /** The ledger that the targets role signed; an empty one where none is listed. */
  static PatchClock read(RepositoryDirectory repository)
      throws IOException, TufException, InvalidJsonException {
    TargetFile target = repository.targets().get(PatchClock.PATH);
    if (target == null) {
      return new PatchClock(java.util.List.of());
    }
    byte[] bytes = Files.readAllBytes(repository.file(target));
    TargetCheck check = target.check();
    check.update(bytes, 0, bytes.length);
    check.finish();
    return PatchClock.parse(bytes);
  }
}
