package saker.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import saker.api.StoreUnavailableException;

/** Brings a database to the schema of this program. Blocking. */
final class Migrations {
    private static final String LOCATION = "classpath:saker/store/migration";

    private Migrations() {}

    /**
     * Applies what is missing; what is applied already must be what this program has, by checksum.
     *
     * @return how many were applied
     * @throws StoreUnavailableException if the database does not answer
     * @throws FlywayException if it answers, but holds another schema
     */
    static int apply(DatabaseAddress address) {
        try (var connection = address.connect()) {
            connection.isValid(1);
        } catch (java.sql.SQLException e) {
            throw new StoreUnavailableException("database does not answer: address=" + address, e);
        }
        return Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .locations(LOCATION)
                .failOnMissingLocations(true) // A jar without folder entries hides them.
                .cleanDisabled(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
