package saker.store;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import saker.config.SakerConfig.DatabaseConfig;
import saker.config.Secrets;

/** Where a database answers and as whom we speak to it. */
public record DatabaseAddress(
        String host, int port, String database, String user, String password) {
    private static final String CONNECT_TIMEOUT_S = "3";
    private static final String SOCKET_TIMEOUT_S = "20";

    /**
     * The configured database.
     *
     * @throws IllegalArgumentException if the url is not {@code postgresql://user@host:port/db}
     * @throws saker.config.ConfigException if the password cannot be read
     */
    static DatabaseAddress of(DatabaseConfig config) {
        URI uri = URI.create(config.url());
        boolean good =
                "postgresql".equals(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getUserInfo() != null
                        && uri.getPath() != null
                        && uri.getPath().length() > 1;
        if (!good || uri.getUserInfo().contains(":")) {
            throw new IllegalArgumentException(
                    "bad database url: allowed: postgresql://user@host:port/db, and the password in"
                            + " database.password");
        }
        String password =
                config.passwordSource() == null ? "" : Secrets.read(config.passwordSource());
        return new DatabaseAddress(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                uri.getPath().substring(1),
                uri.getUserInfo(),
                password);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** A JDBC connection with time limits; blocks. */
    Connection connect() throws SQLException {
        return connect(database);
    }

    Connection connect(String otherDatabase) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
        properties.setProperty("loginTimeout", CONNECT_TIMEOUT_S);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_S);
        properties.setProperty("ApplicationName", "saker");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(host, port, otherDatabase), properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
    }
}
