// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import org.refcam.access.Accounts;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Passkeys;
import org.refcam.access.Sessions;
import org.refcam.audit.AuditLog;

/** The people of the camera and the record of what they do. Each part is safe from any thread. */
public record Household(
    Accounts accounts,
    Sessions sessions,
    Passkeys passkeys,
    GuessLimiter limiter,
    AuditLog audit,
    AuditControl auditControl,
    SessionLimitStore sessionLimits) {}
