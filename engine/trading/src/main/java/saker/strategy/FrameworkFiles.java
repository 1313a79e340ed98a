package saker.strategy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a framework library needs on disk: its configuration, the time-zone table with the broker
 * clock strategies live by, and, for our own, the library itself, which travels in the jar.
 */
public final class FrameworkFiles {
    /** Row of the time-zone table: New York plus seven hours. */
    static final String BROKER = "Saker";

    private static final String RESOURCE = "/native/linux-x86-64/libsaker-framework.so";
    // TimeSource none: market time is the journal's, in a replay or at another speed as well, and
    // is judged at the border; ours would refuse it by the host's clock. Others ignore the element.
    private static final String CONFIG =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <AsirikuyConfig>
            <RatesBufferExtension>20</RatesBufferExtension>
            <TempFileFolderPath>%1$s/tmp</TempFileFolderPath>
            <ConfigPaths>
              <ConfigFolderPath>%1$s</ConfigFolderPath>
              <BrokerTZFilename>broker-tz.csv</BrokerTZFilename>
              <ParamSpaceFilenameExtension>.set</ParamSpaceFilenameExtension>
            </ConfigPaths>
            <Logging>
              <Folder>%1$s/log</Folder>
              <MaxSeverity>4</MaxSeverity>
              <EnableEquityLog>0</EnableEquityLog>
              <EnableEntryLog>0</EnableEntryLog>
              <barsToLog>1</barsToLog>
            </Logging>
            <NTP>
              <UpdateInterval>300</UpdateInterval>
              <Timeout>2000</Timeout>
              <TotalReferenceTimes>1</TotalReferenceTimes>
              <TimeSource>none</TimeSource>
            </NTP>
            <TradingWeekBoundaries>
              <CropMondayHours>0</CropMondayHours>
              <CropFridayHours>0</CropFridayHours>
            </TradingWeekBoundaries>
            </AsirikuyConfig>
            """;
    // United States daylight saving: second Sunday of March to first Sunday of November.
    private static final String ZONES =
            """
            "Broker";"DSTStartMonth";"DSTStartNth";"DSTStartDay";"DSTStartTime";"DSTEndMonth";\
            "DSTEndNth";"DSTEndDay";"DSTEndTime";"GMTOffsetStd";"GMTOffsetDST";"WeekStartDay";\
            "WeekStartHour";"WeekEndDay";"WeekEndHour"
            "Local";0;0;0;"00:00";0;0;0;"00:00";0;0;1;"00:00";6;"00:00"
            "UTC";0;0;0;"00:00";0;0;0;"00:00";0;0;1;"00:00";6;"00:00"
            "Saker";3;2;0;"02:00";11;1;0;"02:00";2;3;1;"00:00";6;"00:00"
            """;

    private FrameworkFiles() {}

    /** Writes configuration and folders below {@code folder}; returns the configuration's path. */
    public static Path writeConfig(Path folder) {
        try {
            Path root = folder.toAbsolutePath().normalize();
            Files.createDirectories(root.resolve("tmp"));
            Files.createDirectories(root.resolve("log"));
            Files.writeString(root.resolve("broker-tz.csv"), ZONES);
            Path config = root.resolve("AsirikuyConfig.xml");
            Files.writeString(config, CONFIG.formatted(root));
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write framework files: folder=" + folder, e);
        }
    }

    /** Unpacks our own library into {@code folder}, unless the same bytes lie there already. */
    public static Path unpackLibrary(Path folder) {
        try (InputStream in = FrameworkFiles.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FrameworkException(
                        "no framework library for this platform in the jar: os=%s, arch=%s"
                                .formatted(
                                        System.getProperty("os.name"),
                                        System.getProperty("os.arch")));
            }
            Files.createDirectories(folder);
            byte[] bytes = in.readAllBytes();
            Path library = folder.resolve("libsaker-framework.so");
            if (Files.exists(library)
                    && java.util.Arrays.equals(Files.readAllBytes(library), bytes)) {
                return library;
            }
            // A running process may have the old file mapped: replace the name, not the bytes.
            Path fresh = Files.createTempFile(folder, "framework", ".so");
            Files.write(fresh, bytes);
            Files.move(fresh, library, StandardCopyOption.REPLACE_EXISTING);
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack library: folder=" + folder, e);
        }
    }
}
