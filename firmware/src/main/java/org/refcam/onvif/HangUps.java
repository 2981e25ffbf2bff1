// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line that a client went away before its answer was out, which is no fault of the
 * camera; CXF would write the same stack twice. Requests are read whole before CXF sees them, so an
 * end of a stream is always the answer's. Safe from any thread.
 */
final class HangUps implements FaultListener {
  private static final Logger log = LoggerFactory.getLogger(HangUps.class);
  private static final String GONE = HangUps.class.getName() + ".gone";

  /** Whether an answer failed because nobody is there to take it. */
  static boolean clientGone(Throwable raised) {
    for (Throwable cause = raised; cause != null; cause = cause.getCause()) {
      // Jetty's EofException is an EOFException
      if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
        return true;
      }
    }
    return false;
  }

  /**
   * @return whether CXF shall log the exception
   */
  @Override
  public boolean faultOccurred(Exception raised, String description, Message message) {
    if (Boolean.TRUE.equals(message.getExchange().get(GONE))) {
      return false; // what fails after that, such as the fault that was to be written, follows from
      // it
    }
    if (clientGone(raised)) {
      message.getExchange().put(GONE, true);
      log.info("onvif: a client went away before its answer was out");
      return false;
    }
    return !(raised instanceof OnvifFault);
  }
}
