// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.refcam.assess.egress.Destination;

/**
 * Holds what was seen against what was declared.
 *
 * <p>An address is declared if it is written so, or if a look-up of a declared name gave it in the
 * same capture. What the subject itself writes into a request proves nothing for it, but counts
 * against it: a declared address that is asked for another name serves somebody else. Name servers
 * and DHCP at addresses of the building belong to networking, names looked up do not. Confined to
 * one thread.
 */
public final class DeclaredJudge {
  private static final Set<Integer> NETWORKING = Set.of(53, 67, 547);
  private static final Set<String> OF_THE_BUILDING =
      Set.of("local", "lan", "internal", "localdomain", "localhost", "arpa");

  private final List<Declared> declared;
  private final boolean vietNamOnly;
  private final List<String> faults = new ArrayList<>();
  private final List<String> open = new ArrayList<>();
  private int beyond;

  public DeclaredJudge(List<Declared> declared, boolean vietNamOnly) {
    this.declared = List.copyOf(declared);
    this.vietNamOnly = vietNamOnly;
  }

  /** What it is, in words for the evidence. */
  public String judge(Destination to) {
    if (to.local() && NETWORKING.contains(to.port())) {
      return "networking";
    }
    beyond++;
    List<Declared> matching =
        declared.stream()
            .filter(d -> d.isAt(to.address()) || to.looked().stream().anyMatch(d::isNamed))
            .toList();
    return matching.isEmpty() ? undeclared(to) : declared(to, matching);
  }

  private String declared(Destination to, List<Declared> matching) {
    List<String> strange =
        to.claimed().stream()
            .filter(name -> !name.equals(to.address().getHostAddress()) && !isDeclared(name))
            .toList();
    if (!strange.isEmpty()) {
      return fault(
          "asks " + to.at() + ", declared as " + matching.get(0) + ", for " + strange.get(0));
    }
    if (vietNamOnly && matching.stream().noneMatch(DeclaredJudge::inVietNam)) {
      return fault(
          "sends to "
              + to.at()
              + ", declared as "
              + matching.get(0)
              + ", although storage in Viet Nam only is set");
    }
    return "declared as " + matching.get(0);
  }

  private String undeclared(Destination to) {
    String names = String.join(", ", to.looked().isEmpty() ? to.claimed() : to.looked());
    String who = to.at() + (names.isEmpty() ? "" : " (" + names + ")");
    if (to.claimed().stream().anyMatch(this::isDeclared) && to.looked().isEmpty()) {
      return open(
          who + " is asked for a declared name, but no look-up in the capture gave this address");
    }
    if (!to.began()) {
      return open(who + " was spoken to when the capture began, and who began is not in it");
    }
    return fault("sends to " + who + ", which is not declared");
  }

  /** The same for a name that was looked up. */
  public String judge(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (!name.contains(".") || OF_THE_BUILDING.contains(last)) {
      return "of the building";
    }
    return isDeclared(name) ? "declared" : fault("looks up " + name + ", which is not declared");
  }

  private boolean isDeclared(String name) {
    return declared.stream().anyMatch(d -> d.isNamed(name));
  }

  private static boolean inVietNam(Declared one) {
    return one.country().filter("VN"::equals).isPresent();
  }

  private String fault(String what) {
    faults.add(what);
    return "NOT as declared";
  }

  private String open(String what) {
    open.add(what);
    return "undecided";
  }

  /** What breaks the declaration. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** What can be held neither for nor against it. */
  public List<String> open() {
    return List.copyOf(open);
  }

  /** How many destinations there were beside networking. */
  public int beyond() {
    return beyond;
  }
}
