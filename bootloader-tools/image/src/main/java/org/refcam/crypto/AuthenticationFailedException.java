// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

/** Sealed bytes were changed, cut, or sealed under another key or for another purpose. */
public final class AuthenticationFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public AuthenticationFailedException(String message) {
    super(message);
  }
}
