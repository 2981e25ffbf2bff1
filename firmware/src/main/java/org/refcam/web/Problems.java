// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.refcam.audit.Forwarding.InvalidForwardingException;
import org.refcam.web.CameraSettings.InvalidFieldException;
import org.refcam.web.RefusedException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever stops a request into the interface's one shape of error. A cause that is the
 * camera's own goes to the log, never to the peer.
 */
final class Problems implements ExceptionMapper<Exception> {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** CXF brings a mapper for this type, which would win over the general one. */
  static final class OfJaxRs implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException failure) {
      return Problems.response(asRefusal(failure));
    }
  }

  @Override
  public Response toResponse(Exception failure) {
    return response(asRefusal(failure));
  }

  static Response response(RefusedException refusal) {
    Response.ResponseBuilder answer =
        Response.status(refusal.reason().status())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header("Cache-Control", "no-store")
            .entity(body(refusal));
    if (!refusal.retryAfter().isZero()) {
      answer.header("Retry-After", Math.max(1, refusal.retryAfter().toSeconds()));
    }
    return answer.build();
  }

  /** {@code error}, {@code message} in both languages, and {@code field} or {@code reason}. */
  static Map<String, Object> body(RefusedException refusal) {
    Reason reason = refusal.reason();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", reason.name().toLowerCase(Locale.ROOT));
    body.put("message", Map.of("en", reason.english(), "vi", reason.vietnamese()));
    if (!refusal.detail().isEmpty()) {
      body.put(reason == Reason.INVALID_FIELD ? "field" : "reason", refusal.detail());
    }
    return body;
  }

  private static RefusedException asRefusal(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedException refusal) {
        return refusal;
      }
      if (cause instanceof InvalidFieldException invalid) {
        return invalidField(invalid.field());
      }
      if (cause instanceof InvalidForwardingException invalid) {
        return invalidField(invalid.field());
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnrecognizedPropertyException unknown) {
        return invalidField(unknown.getPropertyName());
      }
      if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
        String field = mapping.getPath().get(0).getFieldName();
        return field == null ? new RefusedException(Reason.MALFORMED_JSON) : invalidField(field);
      }
      if (cause instanceof JsonProcessingException) {
        return new RefusedException(Reason.MALFORMED_JSON);
      }
    }
    if (failure instanceof WebApplicationException web) {
      return new RefusedException(reasonOf(web.getResponse().getStatus()));
    }
    LOG.error("a request failed", failure);
    return new RefusedException(Reason.INTERNAL);
  }

  static RefusedException invalidField(String field) {
    // what a peer names is echoed only in the shape of a name
    String name = field.matches("[A-Za-z0-9]{1,32}") ? field : "unknown";
    return new RefusedException(Reason.INVALID_FIELD, name, java.time.Duration.ZERO);
  }

  static Reason reasonOf(int status) {
    return switch (status) {
      case 401 -> Reason.SIGN_IN_FIRST;
      case 403 -> Reason.FORBIDDEN;
      case 404 -> Reason.NOT_FOUND;
      case 405 -> Reason.METHOD_NOT_ALLOWED;
      case 413 -> Reason.TOO_LARGE;
      case 415 -> Reason.NOT_JSON;
      default -> status < 500 ? Reason.MALFORMED_REQUEST : Reason.INTERNAL;
    };
  }
}
