package dev.paddock.local.server;

import java.util.regex.Pattern;

/**
 * A database and the one user who has rights on it, and on nothing else.
 *
 * @param url for JDBC, with MySQL's Connector/J
 */
public record MysqlDatabase(String url, String name, String user, String password) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9_-]{8,}");

    /** A database that is to be made: who, with which password. */
    public record Wanted(String name, String user, String password) {
        public Wanted {
            if (!NAME.matcher(name).matches() || !NAME.matcher(user).matches()) {
                throw new IllegalArgumentException("not a name for a database or a user: " + name + ", " + user);
            }
            if (!PASSWORD.matcher(password).matches()) {
                throw new IllegalArgumentException("a password here has only letters, digits, - and _");
            }
        }

        /** Statements that are right at every start, one a line. */
        String statements() {
            // In GRANT, _ stands for any letter unless it is escaped.
            return """
                    CREATE DATABASE IF NOT EXISTS `%1$s`;
                    CREATE USER IF NOT EXISTS '%2$s'@'127.0.0.1';
                    ALTER USER '%2$s'@'127.0.0.1' IDENTIFIED BY '%3$s';
                    GRANT ALL ON `%4$s`.* TO '%2$s'@'127.0.0.1';
                    """.formatted(name, user, password, name.replace("_", "\\_"));
        }

        MysqlDatabase at(int port) {
            // Times are UTC on both sides, whatever the machine's zone is.
            String url = "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&connectionTimeZone=UTC".formatted(port, name);
            return new MysqlDatabase(url, name, user, password);
        }
    }
}
