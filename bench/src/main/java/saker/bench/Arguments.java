package saker.bench;

import java.util.HashMap;
import java.util.Map;

/** {@code --name value} pairs. */
final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    /**
     * @param from place of the first pair
     */
    Arguments(String[] words, int from) {
        for (int i = from; i < words.length; i += 2) {
            if (!words[i].startsWith("--") || i + 1 == words.length) {
                throw new IllegalArgumentException("bad argument: " + words[i]);
            }
            values.put(words[i].substring(2), words[i + 1]);
        }
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String text = values.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
