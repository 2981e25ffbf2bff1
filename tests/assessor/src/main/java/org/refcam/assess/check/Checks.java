// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All checks, in the order in which they run: what may lock somebody out comes last. */
public final class Checks {
  private Checks() {}

  public static List<Check> all() {
    List<Check> all = new ArrayList<>();
    all.addAll(PortChecks.all());
    all.addAll(TlsChecks.all());
    all.addAll(PlainChecks.all());
    all.addAll(OpenChecks.all());
    all.addAll(DisclosureChecks.all());
    all.addAll(GivenChecks.all());
    all.addAll(SessionChecks.all());
    all.addAll(InputChecks.all());
    all.addAll(PasswordChecks.all());
    all.addAll(GuessChecks.all());
    return List.copyOf(all);
  }

  /** SHA-256 of each TLS port's public key. */
  public static Map<String, String> keys(Subject subject) throws java.io.IOException {
    return TlsChecks.keys(subject);
  }
}
