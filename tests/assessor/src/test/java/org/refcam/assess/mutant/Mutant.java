// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A camera with one fault.
 *
 * @param check the check that has to fail
 * @param requirement the requirement that has to fail by it
 * @param stand how the proxies in front of the camera look
 * @param given what the user of the assessor tells, changed by what is on the proxies
 */
record Mutant(
    String name,
    String check,
    String requirement,
    UnaryOperator<Stand> stand,
    BiFunction<Stand, Told, Told> given) {
  static Mutant of(String name, String check, String requirement, UnaryOperator<Stand> stand) {
    return new Mutant(name, check, requirement, stand, (s, t) -> t);
  }

  static Mutant told(String name, String check, String requirement, UnaryOperator<Told> given) {
    return new Mutant(name, check, requirement, s -> s, (s, t) -> given.apply(t));
  }

  /** Checks of the same family, so that a mutant also shows what else it trips. */
  boolean family(String other) {
    return other.substring(0, other.indexOf('.')).equals(check.substring(0, check.indexOf('.')));
  }

  /**
   * The doors. {@code extra} names a port beside them: plain-http, plain-rtsp, telnet, jdwp,
   * silent, silent-ipv6, plain-http-later (after a cut); or stays-off, which brings none back after
   * a cut; or "". {@code cut} becomes true when a guided cut has ended.
   */
  record Stand(
      Fault https,
      Fault rtsps,
      Certificates.Server server,
      Set<String> protocols,
      Set<String> suites,
      String extra,
      AtomicBoolean cut) {
    Stand https(Fault fault) {
      return new Stand(fault, rtsps, server, protocols, suites, extra, cut);
    }

    Stand rtsps(Fault fault) {
      return new Stand(https, fault, server, protocols, suites, extra, cut);
    }

    Stand server(Certificates.Server other) {
      return new Stand(https, rtsps, other, protocols, suites, extra, cut);
    }

    Stand protocol(String more) {
      return new Stand(https, rtsps, server, plus(protocols, more), suites, extra, cut);
    }

    Stand suite(String more) {
      return new Stand(https, rtsps, server, protocols, plus(suites, more), extra, cut);
    }

    Stand extra(String port) {
      return new Stand(https, rtsps, server, protocols, suites, port, cut);
    }

    private static Set<String> plus(Set<String> all, String one) {
      Set<String> more = new java.util.TreeSet<>(all);
      more.add(one);
      return more;
    }
  }

  /** What is told beside the address: by word, because tests read better so. */
  record Told(
      Captured captured,
      boolean vietNamOnly,
      boolean canaryLeft,
      boolean sameKey,
      boolean derivedLabel,
      boolean factory,
      boolean otherCertificate) {
    static Told clean() {
      return new Told(Captured.CLEAN, true, false, false, false, false, false);
    }

    Told captured(Captured what) {
      return new Told(
          what, vietNamOnly, canaryLeft, sameKey, derivedLabel, factory, otherCertificate);
    }

    Told withCanaryLeft() {
      return new Told(
          captured, vietNamOnly, true, sameKey, derivedLabel, factory, otherCertificate);
    }

    Told withSameKey() {
      return new Told(
          captured, vietNamOnly, canaryLeft, true, derivedLabel, factory, otherCertificate);
    }

    Told withDerivedLabel() {
      return new Told(captured, vietNamOnly, canaryLeft, sameKey, true, factory, otherCertificate);
    }

    Told inFactoryState() {
      return new Told(
          captured, vietNamOnly, canaryLeft, sameKey, derivedLabel, true, otherCertificate);
    }

    Told withOtherCertificate() {
      return new Told(captured, vietNamOnly, canaryLeft, sameKey, derivedLabel, factory, true);
    }
  }
}
