// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of binary messages as a pair of byte streams, as the tunnel of the ONVIF Streaming
 * Specification (5.1.1.2.5) carries RTSP. Reading and writing are for one thread each.
 */
final class WebSocketPipe implements WebSocket.Listener {
  private static final int READ_SECONDS = 15;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
  private byte[] current = END;
  private int at;
  private @Nullable WebSocket socket;

  static WebSocketPipe open(SSLContext tls, URI uri, String subprotocol) throws IOException {
    WebSocketPipe pipe = new WebSocketPipe();
    HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
    try {
      WebSocket opened =
          http.newWebSocketBuilder()
              .connectTimeout(Duration.ofSeconds(10))
              .subprotocols(subprotocol)
              .buildAsync(uri, pipe)
              .join();
      pipe.socket = opened;
      if (!opened.getSubprotocol().equals(subprotocol)) {
        throw new IOException("subprotocol " + opened.getSubprotocol());
      }
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
    return pipe;
  }

  InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return fill() ? current[at++] & 0xFF : -1;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        if (!fill()) {
          return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, to, offset, count);
        at += count;
        return count;
      }
    };
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        WebSocket to = socket;
        if (to == null) {
          throw new IOException("not open");
        }
        try {
          to.sendBinary(ByteBuffer.wrap(bytes, offset, length), true).join();
        } catch (CompletionException e) {
          throw new IOException(e.getCause());
        }
      }
    };
  }

  void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private boolean fill() throws IOException {
    try {
      while (at == current.length) {
        byte[] next = messages.poll(READ_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new IOException("nothing for " + READ_SECONDS + " s");
        }
        if (next.length == 0) {
          messages.add(END);
          return false;
        }
        current = next;
        at = 0;
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    if (bytes.length > 0) {
      messages.add(bytes);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    messages.add(END);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    messages.add(END);
  }
}
