// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.refcam.web.RefusedException.Reason;

/**
 * Answers with a file or the one range of it that was asked for (RFC 9110, 14). Several ranges at
 * once are answered with the whole, as the RFC allows. Stateless.
 */
final class RangedAnswer {
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private RangedAnswer() {}

  /**
   * @param download whether a browser shall save it
   * @throws RefusedException NO_SUCH_RANGE
   */
  static Response of(
      Recordings.Content content,
      @Nullable String range,
      @Nullable String ifRange,
      boolean download)
      throws RefusedException {
    String tag = "\"" + content.tag() + "\"";
    long length = content.length();
    long from = 0;
    long to = length;
    boolean partial = false;
    Matcher asked = ONE_RANGE.matcher(range == null ? "" : range);
    if (asked.matches()
        && asked.group().length() > "bytes=-".length()
        && (ifRange == null || ifRange.equals(tag))) {
      partial = true;
      if (asked.group(1).isEmpty()) {
        from = Math.max(0, length - Long.parseLong(asked.group(2)));
      } else {
        from = Long.parseLong(asked.group(1));
        to =
            asked.group(2).isEmpty()
                ? length
                : Math.min(length, Long.parseLong(asked.group(2)) + 1);
      }
      if (from >= to) {
        throw new RefusedException(Reason.NO_SUCH_RANGE);
      }
    }
    long begin = from;
    long end = to;
    StreamingOutput body = out -> content.write(out, begin, end);
    Response.ResponseBuilder answer =
        Response.status(partial ? 206 : 200)
            .entity(body)
            .type(content.type())
            .header("Content-Length", end - begin)
            .header("Accept-Ranges", "bytes")
            .header("ETag", tag)
            .header("Cache-Control", "no-store");
    if (partial) {
      answer.header("Content-Range", "bytes " + begin + "-" + (end - 1) + "/" + length);
    }
    if (download) {
      answer.header("Content-Disposition", "attachment; filename=\"" + content.fileName() + "\"");
    }
    return answer.build();
  }
}
