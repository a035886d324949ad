/** The book of servers, as tables: what happened, what to do. */
package dev.paddock.director.key;
