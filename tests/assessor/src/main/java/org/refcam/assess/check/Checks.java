// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All checks, in the order in which they run: what may lock somebody out comes late, the erase
 * last.
 */
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
    all.addAll(EgressChecks.all());
    all.addAll(SessionChecks.all());
    all.addAll(OriginChecks.all());
    all.addAll(UpdateChecks.all());
    all.addAll(InputChecks.all());
    all.addAll(CutChecks.all());
    all.addAll(PasswordChecks.all());
    all.addAll(GuessChecks.all());
    all.addAll(EraseChecks.all());
    return List.copyOf(all);
  }

  /**
   * Why the user's account must not be shown to a subject: its sign-in has no TLS, or another
   * certificate than the label's. Empty if it may.
   */
  public static Optional<String> distrust(Subject subject) throws IOException {
    return TlsChecks.distrust(subject);
  }

  /** SHA-256 of each TLS port's public key. */
  public static Map<String, String> keys(Subject subject) throws IOException {
    return TlsChecks.keys(subject);
  }
}
