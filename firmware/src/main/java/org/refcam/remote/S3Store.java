// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.crypto.Sha256;
import org.refcam.egress.EgressHttp;
import org.refcam.egress.HttpAnswer;
import org.refcam.egress.HttpCall;
import org.refcam.egress.Purpose;
import org.refcam.remote.StoreException.Reason;

/**
 * A bucket of an S3-compatible store: PutObject for what fits in one part, a multipart upload for
 * more, which becomes visible as a whole. Redirects are refused: they would lead to a host that the
 * owner did not name. Confined to one thread.
 */
final class S3Store implements ObjectStore {
  private static final String PROBE = "refcam-probe";
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]{1,1024})</UploadId>");
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");
  private static final byte[] NOTHING = new byte[0];

  private final RemoteSettings settings;
  private final EgressHttp http;
  private final AwsSigner signer;
  private final Clock clock;
  private final Pace pace;

  S3Store(RemoteSettings settings, EgressHttp http, Clock clock, Pace pace) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.pace = pace;
    signer = new AwsSigner(settings.user(), settings.secret(), settings.region(), "s3");
  }

  @Override
  public void put(String name, SealedClip content) throws IOException {
    if (Part.count(content) == 1) {
      byte[] body = Part.read(content, 0);
      require(send("PUT", name, "", body));
    } else {
      putParts(name, content);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    HttpAnswer answer = send("DELETE", name, "", NOTHING);
    if (answer.status() != 404) {
      require(answer);
    }
  }

  @Override
  public void probe() throws IOException {
    require(send("PUT", PROBE, "", "RefCam".getBytes(StandardCharsets.US_ASCII)));
    delete(PROBE);
  }

  @Override
  public void close() {}

  private void putParts(String name, SealedClip content) throws IOException {
    HttpAnswer begun = require(send("POST", name, "uploads=", NOTHING));
    Matcher id = UPLOAD_ID.matcher(text(begun));
    if (!id.find()) {
      throw new StoreException(Reason.FAILING, "the store began an upload without a name");
    }
    String upload = "uploadId=" + encode(id.group(1));
    try {
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < Part.count(content); i++) {
        String query = "partNumber=" + (i + 1) + "&" + upload;
        HttpAnswer answer = require(send("PUT", name, query, Part.read(content, i)));
        tags.add(answer.header("etag").filter(S3Store::isTag).orElseThrow(S3Store::noTag));
      }
      HttpAnswer done = require(send("POST", name, upload, complete(tags)));
      if (text(done).contains("<Error>")) { // this call may fail with status 200
        throw refusal(done);
      }
    } catch (IOException | RuntimeException e) {
      abort(name, upload, e);
      throw e;
    }
  }

  /** Frees what was sent; if that fails too, the store's own rule for unfinished uploads has to. */
  private void abort(String name, String upload, Exception cause) {
    try {
      send("DELETE", name, upload, NOTHING);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static byte[] complete(List<String> tags) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < tags.size(); i++) {
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
      xml.append(tags.get(i)).append("</ETag></Part>");
    }
    return xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private HttpAnswer send(String method, String name, String query, byte[] body)
      throws IOException {
    pace.take(body.length);
    String path = (settings.pathStyle() ? "/" + settings.place() : "") + "/" + name;
    String host = settings.calledHost();
    String sha256 = Sha256.hex(body);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-amz-content-sha256", sha256);
    Map<String, String> signed =
        signer.sign(
            method,
            EgressHttp.hostHeader(host, settings.port()),
            path,
            query,
            headers,
            sha256,
            clock.instant());
    String target = query.isEmpty() ? path : path + "?" + query;
    return http.send(
        host, settings.port(), Purpose.FOOTAGE, new HttpCall(method, target, signed, body));
  }

  private static HttpAnswer require(HttpAnswer answer) throws StoreException {
    if (!answer.success()) {
      throw refusal(answer);
    }
    return answer;
  }

  private static StoreException refusal(HttpAnswer answer) {
    Matcher found = CODE.matcher(text(answer));
    String code = found.find() ? found.group(1) : "";
    Reason reason =
        switch (answer.status()) {
          case 401, 403 -> Reason.NOT_AUTHORISED;
          case 404 -> Reason.NO_SUCH_PLACE;
          case 413, 507 -> Reason.FULL;
          default -> code.toLowerCase(Locale.ROOT).contains("quota") ? Reason.FULL : Reason.FAILING;
        };
    return new StoreException(
        reason, ("the store answers " + answer.status() + " " + code).strip());
  }

  private static StoreException noTag() {
    return new StoreException(Reason.FAILING, "the store took a part without a tag");
  }

  private static boolean isTag(String tag) {
    return tag.matches("\"?[A-Za-z0-9+/=_-]{1,128}\"?");
  }

  private static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** RFC 3986's unreserved characters stay. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", b & 0xFF));
    }
    return out.toString();
  }
}
