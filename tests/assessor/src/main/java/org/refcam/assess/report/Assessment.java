// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Verdict;

/**
 * All that one run found.
 *
 * @param profile the regime looked at
 * @param keys SHA-256 of public keys by TLS port, for a comparison with another unit
 * @param evidence bytes by file name
 */
public record Assessment(
    Run run,
    String profile,
    List<String> endpoints,
    Map<String, String> keys,
    List<Finding> findings,
    List<Judged> judged,
    Map<String, byte[]> evidence) {
  /**
   * When, where and how much.
   *
   * @param started ISO 8601
   * @param selfErrors checks that failed by a fault of the assessor itself
   */
  public record Run(
      String catalogue,
      String subject,
      String started,
      double seconds,
      int connections,
      long bytesRead,
      int selfErrors) {}

  public Assessment {
    endpoints = List.copyOf(endpoints);
    keys = Map.copyOf(keys);
    findings = List.copyOf(findings);
    judged = List.copyOf(judged);
    evidence = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(evidence));
  }

  /**
   * With checks that could be looked at only later.
   *
   * @param later of the same subject
   */
  public Assessment with(Assessment later, Catalogue catalogue) {
    Map<String, Finding> all = new LinkedHashMap<>();
    findings.forEach(one -> all.put(one.check(), one));
    later.findings.forEach(one -> all.put(one.check(), one));
    Map<String, byte[]> files = new LinkedHashMap<>(evidence);
    files.putAll(later.evidence);
    Run both =
        new Run(
            run.catalogue(),
            run.subject(),
            run.started(),
            run.seconds() + later.run.seconds(),
            run.connections() + later.run.connections(),
            run.bytesRead() + later.run.bytesRead(),
            run.selfErrors() + later.run.selfErrors());
    List<Judged> again = catalogue.of(profile).stream().map(one -> Judge.judge(one, all)).toList();
    return new Assessment(both, profile, endpoints, keys, List.copyOf(all.values()), again, files);
  }

  public long count(Verdict verdict) {
    return judged.stream().filter(j -> j.verdict() == verdict).count();
  }
}
