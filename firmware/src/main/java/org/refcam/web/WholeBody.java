// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.refcam.web.RefusedException.Reason;

/**
 * Reads a request's whole body before anything else looks at the request, so that a body that comes
 * in drops holds no thread.
 *
 * <p>INV-WEB-2. A request body is at most 64 KiB and arrives within one deadline counted from its
 * head, however it is cut up; until it is whole it holds a connection and the bytes that came, and
 * no thread. Holds against anyone on the network. Does not bound how slowly an answer is read:
 * there the connection's idle time does.
 *
 * <p>Safe from any thread.
 */
final class WholeBody extends Handler.Wrapper {
  static final int LARGEST = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Duration deadline;
  private final Set<String> streamed;

  /**
   * @param deadline for all of a body
   * @param streamed paths whose handlers read large bodies themselves and bound them
   */
  WholeBody(Handler inner, Duration deadline, Set<String> streamed) {
    super(inner);
    this.deadline = deadline;
    this.streamed = Set.copyOf(streamed);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long length = request.getLength();
    boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    boolean bodiless = length == 0 || length < 0 && !chunked;
    if (bodiless || streamed.contains(Request.getPathInContext(request))) {
      return super.handle(request, response, callback);
    }
    if (length > LARGEST) {
      refuse(Reason.TOO_LARGE, request, response, callback);
      return true;
    }
    new Reading(request, response, callback).begin();
    return true;
  }

  private static void refuse(Reason reason, Request request, Response response, Callback callback) {
    response.setStatus(reason.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONNECTION, "close"); // what comes after is body yet
    try {
      String body = JSON.writeValueAsString(Problems.body(new RefusedException(reason)));
      Content.Sink.write(response, true, body, callback);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a map of words is JSON", e);
    }
  }

  /** One body on its way. Jetty calls {@link #run} by one thread at a time. */
  private final class Reading implements Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean decided = new AtomicBoolean();
    private Scheduler.@org.jspecify.annotations.Nullable Task timer;

    Reading(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    void begin() {
      timer =
          request
              .getComponents()
              .getScheduler()
              .schedule(this::late, deadline.toMillis(), TimeUnit.MILLISECONDS);
      run();
    }

    private void late() {
      if (decided.compareAndSet(false, true)) {
        refuse(Reason.TOO_SLOW, request, response, callback);
      }
    }

    @Override
    public void run() {
      while (!decided.get()) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          if (decide()) {
            callback.failed(chunk.getFailure());
          }
          return;
        }
        boolean last = chunk.isLast();
        boolean fits = take(chunk);
        if (!fits && decide()) {
          refuse(Reason.TOO_LARGE, request, response, callback);
        } else if (last && decide()) {
          dispatch();
        }
      }
    }

    private boolean decide() {
      boolean mine = decided.compareAndSet(false, true);
      if (mine && timer != null) {
        timer.cancel();
      }
      return mine;
    }

    private boolean take(Content.Chunk chunk) {
      try {
        ByteBuffer bytes = chunk.getByteBuffer();
        if (bytes.remaining() > LARGEST - body.size()) {
          return false;
        }
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        body.writeBytes(part);
        return true;
      } finally {
        chunk.release();
      }
    }

    private void dispatch() {
      try {
        if (!WholeBody.super.handle(new Whole(request, body.toByteArray()), response, callback)) {
          Response.writeError(request, response, callback, 404);
        }
      } catch (Exception e) { // handlers declare no less; Jetty answers for it
        callback.failed(e);
      }
    }
  }

  /** The request with its body at hand. */
  private static final class Whole extends Request.Wrapper {
    private final ByteBufferContentSource content;

    Whole(Request request, byte[] body) {
      super(request);
      content = new ByteBufferContentSource(ByteBuffer.wrap(body));
    }

    @Override
    public long getLength() {
      return content.getLength();
    }

    @Override
    public Content.Chunk read() {
      return content.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
      content.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
      content.fail(failure);
    }
  }
}
