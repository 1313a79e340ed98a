/**
 * PostgreSQL: the server (embedded or configured), its schema, the projection that writes what the
 * journal says, and what the API reads. Nothing here is on the trading path: the journal is the
 * spool while the database is down.
 */
package saker.store;
