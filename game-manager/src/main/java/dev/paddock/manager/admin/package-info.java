/**
 * What operators may see: {@code GET /v1/admin/queues/{mode}}. Who is one, the token in
 * {@code paddock.admin.token-file} says; see {@link dev.paddock.manager.admin.AdminTokenValidator}.
 */
@NullMarked
package dev.paddock.manager.admin;

import org.jspecify.annotations.NullMarked;
