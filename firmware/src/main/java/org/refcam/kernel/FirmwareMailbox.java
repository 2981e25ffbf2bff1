// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The property mailbox of the Raspberry Pi's firmware ({@code /dev/vcio}), of which the camera uses
 * the customer rows of the one-time-programmable memory.
 *
 * <pre>
 *   words of 32 bits: total bytes | 0 | tag | value bytes | 0 | first row | rows | values.. | 0
 *   the firmware sets word 1 to 0x80000000 and puts the rows into values
 * </pre>
 *
 * <p>Written after the firmware's public mailbox documentation; run here up to the ioctl only,
 * which other kernels refuse. Stateless.
 */
public final class FirmwareMailbox implements CustomerOtp {
  private static final int GET_CUSTOMER_OTP = 0x00030021;
  private static final int SET_CUSTOMER_OTP = 0x00038021;
  private static final int SUCCESS = 0x80000000;
  private static final int FIRST_VALUE = 7;

  private final Path device;

  /**
   * @param device {@code /dev/vcio}
   */
  public FirmwareMailbox(Path device) {
    this.device = device;
  }

  @Override
  public int[] read() throws IOException {
    int[] answer = exchange(GET_CUSTOMER_OTP, 0, new int[ROWS]);
    return Arrays.copyOfRange(answer, FIRST_VALUE, FIRST_VALUE + ROWS);
  }

  @Override
  public void burn(int row, int value) throws IOException {
    exchange(SET_CUSTOMER_OTP, row, new int[] {value});
  }

  private int[] exchange(int tag, int firstRow, int[] values) throws IOException {
    int[] message = message(tag, firstRow, values);
    int fd = Calls.open(device.toString());
    try {
      Calls.mailboxProperty(fd, message);
    } finally {
      Calls.close(fd);
    }
    if (message[1] != SUCCESS) {
      throw new IOException(
          String.format("the firmware refused tag 0x%08x: 0x%08x", tag, message[1]));
    }
    return message;
  }

  static int[] message(int tag, int firstRow, int[] values) {
    int[] message = new int[FIRST_VALUE + values.length + 1];
    message[0] = message.length * Integer.BYTES;
    message[2] = tag;
    message[3] = (2 + values.length) * Integer.BYTES;
    message[5] = firstRow;
    message[6] = values.length;
    System.arraycopy(values, 0, message, FIRST_VALUE, values.length);
    return message;
  }
}
