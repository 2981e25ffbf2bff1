// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What comes back after the power or the network was away, and when. Guided: a person makes the
 * cut, the assessor sees that it was made, measures the way back, and compares how safe the subject
 * was before and is after.
 */
final class CutChecks {
  private CutChecks() {}

  /** One kind of cut, as the person is asked to make and to end it. */
  private record Cut(String id, String off, String offVi, String on, String onVi) {}

  private static final Cut POWER =
      new Cut(
          "power",
          "Cut the camera's power now, without shutting it down. Answer when it is off.",
          "Hãy ngắt điện camera ngay, không tắt máy trước. Trả lời khi máy đã mất điện.",
          "Give the camera power again, and answer at that moment.",
          "Hãy cấp điện lại và trả lời ngay lúc đó.");

  private static final Cut NETWORK =
      new Cut(
          "network",
          "Take the camera's network away (cable or Wi-Fi), but not its power. Answer when it is away.",
          "Hãy ngắt mạng của camera (cáp hoặc Wi-Fi) nhưng không ngắt điện. Trả lời khi đã ngắt.",
          "Wait a minute, then give the network back, and answer at that moment.",
          "Chờ một phút rồi nối mạng lại và trả lời ngay lúc đó.");

  static List<Check> all() {
    return List.of(
        Check.of(
            "guided.power",
            "Comes back as safe as before after a power cut",
            "Trở lại an toàn như trước sau khi mất điện",
            (subject, notes) -> look(POWER, subject, notes)),
        Check.of(
            "guided.network",
            "Comes back as safe as before after a network cut",
            "Trở lại an toàn như trước sau khi mất mạng",
            (subject, notes) -> look(NETWORK, subject, notes)));
  }

  private static Finding look(Cut cut, Subject subject, Notes notes) throws IOException {
    Optional<Tester> tester = subject.given().aids().tester();
    if (tester.isEmpty()) {
      return notes.unknown(
          "needs a person at the camera: run with --guided, who is asked: " + cut.off(),
          "cần người ở cạnh camera: hãy chạy với --guided; người đó được yêu cầu: " + cut.offVi());
    }
    if (subject.endpoints().isEmpty()) {
      return notes.notApplicable(
          "no port of " + subject.found().tried() + " is open, so its return would not show",
          "không cổng nào trong "
              + subject.found().tried()
              + " mở nên không thấy được máy trở lại");
    }
    Guide guide = new Guide(tester.get(), subject, notes);
    Survey before = Survey.of(subject, notes);
    if (!guide.done(cut.id() + ".off", cut.off(), cut.offVi())) {
      return guide.leftOut();
    }
    if (!guide.silent()) {
      return notes.unknown(
          "the camera went on answering, so the cut was not seen; make it again",
          "camera vẫn trả lời nên không thấy lần ngắt; hãy ngắt lại");
    }
    if (cut == NETWORK) {
      local(guide, notes);
    }
    boolean done = guide.done(cut.id() + ".on", cut.on(), cut.onVi());
    double seconds = guide.back();
    if (seconds < 0 && !done) {
      return guide.leftOut();
    }
    if (seconds < 0) {
      notes.fault(
          "not each of its "
              + subject.endpoints().size()
              + " ports answered again within "
              + subject.given().aids().backWithin().toSeconds()
              + " s");
    } else {
      Survey after = Survey.of(subject.again(), notes);
      before.worse(after).forEach(w -> notes.fault("after the cut of " + cut.id() + ": " + w));
    }
    String time = Guide.round(seconds);
    return notes.passUnlessFaulty(
        "answered again "
            + time
            + " s after one cut of "
            + cut.id()
            + "; as before: "
            + before.told(),
        "trả lời lại sau " + time + " giây (một lần ngắt); như trước: " + before.toldVi());
  }

  private static void local(Guide guide, Notes notes) throws IOException {
    String word =
        guide.ask(
            "network.local",
            "Does the camera go on with what it does by itself, such as recording, as far as you can see?",
            "Theo bạn thấy, camera có tiếp tục việc của nó (ví dụ ghi hình) không?",
            List.of("yes", "no", Tester.SKIP));
    if (word.equals("no")) {
      notes.fault("the person saw that it stops its local functions without a network");
    }
  }
}
