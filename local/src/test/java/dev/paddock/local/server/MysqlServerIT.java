package dev.paddock.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MysqlServerIT {
    private static final String ROOT = "root-password-of-this-test";

    @TempDir
    Path folder;

    @Test
    void aUserHasRightsOnItsOwnDatabaseOnly() throws SQLException {
        MysqlDatabase one = SharedServers.mysqlDatabase("one");
        MysqlDatabase other = SharedServers.mysqlDatabase("other");
        try (Connection connection = connect(one);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE cars (name VARCHAR(20) PRIMARY KEY)");
            assertThatThrownBy(() -> statement.execute("CREATE TABLE " + other.name() + ".cars (name INT)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("denied");
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM mysql.global_priv"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("denied");
        }
    }

    @Test
    void rootNeedsItsPassword() {
        try (MysqlServer mysql = start("cars-password")) {
            String url = "jdbc:mysql://127.0.0.1:" + mysql.port() + "/?sslMode=DISABLED";
            assertThatThrownBy(
                            () -> DriverManager.getConnection(url, "root", "").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Access denied");
        }
    }

    @Test
    void aRestartKeepsTheRowsAndTakesTheNewPassword() throws SQLException {
        try (MysqlServer mysql = start("cars-password");
                Connection connection = connect(mysql.databases().getFirst());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE cars (name VARCHAR(20) PRIMARY KEY)");
            statement.execute("INSERT INTO cars VALUES ('opel')");
        }
        try (MysqlServer mysql = start("another-password");
                Connection connection = connect(mysql.databases().getFirst());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM cars")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("opel");
        }
    }

    @Test
    void whatWasCommittedSurvivesASigkill() throws SQLException {
        MysqlServer mysql = start("cars-password");
        try (Connection connection = connect(mysql.databases().getFirst());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE cars (name VARCHAR(20) PRIMARY KEY)");
            statement.execute("INSERT INTO cars VALUES ('opel')");
            mysql.process().kill();
        }
        try (MysqlServer again = start("cars-password");
                Connection connection = connect(again.databases().getFirst());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM cars")) {
            rows.next();
            assertThat(rows.getInt(1)).isOne();
        }
    }

    private MysqlServer start(String password) {
        var cars = new MysqlDatabase.Wanted("paddock_cars", "cars", password);
        return MysqlServer.start(ServerHome.in(folder, what -> {}), 0, ROOT, List.of(cars));
    }

    private static Connection connect(MysqlDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
