// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.check.Check;
import org.refcam.assess.check.Checks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tests/assess catalogue}. */
@Command(
    name = "catalogue",
    mixinStandardHelpOptions = true,
    description = "Lists profiles, checks and requirements.")
final class CatalogueCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--lang", paramLabel = "en|vi", description = "language; default en")
  private String lang = "en";

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Catalogue catalogue = Catalogue.read();
    out.println("catalogue " + catalogue.version());
    for (Profile one : catalogue.profiles()) {
      out.println(
          "profile "
              + one.id()
              + "  "
              + one.title()
              + ": "
              + catalogue.of(one.id()).size()
              + "  ("
              + one.note().in(lang)
              + ")");
    }
    for (Check one : Checks.all()) {
      out.println("check " + one.id() + "  " + one.title().in(lang));
    }
    for (Requirement one : catalogue.requirements()) {
      out.println(
          one.status()
              + " "
              + one.id()
              + "  "
              + one.title().in(lang)
              + "  "
              + one.checks().stream().map(c -> c.check()).toList());
    }
    out.flush();
    return 0;
  }
}
