// SPDX-License-Identifier: Apache-2.0
/** The factory station: signs device certificates, keeps the ledger, prints labels. */
@NullMarked
package org.refcam.tools.factory;

import org.jspecify.annotations.NullMarked;
