// SPDX-License-Identifier: Apache-2.0
/** Who may come in: accounts, client credentials, sessions, and one guess limiter for all doors. */
@NullMarked
package org.refcam.access;

import org.jspecify.annotations.NullMarked;
