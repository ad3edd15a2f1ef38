package io.identamocrm.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** A page in a browser, as a person meets it: what they read, click and type. */
public interface Browser extends AutoCloseable {

    /** Goes to an address, with the console's user and password. */
    void open(String address, String user, String password);

    /** The page's text as a person reads it. */
    String text();

    /** True if there is an element with this id that can be used. */
    boolean has(String id);

    /** Clicks the element with this id, as soon as it is there and can be clicked. */
    void click(String id);

    /** Types into the field with this id, in place of what it held. */
    void type(String id, String text);

    /** Chooses in the list with this id. */
    void choose(String id, String value);

    /** Asks the page's script something that is answered with a text. */
    String ask(String script);

    /** Lets the page go on for a moment. */
    void pause();

    /** Waits until the page is so; fails with what it says instead. */
    default void await(String what, Predicate<Browser> condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(120));
        while (!condition.test(this)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("The page never came to: " + what + "\n" + text());
            }
            pause();
        }
    }

    /** Waits until the page says this. */
    default void awaitText(String text) {
        await(text, page -> page.text().contains(text));
    }

    /** Clicks, and waits until the page is so. */
    default void clickUntil(String id, String what, Predicate<Browser> condition) {
        click(id);
        await(what, condition);
    }

    /** Clicks, and waits until the page says this. */
    default void clickFor(String id, String text) {
        clickUntil(id, text, page -> page.text().contains(text));
    }

    @Override
    void close();
}
