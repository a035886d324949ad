package dev.paddock.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A bug that is planted to see that the checker finds it. The managers get a script of their own, earlier on their class
 * path; the product has no switch for this. The planted script is the real one with lines before it that bend {@code
 * redis.call}, so it stays a bug of today's script.
 */
enum Plant {
    /** {@code commit.lua} takes whatever token it is shown for the last one. */
    NO_FENCE(Map.of("matchmaking/commit.lua", """
            local real = redis.call
            local redis = {call = function(command, key, ...)
              if command == 'GET' and key == KEYS[1] then
                return ARGV[1]
              end
              return real(command, key, ...)
            end}
            """)),
    /** {@code commit.lua} takes the tickets; the match itself is stored and appended by the holder's next renewal. */
    TWO_CALLS(Map.of("matchmaking/commit.lua", """
            local real = redis.call
            local later = string.gsub(KEYS[1], 'fence$', 'later:') .. ARGV[1]
            local redis = {call = function(command, key, ...)
              if command == 'XADD' or command == 'ZADD' or (command == 'HSET' and string.find(key, ':match:')) then
                real('RPUSH', later, cjson.encode({command, key, ...}))
                return ''
              end
              return real(command, key, ...)
            end}
            """, "matchmaking/renew-lease.lua", """
            local later = string.gsub(KEYS[2], 'fence$', 'later:') .. ARGV[2]
            local entry = ''
            while true do
              local said = redis.call('LPOP', later)
              if not said then
                break
              end
              local words = cjson.decode(said)
              for i = 3, #words do
                if words[i] == 'entry' and words[i + 1] == '' then
                  words[i + 1] = entry
                end
              end
              local answer = redis.call(unpack(words))
              if words[1] == 'XADD' then
                entry = answer
              end
            end
            """)),
    /** {@code unseat.lua} says that those whom a server has refused wait again, and leaves them where they are. */
    KEEP_REFUSED(Map.of("match/unseat.lua", """
            local real = redis.call
            local redis = {call = function(command, key, ...)
              if string.find(key, ':ticket:') and command ~= 'HMGET' then
                return 0
              end
              return real(command, key, ...)
            end}
            """));

    private static final String PLACE = "dev/paddock/manager/";

    private final Map<String, String> before;

    /** @param before by script: what stands before its lines */
    Plant(Map<String, String> before) {
        this.before = before;
    }

    /** A jar with the planted scripts, which is to stand first on the class path. */
    Path jarIn(Path folder) {
        Path jar = folder.resolve("planted.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> script : before.entrySet()) {
                out.putNextEntry(new JarEntry(PLACE + script.getKey()));
                out.write((script.getValue() + real(script.getKey())).getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + jar, e);
        }
    }

    /** As one writes it after {@code --plant}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String real(String script) throws IOException {
        try (InputStream in = Plant.class.getResourceAsStream("/" + PLACE + script)) {
            if (in == null) {
                throw new IllegalStateException("the manager has no " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
