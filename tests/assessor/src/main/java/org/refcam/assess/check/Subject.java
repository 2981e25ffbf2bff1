// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Datagrams;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;
import org.refcam.assess.reach.Talk;

/** The camera under assessment, as far as it is known by now. Confined to one thread. */
public final class Subject {
  private final Talk talk;
  private final Discovery.Found found;
  private List<Datagrams.Probe> probes = List.of();
  private boolean probed;
  private final Given given;
  private final Evidence evidence;
  private final SecureRandom random;
  private final Guesses guesses;
  private Optional<OnvifDoor> onvif = Optional.empty();
  private Optional<RestDoor> rest = Optional.empty();

  public Subject(
      Talk talk, Discovery.Found found, Given given, Evidence evidence, SecureRandom random) {
    this(talk, found, given, evidence, random, new Guesses());
  }

  private Subject(
      Talk talk,
      Discovery.Found found,
      Given given,
      Evidence evidence,
      SecureRandom random,
      Guesses guesses) {
    this.guesses = guesses;
    this.talk = talk;
    this.found = found;
    this.given = given;
    this.evidence = evidence;
    this.random = random;
  }

  /** Looks for what a camera may speak on top of HTTP. */
  public void recognise() throws IOException {
    onvif = OnvifDoor.find(talk, http());
    rest = RestDoor.find(talk, http());
  }

  /** The subject as it shows itself now, after it was restarted or erased. */
  Subject again() throws IOException {
    Discovery.Found now = Discovery.look(talk.reach(), found.ports());
    Subject fresh = new Subject(talk, now, given, evidence, random, guesses);
    fresh.recognise();
    return fresh;
  }

  public Talk talk() {
    return talk;
  }

  public Discovery.Found found() {
    return found;
  }

  /** What the discovery services say; they are asked when somebody wants to know, and once. */
  List<Datagrams.Probe> probes() throws IOException {
    if (!probed) {
      probes = Datagrams.look(talk.reach());
      probed = true;
    }
    return probes;
  }

  public Given given() {
    return given;
  }

  public Evidence evidence() {
    return evidence;
  }

  public Guesses guesses() {
    return guesses;
  }

  public List<Endpoint> endpoints() {
    return found.endpoints();
  }

  public List<Endpoint> http() {
    return endpoints().stream().filter(Endpoint::http).toList();
  }

  public List<Endpoint> rtsp() {
    return endpoints().stream().filter(Endpoint::rtsp).toList();
  }

  public List<Endpoint> tls() {
    return endpoints().stream().filter(Endpoint::tls).toList();
  }

  public Optional<OnvifDoor> onvif() {
    return onvif;
  }

  public Optional<RestDoor> rest() {
    return rest;
  }

  /** Letters that nobody else uses. */
  public String nonce() {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether a port still answers as it did when it was found. */
  public boolean alive(Endpoint at) throws BudgetException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        Reply reply =
            at.rtsp() ? talk.rtsp(at, "OPTIONS", "*", java.util.Map.of()) : talk.get(at, "/");
        if (reply.status() != 0) {
          return true;
        }
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        // A busy camera gets a second chance; what stays silent is reported by the caller.
        continue;
      }
    }
    return false;
  }
}
