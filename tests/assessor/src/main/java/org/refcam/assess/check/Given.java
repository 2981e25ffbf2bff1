// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the user told beside the address.
 *
 * @param person account for the sign-in of people
 * @param label of the camera: serial, password, certificateSha256
 * @param factory whether the subject is in factory state, as the user says
 * @param declaredPorts of the maker's list of interfaces; empty if none was given
 * @param egress where it sends
 * @param guessUser the name to guess a password for; empty for a random one
 * @param patience how long to wait at most where a window has to pass
 * @param keySpace how many passwords a guesser would have to try
 * @param aids what was lent beside words
 */
public record Given(
    Optional<Credentials> person,
    Optional<Label> label,
    boolean factory,
    List<Integer> declaredPorts,
    Egress egress,
    Optional<Path> medium,
    List<String> canaries,
    Optional<JsonNode> otherUnit,
    String guessUser,
    Duration patience,
    double keySpace,
    Aids aids) {
  /** Eight decimal digits: the weakest password that people still call long. */
  public static final double KEY_SPACE = 1e8;

  public Given {
    declaredPorts = List.copyOf(declaredPorts);
    canaries = List.copyOf(canaries);
  }

  /** Without aids. */
  public Given(
      Optional<Credentials> person,
      Optional<Label> label,
      boolean factory,
      List<Integer> declaredPorts,
      Egress egress,
      Optional<Path> medium,
      List<String> canaries,
      Optional<JsonNode> otherUnit,
      String guessUser,
      Duration patience,
      double keySpace) {
    this(
        person,
        label,
        factory,
        declaredPorts,
        egress,
        medium,
        canaries,
        otherUnit,
        guessUser,
        patience,
        keySpace,
        Aids.none());
  }

  /** A name and a password. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /** What stands on the camera. */
  public record Label(String serial, String password, String certificateSha256) {
    @Override
    public String toString() {
      return "label of " + serial;
    }
  }

  /** The same without the account. */
  public Given withoutPerson() {
    return changed(Optional.empty(), aids);
  }

  /** The same with other aids. */
  public Given with(Aids others) {
    return changed(person, others);
  }

  private Given changed(Optional<Credentials> account, Aids others) {
    return new Given(
        account,
        label,
        factory,
        declaredPorts,
        egress,
        medium,
        canaries,
        otherUnit,
        guessUser,
        patience,
        keySpace,
        others);
  }

  /** Nothing but the address. */
  public static Given nothing() {
    return new Given(
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        Egress.untold(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        "",
        Duration.ofSeconds(31),
        KEY_SPACE);
  }
}
