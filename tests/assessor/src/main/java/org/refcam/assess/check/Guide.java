// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.reach.Endpoint;

/**
 * Leads the person at the subject through the steps of one check, and writes down who was asked
 * what, and what came, as evidence. The person's time is not counted as the run's. Confined to one
 * thread.
 */
final class Guide {
  private static final Duration PAUSE = Duration.ofMillis(300);

  /** How long a subject may go on answering after it was cut off. */
  private static final Duration SILENT_WITHIN = Duration.ofSeconds(20);

  private final Tester tester;
  private final Subject subject;
  private final Notes notes;
  private String last = "";

  Guide(Tester tester, Subject subject, Notes notes) {
    this.tester = tester;
    this.subject = subject;
    this.notes = notes;
  }

  /** Whether the person did it. */
  boolean done(String id, String en, String vi) throws IOException {
    return ask(id, en, vi, List.of(Tester.DONE, Tester.SKIP)).equals(Tester.DONE);
  }

  /** What the person says, one of the words. */
  String ask(String id, String en, String vi, List<String> words) throws IOException {
    Tester.Answer answer = tester.ask(new Tester.Step(id, new Text(en, vi), words));
    subject.talk().reach().waited(Duration.between(answer.asked(), answer.answered()));
    notes.say("ASKED " + id + " at " + answer.asked() + ": " + en);
    notes.say(
        "ANSWERED "
            + answer.word()
            + " by "
            + Notes.printable(answer.who())
            + " at "
            + answer.answered());
    last = id + " (" + answer.word() + ", " + Notes.printable(answer.who()) + ")";
    return answer.word();
  }

  /** Unknown, because the last step was left out. */
  Finding leftOut() {
    return notes.unknown(
        "the step was left out: " + last + "; run again with --guided",
        "bước đã bị bỏ qua: " + last + "; hãy chạy lại với --guided");
  }

  /** Whether no port that was open answers any more. */
  boolean silent() throws IOException {
    return within(SILENT_WITHIN, 0) >= 0;
  }

  /**
   * Waits until each port that was open answers again.
   *
   * @return seconds, or -1 if it took longer than the user allows
   */
  double back() throws IOException {
    double seconds = within(subject.given().aids().backWithin(), subject.endpoints().size());
    notes.say(seconds < 0 ? "not back in time" : "answers again after " + round(seconds) + " s");
    return seconds;
  }

  static String round(double seconds) {
    return String.format(java.util.Locale.ROOT, "%.1f", seconds);
  }

  // Seconds until so many of the subject's ports answer, or -1.
  private double within(Duration most, int wanted) throws IOException {
    long begin = System.nanoTime();
    try {
      while (System.nanoTime() - begin < most.toNanos()) {
        if (answering(wanted)) {
          return (System.nanoTime() - begin) / 1e9;
        }
        Guesses.sleep(PAUSE);
      }
      return -1;
    } finally {
      subject.talk().reach().waited(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  // Asks no more ports than it takes to know.
  private boolean answering(int wanted) throws IOException {
    int count = 0;
    int left = subject.endpoints().size();
    for (Endpoint at : subject.endpoints()) {
      boolean other = at.speech() == Endpoint.Speech.OTHER;
      count += (other ? opens(at) : subject.alive(at)) ? 1 : 0;
      left--;
      if (count > wanted || count + left < wanted) {
        return false;
      }
    }
    return count == wanted;
  }

  private boolean opens(Endpoint at) throws IOException {
    try (var socket = subject.talk().reach().connect(at.port())) {
      return socket.isConnected();
    } catch (org.refcam.assess.reach.BudgetException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }
}
