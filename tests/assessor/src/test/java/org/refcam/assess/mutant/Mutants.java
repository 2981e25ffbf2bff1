// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.refcam.tests.harness.Rest;

/** The faults, each breaking one requirement. */
final class Mutants {
  private final Rest session;
  private final Rest.Credentials client;
  private final String ownerPassword;

  Mutants(Rest session, Rest.Credentials client, String ownerPassword) {
    this.session = session;
    this.client = client;
    this.ownerPassword = ownerPassword;
  }

  List<Mutant> all() throws GeneralSecurityException {
    DoorMutants doors = new DoorMutants(session, client, ownerPassword);
    SessionMutants sessions = new SessionMutants(session);
    List<Mutant> all = new ArrayList<>();
    all.addAll(PortMutants.network());
    all.addAll(doors.open());
    all.addAll(doors.guessing());
    all.addAll(SessionMutants.sessions());
    all.addAll(sessions.acts());
    all.addAll(AnswerMutants.telling());
    all.addAll(AnswerMutants.input());
    all.addAll(FileMutants.all());
    all.addAll(new GuidedMutants(session.session().getOrDefault("Cookie", "")).all());
    return all;
  }
}
