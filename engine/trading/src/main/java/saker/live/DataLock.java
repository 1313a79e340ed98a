package saker.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** One engine per data folder: a lock that the system drops when the process ends. */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private DataLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * @throws IllegalStateException if another process holds the folder
     */
    public static DataLock acquire(Path data) throws IOException {
        createFolder(data);
        Path file = data.resolve("engine.lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataLock(channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process; the same answer.
        }
        channel.close();
        throw new IllegalStateException(
                "the data folder is in use by another engine: data=" + data + ", lock=" + file);
    }

    /**
     * Makes a data folder that only its owner enters, for it holds the books of an account; one
     * that exists stays as it is.
     */
    public static void createFolder(Path data) throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Path parent = data.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        data,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(data); // Windows: the parent's access list counts.
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(data)) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
