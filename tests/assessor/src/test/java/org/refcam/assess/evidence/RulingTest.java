// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.evidence.Claims.Claim;
import org.refcam.assess.report.Judged;

class RulingTest {
  private static final Claim NOTHING = new Claim(List.of(), List.of(), List.of(), List.of());
  private static final String KEPT = "INV-X-1";

  @TempDir Path folder;

  private static Judged outside(Verdict verdict) throws Exception {
    Requirement any = Catalogue.read().requirements().get(0);
    Text seen = new Text("seen 1 thing", "thấy 1 điều");
    return new Judged(any, verdict, seen, Judged.NO_STEP, List.of("evidence/x.txt"), "assessor");
  }

  private static Claim by(String... proofs) {
    return new Claim(List.of(proofs), List.of(), List.of(), List.of());
  }

  /** A tree with one invariant, whose one test has this report. */
  private Proofs proofs(String report) throws Exception {
    write("firmware/doc/threat-model.md", "| " + KEPT + " | it holds | all | nothing |\n");
    write("firmware/src/main/java/A.java", "/** <p>" + KEPT + ". It holds. */ class A {}");
    write(
        "firmware/src/test/java/p/ATest.java",
        "@Test\n@DisplayName(\"" + KEPT + " it; holds\")\nvoid it_holds() {}");
    if (!report.isEmpty()) {
      Path file = write("firmware/target/surefire-reports/TEST-p.ATest.xml", report);
      Files.setLastModifiedTime(
          file, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    }
    return new Proofs(
        Samples.facts(),
        Invariants.of(new Tree(folder)),
        List.of(new Difference("tls", "https suites", "a", "b")),
        new Text("captured for 9 s", "thu trong 9 s"),
        Map.of("erase", new Done(true, new Text("erased 1", "xóa 1"), "evidence/e.json")));
  }

  private Path write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String report(String inside) {
    return "<testsuite><testcase name=\"it_holds\" classname=\"p.ATest\">"
        + inside
        + "</testcase></testsuite>";
  }

  private Status of(String report, Verdict outside, Claim claim) throws Exception {
    return Ruling.of(outside(outside), claim, proofs(report)).status();
  }

  @Test
  void testThatPassed_verifies() throws Exception {
    Ruling ruling = Ruling.of(outside(Verdict.UNKNOWN), by(KEPT, "run erase"), proofs(report("")));
    assertThat(ruling.status()).isEqualTo(Status.VERIFIED);
    assertThat(ruling.evidence()).contains("evidence/inv-x-1.txt", "evidence/e.json");
    assertThat(ruling.reason().en()).contains(KEPT, "1/1 tests passed");
  }

  @Test
  void testThatDidNotRunFailedOrWasSkipped_neverVerifies() throws Exception {
    for (String report :
        List.of("", report("<failure/>"), report("<error/>"), report("<skipped/>"))) {
      assertThat(of(report, Verdict.UNKNOWN, by(KEPT))).isEqualTo(Status.NOT_VERIFIED);
    }
    assertThat(Ruling.of(outside(Verdict.PASS), by(KEPT), proofs("")).reason().en())
        .contains("0/1 tests passed")
        .contains("p.ATest.it_holds: ");
  }

  @Test
  void testThatChangedAfterItsReport_neverVerifies() throws Exception {
    proofs(report(""));
    Files.setLastModifiedTime(
        folder.resolve("firmware/src/test/java/p/ATest.java"),
        java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 120_000));
    Invariants read = Invariants.of(new Tree(folder));
    assertThat(read.find(KEPT).orElseThrow().tests())
        .extracting(TestRun::result)
        .containsExactly(TestRun.Result.STALE);
    assertThat(read.find(KEPT).orElseThrow().tested()).isFalse();
  }

  @Test
  void oneOfSeveralRunsFailed_fails() throws Exception {
    String twice =
        "<testsuite><testcase name=\"it_holds(int)[1]\" classname=\"p.ATest\"><failure/></testcase>"
            + "<testcase name=\"it_holds(int)[2]\" classname=\"p.ATest\"/></testsuite>";
    assertThat(of(twice, Verdict.UNKNOWN, by(KEPT))).isEqualTo(Status.NOT_VERIFIED);
  }

  @Test
  void failureFromOutside_outweighsEveryProof() throws Exception {
    assertThat(of(report(""), Verdict.FAIL, by(KEPT))).isEqualTo(Status.NOT_VERIFIED);
  }

  @Test
  void scanWithADifference_doesNotVerify() throws Exception {
    assertThat(of(report(""), Verdict.PASS, by("scan tls"))).isEqualTo(Status.NOT_VERIFIED);
    assertThat(of(report(""), Verdict.UNKNOWN, by("scan ports"))).isEqualTo(Status.VERIFIED);
  }

  @Test
  void scanOfEgress_saysHowItWasFound() throws Exception {
    Ruling ruling = Ruling.of(outside(Verdict.UNKNOWN), by("scan egress"), proofs(report("")));
    assertThat(ruling.reason().en()).contains("captured for 9 s");
  }

  @Test
  void neededProofThatDoesNotHold_isNamed() throws Exception {
    String need = "interfaces/rtsp-plain/state = on";
    Claim claim = new Claim(List.of(KEPT), List.of(), List.of(need), List.of());
    Ruling ruling = Ruling.of(outside(Verdict.PASS), claim, proofs(report("")));
    assertThat(ruling.status()).isEqualTo(Status.NOT_VERIFIED);
    assertThat(ruling.reason().en()).contains(need, "the firmware says off");
  }

  @Test
  void withoutSufficientProofs_theNetworkOrAPersonDecides() throws Exception {
    assertThat(of("", Verdict.PASS, NOTHING)).isEqualTo(Status.VERIFIED);
    assertThat(of("", Verdict.NOT_APPLICABLE, NOTHING)).isEqualTo(Status.NOT_APPLICABLE);
    Ruling person = Ruling.of(outside(Verdict.UNKNOWN), NOTHING, proofs(""));
    assertThat(person.status()).isEqualTo(Status.NEEDS_PERSON);
    assertThat(person.step()).isNotEqualTo(Judged.NO_STEP);
  }

  @Test
  void verifiedWithoutEvidence_cannotBeMade() throws Exception {
    Judged judged = outside(Verdict.PASS);
    assertThatThrownBy(
            () ->
                new Ruling(
                    judged.requirement(),
                    Status.VERIFIED,
                    judged.reason(),
                    Judged.NO_STEP,
                    List.of(),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
