// Jakarta Mail (once JavaMail): objects for messages, fetched by profiles, bodies in parts or in memory.

import com.sun.mail.imap.IMAPFolder;
import com.sun.mail.imap.IMAPStore;
import com.sun.mail.imap.IdleManager;
import com.sun.mail.imap.protocol.IMAPProtocol;
import com.sun.mail.util.MailSSLSocketFactory;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.io.FileInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;

public final class JakartaMail {
    interface Work { long[] run(IMAPFolder folder) throws Exception; }

    private static final Map<String, String> asked =
        new HashMap<>(Map.of("host", "127.0.0.1", "tls", "no", "mailbox", "INBOX", "count", "1"));
    private static int count;
    private static Session session;

    private static Session newSession(String workload) throws Exception {
        final boolean tls = asked.get("tls").equals("yes");
        final String prefix = tls ? "mail.imaps." : "mail.imap.";
        final Properties properties = new Properties();
        properties.put("mail.store.protocol", tls ? "imaps" : "imap");
        for (String mechanism : List.of("plain", "login", "ntlm")) // so that it takes the command LOGIN
            properties.put(prefix + "auth." + mechanism + ".disable", "true");
        properties.put(prefix + "peek", "true");
        properties.put(prefix + "usesocketchannels", String.valueOf(!tls));
        // It streams by BODY.PEEK[]<n.m>; its default of 16 KiB a piece would measure round trips.
        properties.put(prefix + "partialfetch", String.valueOf(workload.equals("literal")));
        properties.put(prefix + "fetchsize", "1048576");
        if (tls) {
            final KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            try (FileInputStream file = new FileInputStream(asked.get("ca"))) {
                keys.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
            }
            final TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            final MailSSLSocketFactory factory = new MailSSLSocketFactory();
            factory.setTrustManagers(trust.getTrustManagers());
            properties.put(prefix + "ssl.socketFactory", factory);
            properties.put(prefix + "ssl.checkserveridentity", "true");
        }
        return Session.getInstance(properties);
    }

    private static IMAPFolder open() throws Exception {
        final IMAPStore store = (IMAPStore) session.getStore();
        store.connect(asked.get("tls").equals("yes") ? "localhost" : asked.get("host"),
                      Integer.parseInt(asked.get("port")), asked.get("user"), asked.get("password"));
        final IMAPFolder folder = (IMAPFolder) store.getFolder(asked.get("mailbox"));
        folder.open(Folder.READ_WRITE);
        return folder;
    }

    private static void close(IMAPFolder folder) throws Exception {
        folder.close(false);
        folder.getStore().close();
    }

    private static long memoryKiB(String name) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith(name + ":"))
                return Long.parseLong(line.replaceAll("\\D", ""));
        return 0;
    }

    // Java has no getrusage(2), and what it has counts in ticks of 10 ms as well.
    private static double[] cpu() throws Exception {
        final String[] fields = Files.readString(Path.of("/proc/self/stat")).split("\\) ")[1].split(" ");
        return new double[] {Long.parseLong(fields[11]) / 100.0, Long.parseLong(fields[12]) / 100.0};
    }

    private static String cpuSince(double[] start) throws Exception {
        final double[] end = cpu();
        return String.format(Locale.ROOT, "\"user\":%.2f,\"sys\":%.2f", end[0] - start[0], end[1] - start[1]);
    }

    private static void measure(Work work, IMAPFolder folder) throws Exception {
        final double[] start = cpu();
        final long clock = System.nanoTime();
        final long[] done = work.run(folder);
        final double wall = (System.nanoTime() - clock) / 1e9;
        System.out.printf(Locale.ROOT, "{\"items\":%d,\"bytes\":%d,\"wall\":%.6f,%s,\"peak_kib\":%d}%n", done[0],
                          done[1], wall, cpuSince(start), memoryKiB("VmHWM"));
    }

    private static long[] metadata(IMAPFolder folder) throws Exception {
        final FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.ENVELOPE); // with INTERNALDATE and RFC822.SIZE
        profile.add(FetchProfile.Item.CONTENT_INFO);
        final Message[] messages = folder.getMessages();
        folder.fetch(messages, profile);
        return new long[] {messages.length, 0};
    }

    private static final class Sink extends OutputStream {
        long octets;
        @Override public void write(int octet) { ++octets; }
        @Override public void write(byte[] bytes, int offset, int length) { octets += length; }
    }

    private static long[] bodies(IMAPFolder folder) throws Exception {
        final Sink sink = new Sink();
        final Message[] messages = folder.getMessages();
        for (Message message : messages)
            message.writeTo(sink);
        return new long[] {messages.length, sink.octets};
    }

    private static long[] roundtrip(IMAPFolder folder) throws Exception {
        for (int i = 0; i < count; ++i)
            folder.doCommand((IMAPProtocol protocol) -> { protocol.noop(); return null; });
        return new long[] {count, 0};
    }

    // Its messages are known by their numbers: by UID it would first ask for the number.
    private static long[] store(IMAPFolder folder) throws Exception {
        for (int i = 1; i <= count; ++i)
            folder.getMessage(i).setFlag(Flags.Flag.SEEN, true);
        return new long[] {count, 0};
    }

    private static void idle() throws Exception {
        if (asked.get("tls").equals("yes"))
            cannot("Jakarta Mail's IdleManager needs plain sockets");
        close(open());
        final long before = memoryKiB("VmRSS");
        final var manager = new IdleManager(session, Executors.newCachedThreadPool());
        final var received = new LinkedBlockingQueue<Long>();
        final List<IMAPFolder> folders = new ArrayList<>();
        for (int i = 0; i < count; ++i) {
            final IMAPFolder folder = open();
            folders.add(folder);
            folder.addMessageCountListener(new MessageCountAdapter() {
                @Override public void messagesAdded(MessageCountEvent event) {
                    final Instant now = Instant.now();
                    received.add(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
                }
            });
            manager.watch(folder);
        }
        System.out.printf("{\"idling\":%d,\"rss_before_kib\":%d,\"rss_kib\":%d}%n", count, before,
                          memoryKiB("VmRSS"));
        final double[] start = cpu();
        final List<Long> times = new ArrayList<>();
        while (times.size() < count)
            times.add(received.take());
        System.out.printf("{\"events\":%d,%s,\"received_us\":[%s]}%n", count, cpuSince(start),
                          times.stream().map(String::valueOf).collect(Collectors.joining(",")));
        System.out.flush();
        System.exit(0);
    }

    private static void cannot(String why) {
        System.err.println(why);
        System.exit(3);
    }

    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i < arguments.length; ++i) {
            final String[] pair = arguments[i].split("=", 2);
            asked.put(pair[0], pair[1]);
        }
        count = Integer.parseInt(asked.get("count"));
        final Map<String, Work> workloads =
            Map.of("metadata", JakartaMail::metadata, "bodies", JakartaMail::bodies, "literal", JakartaMail::bodies,
                   "roundtrip", JakartaMail::roundtrip, "store", JakartaMail::store);
        session = newSession(arguments[0]);
        if (arguments[0].equals("idle")) {
            idle();
        } else if (arguments[0].equals("connect")) {
            cannot("Jakarta Mail always logs in when it connects");
        } else if (!workloads.containsKey(arguments[0])) {
            cannot("Jakarta Mail sends one command at a time, it cannot do " + arguments[0]);
        } else {
            final IMAPFolder folder = open();
            measure(workloads.get(arguments[0]), folder);
            close(folder);
            System.exit(0);
        }
    }
}
