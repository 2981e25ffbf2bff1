// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.util.ArrayList;
import java.util.List;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.reach.Reply;

/** What one check writes down while it looks; becomes its evidence file. Confined to one thread. */
public final class Notes {
  private static final int BODY_MAX = 1500;

  private final String check;
  private final Evidence evidence;
  private final StringBuilder text = new StringBuilder();
  private final List<String> faults = new ArrayList<>();

  Notes(String check, Evidence evidence) {
    this.check = check;
    this.evidence = evidence;
  }

  /** One line of evidence. */
  public void say(String line) {
    text.append(line).append('\n');
  }

  /** What was asked and what came. */
  public void exchange(String asked, Reply reply) {
    text.append("> ").append(asked).append("\n< ");
    text.append(reply.status() == 0 ? "no answer of the protocol" : "status " + reply.status())
        .append('\n');
    reply
        .headers()
        .forEach(
            (name, values) ->
                text.append("< ").append(name).append(": ").append(values).append('\n'));
    String body = printable(reply.text());
    text.append(body.length() > BODY_MAX ? body.substring(0, BODY_MAX) + " [...]" : body);
    text.append(reply.cut() ? "\n[cut: more was sent or announced]\n" : "\n");
  }

  /** Letters, signs and line ends; everything else as a dot. */
  static String printable(String raw) {
    StringBuilder out = new StringBuilder();
    raw.codePoints()
        .limit(64 << 10)
        .forEach(
            c ->
                out.appendCodePoint(
                    c == '\n'
                            || c == '\t'
                            || c >= ' '
                                && c != 0x7f
                                && Character.isDefined(c)
                                && !Character.isISOControl(c)
                        ? c
                        : '.'));
    return out.toString();
  }

  /** A line of evidence that breaks the requirement. */
  public void fault(String line) {
    faults.add(line);
    say("FAULT: " + line);
  }

  public boolean faulty() {
    return !faults.isEmpty();
  }

  /** FAIL with the faults if there are any, else PASS for the reason given. */
  public Finding passUnlessFaulty(String en, String vi) {
    if (faults.isEmpty()) {
      return is(Verdict.PASS, en, vi);
    }
    String all = String.join("; ", faults.subList(0, Math.min(6, faults.size())));
    String more = faults.size() > 6 ? " (+" + (faults.size() - 6) + ")" : "";
    return is(Verdict.FAIL, all + more, "Thấy lỗi (chi tiết kỹ thuật): " + all + more);
  }

  public Finding pass(String en, String vi) {
    return is(Verdict.PASS, en, vi);
  }

  public Finding fail(String en, String vi) {
    return is(Verdict.FAIL, en, vi);
  }

  public Finding notApplicable(String en, String vi) {
    return is(Verdict.NOT_APPLICABLE, en, vi);
  }

  public Finding unknown(String en, String vi) {
    return is(Verdict.UNKNOWN, en, vi);
  }

  private Finding is(Verdict verdict, String en, String vi) {
    say("VERDICT: " + verdict + ": " + en);
    return new Finding(
        check,
        verdict,
        new Text(printable(en), printable(vi)),
        List.of(evidence.keep(check, text.toString())));
  }
}
