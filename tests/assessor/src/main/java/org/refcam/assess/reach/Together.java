// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks several things at the same time, sixteen at most, because most of asking is waiting. */
final class Together {
  private static final int AT_ONCE = 16;

  private Together() {}

  /** One question. */
  interface Question<A, B> {
    B ask(A about) throws IOException;
  }

  /**
   * All answers, in the order of what was asked about.
   *
   * @throws IOException the first one in that order; the other questions are then given up
   */
  static <A, B> List<B> all(Collection<A> about, Question<A, B> question) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<B>> asked = new ArrayList<>();
      about.forEach(one -> asked.add(pool.submit(() -> question.ask(one))));
      List<B> answers = new ArrayList<>();
      for (Future<B> one : asked) {
        answers.add(one.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
