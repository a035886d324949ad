/**
 * How often something may be tried: logins and registrations across replicas, everything else per replica.
 */
@NullMarked
package dev.paddock.manager.limits;

import org.jspecify.annotations.NullMarked;
