package saker.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import saker.api.UserStore;
import saker.api.UserStore.Role;
import saker.api.UserStore.User;
import saker.auth.PasswordPolicy;
import saker.auth.Passwords;
import saker.config.ConfigLoader;
import saker.config.SakerConfig.DatabaseConfig;
import saker.store.Store;

/** {@code saker user add|passwd|role|list}. */
@Command(
        name = "user",
        description = "Manages the users of a data folder, also while the engine runs.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UserCommand.Add.class,
            UserCommand.Passwd.class,
            UserCommand.SetRole.class,
            UserCommand.ListUsers.class
        })
final class UserCommand {
    private static final String PASSWORD_VARIABLE = "SAKER_PASSWORD";

    private UserCommand() {}

    /** What every subcommand needs: the user store, and a password that is in no argument. */
    abstract static class OnStore implements Callable<Integer> {
        @Option(names = "--data", required = true, description = "Data folder.")
        private Path data;

        @Option(names = "--config", description = "Folder with saker.yaml; none: embedded store.")
        private Path config;

        @Override
        public final Integer call() throws Exception {
            DatabaseConfig database =
                    config == null
                            ? new DatabaseConfig(null, null)
                            : ConfigLoader.load(config).database();
            Vertx vertx = Vertx.vertx();
            try (Store store = Store.open(vertx, database, data);
                    Passwords passwords = new Passwords(vertx)) {
                return run(store.users(), passwords);
            } finally {
                Service.await(vertx.close());
            }
        }

        abstract int run(UserStore users, Passwords passwords);

        static <T> T get(java.util.concurrent.CompletionStage<T> stage) {
            return Service.await(Future.fromCompletionStage(stage));
        }

        /** From the environment, else asked for on the terminal. */
        static String newPassword(String username) {
            String password = System.getenv(PASSWORD_VARIABLE);
            if (password == null && System.console() != null) {
                password = new String(System.console().readPassword("New password: "));
            }
            if (password == null) {
                throw new IllegalArgumentException(
                        "no password: set " + PASSWORD_VARIABLE + " or use a terminal");
            }
            new PasswordPolicy()
                    .violation(username, password)
                    .ifPresent(
                            violation -> {
                                throw new IllegalArgumentException(violation);
                            });
            return password;
        }

        static int report(boolean done, String good, String bad) {
            (done ? System.out : System.err).println(done ? good : bad);
            return done ? 0 : 1;
        }
    }

    @Command(name = "add", description = "Adds a user.", mixinStandardHelpOptions = true)
    static final class Add extends OnStore {
        @Parameters(paramLabel = "NAME")
        private String username;

        @Option(names = "--role", required = true, description = "${COMPLETION-CANDIDATES}")
        private Role role;

        @Override
        int run(UserStore users, Passwords passwords) {
            String hash = Service.await(passwords.hash(newPassword(username)));
            boolean made = get(users.create(new User(username, hash, role, false, 1)));
            return report(made, "added " + username, "the name is taken: " + username);
        }
    }

    @Command(
            name = "passwd",
            description = "Sets a password and ends the user's sessions.",
            mixinStandardHelpOptions = true)
    static final class Passwd extends OnStore {
        @Parameters(paramLabel = "NAME")
        private String username;

        @Override
        int run(UserStore users, Passwords passwords) {
            String hash = Service.await(passwords.hash(newPassword(username)));
            boolean done = get(users.setPassword(username, hash, false));
            return report(done, "changed " + username, "no such user: " + username);
        }
    }

    @Command(
            name = "role",
            description = "Sets a role and ends the user's sessions.",
            mixinStandardHelpOptions = true)
    static final class SetRole extends OnStore {
        @Parameters(paramLabel = "NAME", index = "0")
        private String username;

        @Parameters(paramLabel = "ROLE", index = "1", description = "${COMPLETION-CANDIDATES}")
        private Role role;

        @Override
        int run(UserStore users, Passwords passwords) {
            boolean done = get(users.setRole(username, role));
            return report(done, username + " is " + role, "no such user: " + username);
        }
    }

    @Command(name = "list", description = "Lists the users.", mixinStandardHelpOptions = true)
    static final class ListUsers extends OnStore {
        @Override
        int run(UserStore users, Passwords passwords) {
            List<User> all = get(users.list());
            all.forEach(user -> System.out.println(user.username() + " " + user.role()));
            return 0;
        }
    }
}
