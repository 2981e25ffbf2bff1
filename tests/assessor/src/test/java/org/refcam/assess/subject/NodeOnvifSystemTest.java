// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.check.Verdict;

/**
 * ONVIF on the SOAP server of the npm package {@code soap} (MIT), which nobody here wrote: once
 * open to everyone, once behind a password that everybody knows.
 */
class NodeOnvifSystemTest {
  private static final String PACKAGE = "soap@1.13.0";

  @TempDir Path folder;

  private static Path modules() throws Exception {
    Path folder = Path.of("target/npm").toAbsolutePath();
    Path modules = folder.resolve("node_modules");
    if (!Files.isDirectory(modules.resolve("soap"))) {
      Files.createDirectories(folder);
      OthersSystemTest.run(
          "npm",
          "install",
          "--no-audit",
          "--no-fund",
          "--ignore-scripts",
          "--prefix",
          folder.toString(),
          PACKAGE);
    }
    return modules;
  }

  private Map<String, Verdict> assess(String password) throws Exception {
    Path script = folder.resolve("onvif-server.js");
    try (var in = getClass().getResourceAsStream("onvif-server.js")) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    Process server =
        new ProcessBuilder("node", script.toString(), modules().toString(), password)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String ready = String.valueOf(out.readLine());
      if (!ready.startsWith("READY ")) {
        throw new IOException("the server said " + ready);
      }
      return OthersSystemTest.assess(Integer.parseInt(ready.substring(6)));
    } finally {
      server.destroyForcibly();
      Files.delete(script);
    }
  }

  @Test
  void withoutAPassword_isOpenToAnyone() throws Exception {
    Map<String, Verdict> seen = assess("");
    OthersSystemTest.say("npm soap, open", seen);
    assertThat(seen)
        .containsEntry("anon.onvif", Verdict.FAIL)
        .containsEntry("anon.write", Verdict.FAIL)
        .containsEntry("plain.http", Verdict.FAIL)
        .containsEntry("creds.default", Verdict.NOT_APPLICABLE)
        .containsEntry("guess.limit", Verdict.NOT_APPLICABLE)
        .containsEntry("input.xml", Verdict.FAIL)
        .containsEntry("input.slow", Verdict.PASS)
        .containsEntry("anon.rtsp", Verdict.NOT_APPLICABLE);
  }

  @Test
  void withAPasswordEverybodyKnows_isGuessed() throws Exception {
    Map<String, Verdict> seen = assess("admin");
    OthersSystemTest.say("npm soap, admin/admin", seen);
    assertThat(seen)
        .containsEntry("anon.onvif", Verdict.PASS)
        .containsEntry("anon.write", Verdict.PASS)
        .containsEntry("plain.http", Verdict.FAIL)
        .containsEntry("creds.default", Verdict.FAIL)
        .containsEntry("guess.limit", Verdict.FAIL);
  }
}
