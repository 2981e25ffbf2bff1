// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.hawkbit;

import org.eclipse.hawkbit.autoconfigure.security.EnableHawkbitManagedSecurityConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Eclipse hawkBit with its management and device interfaces, a database in memory and no message
 * broker, for tests: {@code --server.port=N --org.eclipse.hawkbit.repository.file.path=DIR}.
 */
@SpringBootApplication
@EnableHawkbitManagedSecurityConfiguration
public class HawkbitServer {
  public static void main(String[] arguments) {
    SpringApplication.run(HawkbitServer.class, arguments);
  }
}
