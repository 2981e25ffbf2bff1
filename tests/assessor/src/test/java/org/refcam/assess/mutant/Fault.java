// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a fault proxy does to the messages of one door; by default nothing. */
interface Fault {
  /** The proxy without a fault. */
  Fault NONE = new Fault() {};

  /** An answer in the camera's place. */
  default Optional<Message> answerItself(Message request) {
    return Optional.empty();
  }

  default Message request(Message request) {
    return request;
  }

  default Message answer(Message request, Message answer) {
    return answer;
  }

  /** Whether the door never answers again after this. */
  default boolean diesOf(Message request) {
    return false;
  }

  /** How many connections it serves at a time. */
  default int seats() {
    return 64;
  }

  /** How long it waits for the rest of a request. */
  default int silenceMillis() {
    return 400;
  }

  /** This fault from the moment on that something has happened; before it, none. */
  default Fault after(AtomicBoolean happened) {
    Fault fault = this;
    return new Fault() {
      private Fault now() {
        return happened.get() ? fault : NONE;
      }

      @Override
      public Optional<Message> answerItself(Message request) {
        return now().answerItself(request);
      }

      @Override
      public Message request(Message request) {
        return now().request(request);
      }

      @Override
      public Message answer(Message request, Message answer) {
        return now().answer(request, answer);
      }
    };
  }

  /** Changes requests. */
  interface Request extends Fault {
    @Override
    Message request(Message request);
  }

  /** Changes answers. */
  interface Answer extends Fault {
    @Override
    Message answer(Message request, Message answer);
  }

  /** Answers some requests itself. */
  interface Itself extends Fault {
    @Override
    Optional<Message> answerItself(Message request);
  }
}
