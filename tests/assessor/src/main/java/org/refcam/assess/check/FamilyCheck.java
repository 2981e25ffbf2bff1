// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Fingerprint;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.Wire;

/**
 * IPv6 beside IPv4: the same ports, tried at the subject's other address. A port that is open over
 * IPv6 only is one that a firewall rule for IPv4 forgot. Stateless.
 */
final class FamilyCheck {
  private FamilyCheck() {}

  static Finding look(Subject subject, Notes notes) throws IOException {
    Reach reach = subject.talk().reach();
    if (reach.other().isEmpty()) {
      return notes.unknown(
          "only "
              + reach.address()
              + " was looked at; name the address of the other family too (--also)",
          "mới xem " + reach.address() + "; hãy cho biết cả địa chỉ thuộc họ kia (--also)");
    }
    Reach other = reach.other().get();
    Discovery.Found there = Discovery.look(other, subject.found().ports());
    notes.say(reach.address() + ": " + names(subject.endpoints()));
    notes.say(other.address() + ": " + names(there.endpoints()));
    if (there.endpoints().isEmpty()) {
      return notes.notApplicable(
          "none of " + there.tried() + " ports is open at " + other.address(),
          "không cổng nào trong " + there.tried() + " cổng mở ở " + other.address());
    }
    for (Endpoint one : there.endpoints()) {
      Optional<Endpoint> here = at(subject.endpoints(), one.port());
      if (here.isEmpty()) {
        only(one, other, notes);
      } else if (!here.get().equals(one)) {
        notes.fault(one.name() + " at " + other.address() + " is " + here.get().name() + " here");
      } else if (one.tls() && !key(other, one).equals(key(reach, one))) {
        notes.fault(one.name() + " shows another key at " + other.address());
      }
    }
    for (Endpoint one : subject.endpoints()) {
      if (at(there.endpoints(), one.port()).isEmpty()) {
        only(one, reach, notes);
      }
    }
    return notes.passUnlessFaulty(
        there.endpoints().size()
            + " ports at "
            + other.address()
            + ", none of them over IPv6 alone, with the same keys as at "
            + reach.address(),
        there.endpoints().size()
            + " cổng ở "
            + other.address()
            + ", không cổng nào chỉ mở qua IPv6, khóa giống như ở "
            + reach.address());
  }

  private static void only(Endpoint one, Reach where, Notes notes) {
    if (where.address().contains(":")) {
      notes.fault(one.name() + " is open over IPv6 only, at " + where.address());
    } else {
      notes.say(one.name() + " is open over IPv4 only");
    }
  }

  private static Optional<Endpoint> at(List<Endpoint> endpoints, int port) {
    return endpoints.stream().filter(e -> e.port() == port).findFirst();
  }

  private static List<String> names(List<Endpoint> endpoints) {
    return endpoints.stream().map(Endpoint::name).toList();
  }

  private static String key(Reach reach, Endpoint at) throws IOException {
    try (Wire wire = Wire.open(reach, at)) {
      List<X509Certificate> chain = wire.certificates();
      return chain.isEmpty() ? "" : Fingerprint.of(chain.get(0).getPublicKey().getEncoded());
    } catch (BudgetException e) {
      throw e;
    } catch (IOException e) {
      // This Java and the port have no TLS in common; other checks say so.
      return "";
    }
  }
}
