// SPDX-License-Identifier: Apache-2.0
/**
 * Boot by UEFI: unified kernel images, their signatures, and the variables that Secure Boot and the
 * boot manager go by. Bytes to values and back; reads and writes no device.
 *
 * <p>Sources: UEFI Specification 2.10, chapters 3.1 (boot manager), 8.2 (variables) and 32 (Secure
 * Boot); Microsoft, "PE Format" and "Windows Authenticode Portable Executable Signature Format";
 * UAPI Group, "Unified Kernel Image (UKI)".
 */
@NullMarked
package org.refcam.uefi;

import org.jspecify.annotations.NullMarked;
