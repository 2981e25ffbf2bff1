// SPDX-License-Identifier: Apache-2.0
/**
 * U-Boot's FIT images: kernel, ramdisk and device trees in one device tree, under signed
 * configurations; and the public keys in U-Boot's control device tree. No file is touched here.
 *
 * <p>Source: docs.u-boot.org, "Flat Image Tree" (source file format, signature verification); what
 * the documents leave open is as U-Boot's verifier does it.
 */
@NullMarked
package org.refcam.fit;

import org.jspecify.annotations.NullMarked;
