// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.refcam.assess.catalogue.CheckLink;
import org.refcam.assess.catalogue.Reference;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Verdict;

class JudgeTest {
  private static final Text TITLE = new Text("Doors are shut", "Cửa đóng");

  private static Requirement requirement(String... links) {
    List<CheckLink> checks =
        java.util.Arrays.stream(links)
            .map(
                l ->
                    new CheckLink(
                        l.substring(1),
                        l.charAt(0) == '!' ? CheckLink.Role.DECIDES : CheckLink.Role.REFUTES))
            .toList();
    return new Requirement(
        "doors",
        "01",
        TITLE,
        "Doors are shut.",
        "mandatory",
        "verified",
        List.of(new Reference("other", "Own rule", Reference.Basis.VERIFIED, "mandatory")),
        Map.of("device", "look at the doors"),
        "",
        List.of(),
        checks);
  }

  private static Judged judge(Requirement requirement, Object... idsAndVerdicts) {
    Map<String, Finding> findings = new HashMap<>();
    for (int i = 0; i < idsAndVerdicts.length; i += 2) {
      String id = (String) idsAndVerdicts[i];
      findings.put(
          id,
          new Finding(
              id,
              (Verdict) idsAndVerdicts[i + 1],
              new Text("seen at 2 doors", "thấy ở 2 cửa"),
              List.of("evidence/" + id + ".txt")));
    }
    return Judge.judge(requirement, findings);
  }

  @Test
  void refutingPass_isNoPass() {
    Judged judged = judge(requirement("?a"), "a", Verdict.PASS);
    assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judged.step().en()).contains("look at the doors");
  }

  @Test
  void anyFailure_fails() {
    assertThat(judge(requirement("!a", "?b"), "a", Verdict.PASS, "b", Verdict.FAIL).verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(judge(requirement("!a", "!b"), "b", Verdict.FAIL).verdict())
        .as("although one did not run")
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void decidingChecks_allHaveToPassOrNotApply() {
    Requirement two = requirement("!a", "!b");
    assertThat(judge(two, "a", Verdict.PASS, "b", Verdict.NOT_APPLICABLE).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(judge(two, "a", Verdict.PASS, "b", Verdict.UNKNOWN).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(two, "a", Verdict.PASS).verdict())
        .as("one did not run")
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(two, "a", Verdict.NOT_APPLICABLE, "b", Verdict.NOT_APPLICABLE).verdict())
        .isEqualTo(Verdict.NOT_APPLICABLE);
  }

  @Test
  void noCheck_isUnknownWithAStep() {
    Judged judged = judge(requirement());
    assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judged.evidence()).isEmpty();
  }

  @Test
  void reasonLint_findsEscapesCirclesAndEmptyClaims() {
    assertThat(ReasonLint.faults("", TITLE)).contains(ReasonLint.Fault.EMPTY);
    assertThat(ReasonLint.faults("done where possible, see chapter 3", TITLE))
        .contains(ReasonLint.Fault.ESCAPE);
    assertThat(ReasonLint.faults("không áp dụng vì không áp dụng", TITLE))
        .contains(ReasonLint.Fault.CIRCULAR);
    assertThat(ReasonLint.faults("no mechanism, therefore not needed", TITLE))
        .contains(ReasonLint.Fault.CIRCULAR);
    assertThat(ReasonLint.faults("Doors are shut.", TITLE)).contains(ReasonLint.Fault.CIRCULAR);
    assertThat(ReasonLint.faults("all ports were looked at", TITLE))
        .contains(ReasonLint.Fault.ALL_WITHOUT_NUMBER);
    assertThat(ReasonLint.faults("the 3 ports found refuse strangers", TITLE)).isEmpty();
  }

  @Test
  void worksheet_fillsUnknownOnly_andRefusesBadReasons() throws Exception {
    Judged unknown = judge(requirement("?a"), "a", Verdict.PASS);
    Judged failed = judge(requirement("?a"), "a", Verdict.FAIL);
    String row =
        "{\"rows\":[{\"id\":\"doors\",\"verdict\":\"PASS\",\"reason\":\"%s\",\"evidence\":\"photo 4\",\"person\":\"Lan\",\"date\":\"2026-11-25\"}]}";
    var good =
        ReportJson.read(
            row.formatted("both doors were opened and looked at")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    var bad =
        ReportJson.read(
            row.formatted("as appropriate, etc").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Judged merged = Worksheet.merge(List.of(unknown), good).get(0);
    assertThat(merged.verdict()).isEqualTo(Verdict.PASS);
    assertThat(merged.by()).isEqualTo("Lan");
    assertThatThrownBy(() -> Worksheet.merge(List.of(failed), good))
        .isInstanceOf(Worksheet.RefusedException.class)
        .hasMessageContaining("FAIL");
    assertThatThrownBy(() -> Worksheet.merge(List.of(unknown), bad))
        .isInstanceOf(Worksheet.RefusedException.class)
        .hasMessageContaining("ESCAPE");
  }
}
