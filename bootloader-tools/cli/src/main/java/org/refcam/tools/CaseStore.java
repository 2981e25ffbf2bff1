// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.refcam.json.InvalidJsonException;
import org.refcam.tools.vulnerability.CaseBook;
import org.refcam.tools.vulnerability.CaseEvent;
import org.refcam.tuf.TargetCheck;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TufException;

/**
 * The book of cases as {@code cases.json}, a target of a TUF repository of its own: signed by the
 * targets role with both families, each version under its hash, and an older one put back is
 * noticed as far as the metadata is not put back with it. It is private: it holds what is not fixed
 * yet.
 */
final class CaseStore {
  static final String PATH = "cases.json";

  private final RepositoryDirectory repository;
  private final KeyDirectory keys;
  private final Clock clock;

  CaseStore(Path directory, KeyDirectory keys, Clock clock) throws IOException, TufException {
    this.repository = RepositoryDirectory.open(directory, keys, clock);
    this.keys = keys;
    this.clock = clock;
  }

  CaseBook read() throws IOException, TufException, InvalidJsonException {
    TargetFile target = repository.targets().get(PATH);
    if (target == null) {
      return CaseBook.EMPTY;
    }
    byte[] bytes = Files.readAllBytes(repository.file(target));
    TargetCheck check = target.check();
    check.update(bytes, 0, bytes.length);
    check.finish();
    return CaseBook.parse(bytes);
  }

  /**
   * Adds an event and signs the book.
   *
   * @param at when it happened; now, if it is not given
   */
  CaseBook record(String id, CaseEvent event, @Nullable Instant at, Map<String, String> facts)
      throws IOException, TufException, InvalidJsonException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    CaseBook next = read().with(new CaseBook.Entry(id, event, at == null ? now : at, now, facts));
    save(next);
    return next;
  }

  void save(CaseBook book) throws IOException, TufException {
    Path file = Files.createTempFile("refcam-cases-", ".json");
    try {
      Files.write(file, book.encode());
      repository.list(repository.add(PATH, file));
    } finally {
      Files.delete(file);
    }
    repository.publish(keys);
  }
}
